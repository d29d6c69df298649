"""Every read takes as many statements for much as for little."""

from collections.abc import AsyncIterator
from typing import Final

import asyncpg
import httpx2
import pytest
from dependency_injector import providers
from sqlalchemy import event

from tests.api.test_every_caller import ADMITTED
from tests.api.test_every_route import ROUTES, ask
from tests.builders.administrators import administrator
from tests.builders.callers import COLUMNS, OUTCOMES, Site
from tests.builders.growth import grow
from tests.builders.operations import Gym
from tests.builders.people import People, Person
from tests.builders.statements import CountingPool, Statements
from tests.conftest import fresh_database, running, settings_for
from workout_infrastructure.local import EmbeddedRedis
from workout_presentation.composition.container import build_container

READS: Final = [name for name in OUTCOMES if ROUTES[name][0] == "GET"]
# Who is asking, whether they may, then the read itself.
MOST_STATEMENTS: Final = 8
# A copy of everything about a person reads every table there is once.
WHOLE_PERSON: Final = {"export_me"}


class Counted:
    """A site whose statements are counted, and a gym on it."""

    def __init__(self, site: Site, gym: Gym, admin: Person, statements: Statements) -> None:
        self._site, self.gym, self._admin, self._statements = site, gym, admin, statements

    async def cost(self, name: str) -> int:
        """
        Return how many statements an operation takes whose answer is not kept yet.

        Who asks is looked up again once a second: the least of three answers is without.
        """
        return min([await self._cost_once(name) for _ in range(3)])

    async def _cost_once(self, name: str) -> int:
        headers = self._whoever_may(name).headers
        await self._site.container.access_log().flush()
        for category in ("catalogue", "reports"):
            await self._site.container.cache().purge(category)
        self._statements.forget()
        answer = await ask(self._site.api, name, self.gym, headers)
        assert answer.is_success, f"{name}: {answer.text}"
        return sum(_is_read(sql) for sql in self._statements.all)

    def _whoever_may(self, name: str) -> Person:
        words = dict(zip(COLUMNS, OUTCOMES[name].split(), strict=True))
        people = {"coach": self.gym.trainer, "athlete": self.gym.athlete, "admin": self._admin}
        return next(person for kind, person in people.items() if words[kind] in ADMITTED)


def _is_read(sql: str) -> bool:
    return sql.lstrip().upper().startswith(("SELECT", "WITH"))


@pytest.fixture(scope="module")
def url(worker_name: str) -> str:
    """Return a database of this test's own."""
    return fresh_database(f"bounded_{worker_name}")


@pytest.fixture(scope="module")
async def counted(url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Counted]:
    """Serve the product, its statements counted."""
    statements = Statements()
    with EmbeddedRedis(tmp_path_factory.mktemp("redis"), durable=False) as redis:
        container = build_container(settings_for(url, redis.start()))
        container.pool.override(providers.Object(CountingPool(url, statements)))
        container.read_pool.override(providers.Object(CountingPool(url, statements)))
        event.listen(
            container.engine().sync_engine,
            "before_cursor_execute",
            lambda _connection, _cursor, sql, *_rest: statements.all.append(sql),
        )
        database = await asyncpg.connect(url)
        async with (
            running(container) as server,
            httpx2.AsyncClient(base_url=f"{server.url}/api/v1", timeout=20) as api,
        ):
            site = Site(api, container, database)
            admin = await administrator(People(api), database)
            yield Counted(site, await site.gym(), admin, statements)
        await database.close()


@pytest.mark.requirement("DBR-23", "TRN-24")
async def test_no_read_takes_more_statements_for_more(counted: Counted) -> None:
    before = {name: await counted.cost(name) for name in READS}

    await grow(counted.gym, People(counted.gym.trainer.api))

    after = {name: await counted.cost(name) for name in READS}
    bounded = {name: cost for name, cost in before.items() if name not in WHOLE_PERSON}
    assert {name: (before[name], after[name]) for name in READS if after[name] > before[name]} == {}
    assert {name: cost for name, cost in bounded.items() if cost > MOST_STATEMENTS} == {}
