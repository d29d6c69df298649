"""Probes for whoever runs the product, and its metrics."""

from collections.abc import Callable
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from workout_application.encoding import encode
from workout_application.platform.health import HealthMonitor, HealthStatus, HealthView

_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"model": HealthView, "description": "It serves, maybe degraded."},
    503: {"model": HealthView, "description": "It does not serve."},
}
_METRICS_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

health = APIRouter(tags=["Operations"])


@health.get("/health", response_model=None, responses=_ANSWERS)
async def get_health(request: Request) -> Response:
    """Run every check and show what each found."""
    return await _probe(request)


@health.get("/health/live", response_model=None, responses=_ANSWERS)
async def get_liveness() -> Response:
    """Tell that the process answers; it looks at nothing else."""
    return _shown(HealthView.of({}))


@health.get("/health/ready", response_model=None, responses=_ANSWERS)
async def get_readiness(request: Request) -> Response:
    """Tell whether requests can be served: the database must answer, Redis may be away."""
    return await _probe(request, "database", "redis")


@health.get("/health/startup", response_model=None, responses=_ANSWERS)
async def get_startup(request: Request) -> Response:
    """Tell whether the start is over: the database answers and its schema is the newest."""
    return await _probe(request, "database", "schema")


@health.get("/metrics", include_in_schema=False)
async def get_metrics(request: Request) -> Response:
    """Show all figures in Prometheus' text format."""
    metrics: Callable[[], bytes] = request.app.state.metrics
    return Response(metrics(), headers={"Content-Type": _METRICS_TYPE})


async def _probe(request: Request, *names: str) -> Response:
    monitor: HealthMonitor = request.app.state.health
    return _shown(await monitor.check(*names))


def _shown(view: HealthView) -> Response:
    status = 503 if view.status is HealthStatus.UNHEALTHY else 200
    return Response(encode(view), status, {"Cache-Control": "no-store"}, "application/json")
