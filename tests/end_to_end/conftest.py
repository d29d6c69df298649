"""Servers, API and worker, each a process of its own."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
import pytest

from tests.builders.people import People
from tests.conftest import free_port
from tests.end_to_end.processes import Running
from tests.end_to_end.visitors import client, is_ready
from tests.waiting import until
from workout_infrastructure.local import EmbeddedPostgres, EmbeddedRedis
from workout_infrastructure.persistence.catalogue.seeding import seed_catalogue
from workout_infrastructure.persistence.migrations import migrate

SECRET = "a secret of tests only, long enough to be one"


@dataclass
class Site:
    """Everything one product runs on, and the two processes of the product."""

    postgres: EmbeddedPostgres
    redis: EmbeddedRedis
    settings: dict[str, object]
    url: str
    api: Running
    worker: Running

    async def serves(self) -> None:
        """Wait until the API serves."""
        await until(lambda: is_ready(self.url), within=30, what="the API")


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Any, Path]]:
    """Return a PostgreSQL and a Redis that lose nothing, and that tests may kill."""
    folder = tmp_path_factory.mktemp("site")
    with EmbeddedPostgres(folder, durable=True) as postgres, EmbeddedRedis(folder) as redis:
        yield postgres, redis, folder


@pytest.fixture(scope="session")
async def site(servers: tuple[Any, Any, Path]) -> AsyncIterator[Site]:
    """Return a migrated, seeded site whose API serves; tests start the worker."""
    postgres, redis, folder = servers
    port = free_port()
    settings: dict[str, object] = {
        "environment": "production",
        "database_url": postgres.start(),
        "redis_url": redis.start(),
        "jwt_secret": SECRET,
        "require_confirmed_email": "false",
        "rate_limits": "off",
        "log_level": "WARNING",
        "port": port,
        "worker_port": free_port(),
        # A mail that cannot be sent waits to be tried again, and would never be handled.
        "mail_dir": folder / "mail",
    }
    await asyncio.to_thread(migrate, postgres.start())
    await seed_catalogue(postgres.start())
    site = Site(
        postgres=postgres,
        redis=redis,
        settings=settings,
        url=f"http://127.0.0.1:{port}",
        api=Running("serve", settings=settings, folder=folder),
        worker=Running("work", settings=settings, folder=folder),
    )
    await site.api.start()
    await site.serves()
    yield site
    await site.worker.stop()
    await site.api.stop()


@pytest.fixture
async def people(site: Site) -> AsyncIterator[People]:
    """Return the factory of people registered at the site."""
    async with client(site.url) as api:
        yield People(api)


@pytest.fixture
async def site_database(site: Site) -> AsyncIterator[Any]:
    """Return a connection to the site's database."""
    connection = await asyncpg.connect(str(site.settings["database_url"]))
    yield connection
    await connection.close()


@pytest.fixture
async def api(site: Site) -> AsyncIterator[httpx2.AsyncClient]:
    """Return an anonymous client of the site."""
    async with client(site.url) as anonymous:
        yield anonymous
