"""P3: what framework and pipeline cost a request, without sockets and without a database."""

import contextlib
import os
import statistics
from collections.abc import Awaitable, Callable, Sequence
from time import perf_counter
from typing import Any, Final
from uuid import uuid4

from dependency_injector import providers
from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from benchmarks.data import Account
from benchmarks.load import no_collections
from benchmarks.report import Figure, at_most, known, ratios, say
from benchmarks.stage import Stage
from workout_application.identity.queries.get_me import GetMe
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_infrastructure.observability.logs import configure_logs
from workout_presentation.api.operations import router
from workout_presentation.composition.application import build_application, build_http
from workout_presentation.composition.container import Container, build_container
from workout_presentation.composition.settings import load_settings

App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]

REQUESTS: Final = 250
ROUNDS: Final = 25
PADDING: Final = 300
_ME: Final = "/api/v1/me"


class _InstantMe:
    """Answers from memory, so that only the way to it is measured."""

    def __init__(self, document: Document) -> None:
        self._document = document

    async def handle(self, _query: GetMe, _actor: Actor) -> Document:
        return self._document


async def measure(stage: Stage) -> list[Figure]:
    """Call both applications the way a server would."""
    say("P3 framework tax, in process")
    with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):  # noqa: ASYNC230, PTH123 - a device
        configure_logs("INFO")
        container = _container(stage)
        try:
            return await _measure(container, stage.people.trainers[0])
        finally:
            await container.cache().close()
            await container.pool().close()
            await container.engine().dispose()


async def _measure(container: Container, somebody: Account) -> list[Figure]:
    whole = _whole(container)
    token = somebody.token
    calls = {
        "ping": _caller(_ping(), "/ping"),
        "ping, Response": _caller(_ping(), "/ping-response"),
        "authenticated": _caller(whole, _ME, token),
        "stranger": _caller(whole, "/health/live"),
    }
    routes = _padded(container)
    calls["first"] = _caller(routes, "/api/v1/first-family/1")
    calls["last"] = _caller(routes, "/api/v1/last-family/1")
    calls["crowded"] = _caller(routes, "/api/v1/crowded-family/1/last")
    found = await _interleaved(calls)
    least = {name: min(times) for name, times in found.items()}

    def ratio(name: str, to: str) -> float:
        return statistics.median(ratios(found[name], found[to]))

    details = {name: [round(one * 1e6, 1) for one in times] for name, times in found.items()}
    return [
        at_most(
            "P3",
            "authenticated route without database, to a FastAPI ping",
            2.5,
            ratio("authenticated", "ping"),
            "x",
            microseconds=details,
        ),
        at_most(
            "P3",
            f"last route to the first, {PADDING} more between",
            1.1,
            ratio("last", "first"),
            "x",
        ),
        known(
            "P3",
            "last of 12 routes of one family to the first of all",
            f"{ratio('crowded', 'first'):.3g}x",
        ),
        known(
            "P3",
            "the same to a ping that returns a Response; ratio of the least times to a ping",
            f"{ratio('authenticated', 'ping, Response'):.3g}x;"
            f" {least['authenticated'] / least['ping']:.3g}x",
        ),
        known(
            "P3",
            "least us: ping, ping with Response, authenticated",
            ", ".join(
                f"{least[name] * 1e6:.0f}" for name in ("ping", "ping, Response", "authenticated")
            ),
        ),
    ]


async def _interleaved(calls: dict[str, Callable[[], Awaitable[None]]]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        for _ in range(REQUESTS // 4):
            await call()
    with no_collections():
        for _ in range(ROUNDS):
            for name, call in calls.items():
                started = perf_counter()
                for _ in range(REQUESTS):
                    await call()
                found[name].append((perf_counter() - started) / REQUESTS)
    return found


def _container(stage: Stage) -> Container:
    settings = load_settings(
        environment="production",
        database_url=stage.database_url,
        redis_url=stage.redis_url,
        jwt_secret=stage.secret,
        rate_limits=False,
    )
    return build_container(settings)


def _whole(container: Container) -> App:
    body = b'{"id":"%b","username":"pat","roles":["trainer"]}' % str(uuid4()).encode()
    instant = {**container.handlers(), GetMe: _InstantMe(Document(body, 1))}
    container.handlers.override(providers.Object(instant))
    return build_application(container)


def _padded(container: Container) -> FastAPI:
    """Put a route before all others and one behind all others and many more."""
    app = build_http(container)
    first, last = _bench_router("first-family"), _bench_router("last-family")
    padding = [_bench_router(f"padding-family-{number}") for number in range(PADDING)]
    crowded = router("/crowded-family", tag="Benchmark")
    for number in range(11):
        crowded.add_api_route(f"/{{number}}/action-{number}", _nothing, response_model=None)
    crowded.add_api_route("/{number}/last", _nothing, response_model=None)
    app.router.routes[:0] = first.routes
    for more in (*padding, crowded, last):
        app.router.routes.extend(more.routes)
    return app


def _bench_router(family: str) -> APIRouter:
    made = router(f"/{family}", tag="Benchmark")
    made.add_api_route("/{number}", _nothing, response_model=None)
    return made


async def _nothing(number: int | str, _request: Request) -> Response:
    return Response(str(number))


def _ping() -> FastAPI:
    app = FastAPI()

    @app.get("/ping")
    async def ping() -> dict[str, bool]:
        return {"ok": True}

    @app.get("/ping-response")
    async def ping_response() -> Response:
        return Response(b'{"ok":true}', media_type="application/json")

    return app


def _caller(app: App, path: str, token: str | None = None) -> Callable[[], Awaitable[None]]:
    headers = [(b"host", b"localhost"), (b"accept", b"application/json")]
    if token is not None:
        headers.append((b"authorization", f"Bearer {token}".encode()))
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    async def call() -> None:
        statuses.clear()
        await app(_scope(path, headers), receive, send)
        assert statuses == [200], (path, statuses)

    return call


def _scope(path: str, headers: Sequence[tuple[bytes, bytes]]) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": list(headers),
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
