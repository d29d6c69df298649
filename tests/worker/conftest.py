"""Workers on the test process's database, with reactions a test can watch."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
from dependency_injector import providers

from tests.conftest import settings_for
from tests.fakes.clock import AdjustableClock
from tests.worker.stage import Stage
from tests.worker.workshop import Workshop
from workout_presentation.composition.container import Container, build_container

Workers = Callable[..., Container]


@pytest.fixture
async def workers(
    database_url: str, redis_url: str, clock: AdjustableClock
) -> AsyncIterator[Workers]:
    """Return a maker of worker containers; without ``reactions`` they have the product's own."""
    async with AsyncExitStack() as stack:

        def make(*reactions: Any, redis: str = redis_url, **settings: Any) -> Container:
            container = build_container(
                settings_for(database_url, redis, worker_port=0, **settings)
            )
            container.clock.override(clock)
            if reactions:
                container.reactions.override(providers.Object(list(reactions)))
            stack.push_async_callback(_close, container)
            return container

        yield make


async def _close(container: Container) -> None:
    for direct in (container.jobs.direct(), container.jobs.direct_work()):
        await direct.finish()
    for arq in (container.jobs.arq(), container.jobs.tickets()):
        if arq is not None:
            await arq.close()
    await container.pool().close()
    await container.engine().dispose()


@pytest.fixture
async def stage(database: Any) -> AsyncIterator[Stage]:
    """Return a table of effects and a source of events of a kind nobody else uses."""
    await database.execute("CREATE TABLE test_effects (subscriber text, message_id uuid)")
    yield Stage(database)
    # Others compare the schema with the mapping.
    await database.execute("DROP TABLE test_effects")


@pytest.fixture
async def workshop(workers: Workers, database: Any, stage: Stage) -> Workshop:
    """Return a kind of background job nobody else has; the stage keeps its effects."""
    assert stage.kind
    return Workshop(workers, database)
