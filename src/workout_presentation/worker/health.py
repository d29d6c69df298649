"""The worker's own small HTTP server: probes and metrics."""

import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Checks = Callable[[], Awaitable[dict[str, bool]]]


def health_app(checks: Checks, metrics: Callable[[], bytes]) -> Starlette:
    """Answer probes: alive while the loop turns, ready while every check passes."""

    async def live(_request: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def ready(_request: Request) -> Response:
        results = await checks()
        is_ready = all(results.values())
        body = {"status": "ready" if is_ready else "not ready", "checks": results}
        return JSONResponse(body, 200 if is_ready else 503)

    async def figures(_request: Request) -> Response:
        return Response(metrics(), media_type="text/plain; version=0.0.4; charset=utf-8")

    return Starlette(
        routes=[
            Route("/health", ready),
            Route("/health/live", live),
            Route("/health/ready", ready),
            Route("/health/startup", ready),
            Route("/metrics", figures),
        ]
    )


class HealthServer:
    """Serves the probes; a port that is taken costs the probes, not the worker."""

    def __init__(self, app: Starlette, *, host: str, port: int) -> None:
        self._app, self._host, self._port = app, host, port
        self._server: _Server | None = None
        self.url: str | None = None

    async def run(self) -> None:
        """Serve until stopped."""
        try:
            listening = socket.create_server((self._host, self._port), backlog=64)
        except OSError as error:
            structlog.get_logger().warning("no health port", port=self._port, error=str(error))
            return
        host, port = listening.getsockname()[:2]
        self.url = f"http://{host}:{port}"
        config = uvicorn.Config(
            self._app, log_config=None, access_log=False, lifespan="off", server_header=False
        )
        self._server = _Server(config)
        await self._server.serve(sockets=[listening])

    def stop(self) -> None:
        """Return from ``run``."""
        if self._server is not None:
            self._server.should_exit = True


class _Server(uvicorn.Server):
    """Leaves signals to the worker."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
