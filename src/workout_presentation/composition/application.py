"""Builds the API process: HTTP application, hub and what runs beside them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

import socketio
from fastapi import FastAPI
from starlette.types import ASGIApp
from starlette_compress import CompressMiddleware

from workout_presentation.api.document import contract
from workout_presentation.api.failures import handle_failures
from workout_presentation.api.health import health
from workout_presentation.api.middleware.https import HSTS, HttpsOnly
from workout_presentation.api.middleware.origins import Cors
from workout_presentation.api.middleware.outermost import Outermost
from workout_presentation.api.middleware.proxies import TrustedProxies
from workout_presentation.api.pages.documentation import documentation
from workout_presentation.api.pages.problems import problem_pages
from workout_presentation.api.pages.security_txt import security_txt
from workout_presentation.api.routing import IndexedRouter
from workout_presentation.api.v1.routes import ROUTERS
from workout_presentation.composition.container import Container
from workout_presentation.composition.settings import Settings
from workout_presentation.hub.server import PATH


def build_http(container: Container) -> FastAPI:
    """Build the HTTP application without its outer layers."""
    settings = container.settings()
    app = FastAPI(
        title="Workout",
        version="1.0",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        max_body_size=settings.largest_body_bytes,
        # No exporter is configured; asking for one on each request is not free.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await start(container)
        yield
        await stop(container)

    app.router = IndexedRouter(lifespan=lifespan, redirect_slashes=False)
    pages = [documentation] if settings.interactive_docs else []
    if settings.security_contact:
        contact, base_url = settings.security_contact, settings.base_url
        pages.append(security_txt(contact, base_url=base_url, clock=container.clock()))
    for router in (*ROUTERS, contract, health, problem_pages, *pages):
        app.router.routes.extend(router.routes)
    app.state.mediator = container.mediator()
    app.state.doorman = container.doorman()
    app.state.limiter = container.limiter() if settings.rate_limits else None
    app.state.container = container
    app.state.health = container.health()
    app.state.metrics = container.metrics().text
    handle_failures(app, base_url=settings.base_url)
    return app


def build_application(container: Container) -> ASGIApp:
    """Build everything one API process serves: the hub at its path, HTTP everywhere else."""
    settings = container.settings()
    http = Outermost(
        CompressMiddleware(build_http(container), minimum_size=1000),
        observer=container.observer(),
        identifiers=container.identifiers(),
        extra_headers=(HSTS,) if settings.require_https else (),
        timeout_seconds=settings.request_timeout_seconds,
        base_url=settings.base_url,
        largest_body_bytes=settings.largest_body_bytes,
        granting=_granting(settings),
    )
    hub = container.hub()
    for event in container.training_events().all():
        hub.serve(event)
    application: ASGIApp = socketio.ASGIApp(hub.socket, other_asgi_app=http, socketio_path=PATH)
    if settings.require_https:
        application = HttpsOnly(application, base_url=settings.base_url)
    if settings.proxies:
        application = TrustedProxies(application, settings.proxies)
    return application


def _granting(settings: Settings) -> Callable[[ASGIApp], ASGIApp]:
    if not settings.origins:
        return lambda app: app
    return partial(Cors, origins=settings.origins, base_url=settings.base_url)


async def start(container: Container) -> None:
    """Start what runs beside the requests."""
    await container.live().start()
    container.warden().start()


async def stop(container: Container) -> None:
    """Stop it again, and give all connections back."""
    await container.warden().stop()
    await container.access_log().stop()
    await container.live().stop()
    await container.query_cache().close()
    await container.cache().close()
    await container.limiter().close()
    await container.pool().close()
    await container.read_pool().close()
    await container.engine().dispose()
