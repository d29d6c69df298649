"""A process that died between its commit and the cache: the worker outdates in its place."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from dependency_injector import providers

from tests.worker.conftest import Workers
from tests.worker.test_delivery import delivered
from workout_application.messaging.actor import SYSTEM
from workout_application.reporting.staleness import exercise_of, sets_of
from workout_domain.catalogue.events import ExerciseUpdated
from workout_domain.kernel.events import DomainEvent
from workout_domain.training.events import SetLogged
from workout_infrastructure.cache.service import build_cache
from workout_infrastructure.persistence.unit_of_work import current_work
from workout_presentation.composition.container import Container


def a_set() -> SetLogged:
    """Make a logged set of somebody's."""
    return SetLogged(
        occurred_at=datetime.now(UTC),
        session_id=uuid4(),
        user_id=uuid4(),
        athlete_id=None,
        workout_id=None,
        trainer_id=None,
        sequence=1,
        set_id=uuid4(),
        exercise_id=uuid4(),
    )


async def commit(container: Container, event: DomainEvent) -> None:
    """Commit an event in a process."""
    async with container.units_of_work().transaction(SYSTEM, appends=True):
        current_work().record(event)


def about_to_die(workers: Workers) -> Container:
    """Return a process whose word never reaches Redis."""
    container = workers(redis="")
    container.cache.override(providers.Object(build_cache("", "test")))
    return container


@pytest.fixture
async def worker(workers: Workers, redis_url: str) -> AsyncIterator[Container]:
    """Return a worker that reacts at once, and has the cache of everybody."""
    container = workers(redis="")
    cache = build_cache(redis_url, f"test-{uuid4().hex}")
    container.cache.override(providers.Object(cache))
    yield container
    await cache.close()


@pytest.mark.requirement("CAC-12")
async def test_what_a_dead_process_could_not_outdate_the_worker_does(
    worker: Container, workers: Workers
) -> None:
    event = a_set()
    cache: Any = worker.cache()
    tags = (sets_of(event.user_id), exercise_of(event.user_id, event.exercise_id))
    for tag in tags:
        await cache.set(f"reports:{tag}", b"before", tags=(tag,))
    await commit(about_to_die(workers), event)
    assert await cache.get(f"reports:{tags[0]}") == b"before"

    await delivered(worker)

    assert [await cache.get(f"reports:{tag}") for tag in tags] == [None, None]


async def test_the_catalogue_is_outdated_again_as_well(worker: Container, workers: Workers) -> None:
    cache: Any = worker.cache()
    await cache.set("catalogue:ana:list", b"before", tags=("catalogue",))
    changed = ExerciseUpdated(
        occurred_at=datetime.now(UTC), exercise_id=uuid4(), owner_id=None, name="Squat"
    )
    await commit(about_to_die(workers), changed)

    await delivered(worker)

    assert await cache.get("catalogue:ana:list") is None


async def test_an_answer_made_after_the_change_was_told_stays(worker: Container) -> None:
    event = a_set()
    cache: Any = worker.cache()
    tag = sets_of(event.user_id)
    await cache.set("reports:a", b"before", tags=(tag,))
    await commit(worker, event)
    assert await cache.get("reports:a") is None
    await cache.set("reports:a", b"after", tags=(tag,))

    await delivered(worker)

    assert await cache.get("reports:a") == b"after"
