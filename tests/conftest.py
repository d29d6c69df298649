"""What tests share: one real server per test process, on real PostgreSQL and Redis."""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
import pytest
import structlog
import uvicorn

from tests.builders.people import People
from tests.fakes.clock import AdjustableClock
from tests.servers import test_servers
from workout_infrastructure.persistence.catalogue.seeding import seed_catalogue
from workout_infrastructure.persistence.migrations import migrate
from workout_presentation.composition.application import build_application
from workout_presentation.composition.container import Container, build_container
from workout_presentation.composition.serving import server_config
from workout_presentation.composition.settings import (
    Environment,
    Settings,
    load_settings,
)

pytest_plugins = ["tests.plugins.servers"]

# Access lines of the server under test would bury what a failing test says.
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


@dataclass(frozen=True)
class RunningServer:
    """A server of this test process."""

    url: str
    container: Container


def fresh_database(name: str) -> str:
    """Make an empty migrated database on the run's PostgreSQL and return its URL."""
    dsn = test_servers().postgres_dsn
    asyncio.run(_recreate(dsn, name))
    head, _, query = dsn.partition("?")
    url = head.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")
    migrate(url)
    asyncio.run(seed_catalogue(url))
    return url


async def _recreate(dsn: str, name: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    await connection.execute(f'CREATE DATABASE "{name}"')
    await connection.close()


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def settings_for(database_url: str, redis_url: str, **overrides: Any) -> Settings:
    """Return settings of a test server; its mails lie in the folder of the test run."""
    if "smtp_url" not in overrides:
        overrides.setdefault("mail_dir", Path(os.environ["TEST_SERVERS_FOLDER"]) / "mail")
    return load_settings(
        environment=overrides.pop("environment", Environment.TEST),
        database_url=database_url,
        redis_url=redis_url,
        port=overrides.pop("port", free_port()),
        # All people of the tests come from one address; tests of the limits turn them on.
        rate_limits=overrides.pop("rate_limits", False),
        **overrides,
    )


@asynccontextmanager
async def running(container: Container) -> AsyncIterator[RunningServer]:
    """Serve a container on its port for the length of the block."""
    settings = container.settings()
    server = uvicorn.Server(server_config(build_application(container), settings))
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
        if serving.done():
            await serving
    try:
        yield RunningServer(f"http://127.0.0.1:{settings.port}", container)
    finally:
        server.should_exit = True
        with suppress(asyncio.CancelledError):
            await serving


@pytest.fixture(scope="session")
def worker_name() -> str:
    """Return the name of this test process."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def redis_url(worker_name: str) -> str:
    """Return a Redis database of this test process."""
    number = int("".join(filter(str.isdigit, worker_name)) or 0) + 1
    return test_servers().redis_url.rsplit("/", 1)[0] + f"/{number}"


@pytest.fixture(scope="session")
def database_url(worker_name: str) -> str:
    """Return a migrated database of this test process, with the catalogue in it."""
    return fresh_database(f"test_{worker_name}")


@pytest.fixture(scope="session")
def clock() -> AdjustableClock:
    """Return the clock of the server: real time plus what a test adds."""
    return AdjustableClock()


@pytest.fixture(autouse=True)
def _present_time(clock: AdjustableClock) -> Iterator[None]:
    yield
    clock.reset()


@pytest.fixture(scope="session")
async def server(
    database_url: str, redis_url: str, clock: AdjustableClock
) -> AsyncIterator[RunningServer]:
    """Serve the whole product on a real socket."""
    container = build_container(settings_for(database_url, redis_url))
    container.clock.override(clock)
    async with running(container) as server:
        yield server


@pytest.fixture(scope="session")
def container(server: RunningServer) -> Container:
    """Return the container of the running server."""
    return server.container


@pytest.fixture(scope="session")
async def api(server: RunningServer) -> AsyncIterator[httpx2.AsyncClient]:
    """Return an anonymous client of the server."""
    async with httpx2.AsyncClient(base_url=f"{server.url}/api/v1", timeout=20) as client:
        yield client


@pytest.fixture(scope="session")
def people(api: httpx2.AsyncClient) -> People:
    """Return the factory of registered people."""
    return People(api)


@pytest.fixture(scope="session")
async def catalogue(database_url: str) -> dict[str, list[str]]:
    """
    Return shipped exercises by what they are measured in.

    Those that other tests make, though they be everybody's, may be archived by the same tests.
    """
    connection = await asyncpg.connect(database_url)
    rows = await connection.fetch(
        """SELECT measurement_type, array_agg(id::text ORDER BY name) AS ids FROM exercises
        WHERE shipped_digest IS NOT NULL AND deleted_at IS NULL AND is_active GROUP BY 1"""
    )
    await connection.close()
    return {row["measurement_type"]: list(row["ids"]) for row in rows}


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Any]:
    """Return a bare connection, to look at what was really written."""
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()
