"""Transactions of training: all or nothing, and two writers follow one another."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import selectinload

from tests.builders.people import People, Person
from tests.builders.workouts import NOON, a_plan, a_prescription, a_session, a_workout
from tests.infrastructure.training.conftest import Adapters, actor_of
from workout_domain.kernel.errors import Invalid, StaleRevision
from workout_domain.training.workout import Workout
from workout_domain.training.workout_session import SessionOwner
from workout_infrastructure.persistence.registry import collection


@pytest.fixture(scope="module")
async def trainer(people: People) -> Person:
    """Return a trainer."""
    return await people.trainer()


async def traces(database: Any, workout: Workout) -> tuple[int, int]:
    """Count rows and events of a workout."""
    rows = await database.fetchval("SELECT count(*) FROM workouts WHERE id = $1", workout.id)
    events = await database.fetchval(
        "SELECT count(*) FROM outbox_messages WHERE aggregate_id = $1", workout.id
    )
    return rows, events


@pytest.mark.requirement("DBR-05", "TRN-02")
async def test_a_commit_leaves_state_and_events_and_an_aggregate_with_nothing_to_tell(
    adapters: Adapters, trainer: Person, database: Any
) -> None:
    workout = a_workout().by(UUID(trainer.trainer_id)).drafted()
    adapters.told.clear()

    async with adapters.container.units_of_work().transaction(actor_of(trainer), appends=False):
        adapters.container.training.workouts().add(workout)

    assert await traces(database, workout) == (1, 1)
    assert workout.take_events() == ()
    assert len(adapters.told) == 1
    stored = await database.fetchrow(
        "SELECT kind, version, actor_id FROM outbox_messages WHERE aggregate_id = $1", workout.id
    )
    assert tuple(stored) == ("workout.created", 1, UUID(trainer.user["id"]))


@pytest.mark.requirement("DBR-07")
async def test_an_error_after_the_first_write_leaves_nothing(
    adapters: Adapters, trainer: Person, database: Any
) -> None:
    workout = a_workout().by(UUID(trainer.trainer_id)).drafted()
    adapters.told.clear()

    async def add_and_fail() -> None:
        units_of_work = adapters.container.units_of_work()
        async with units_of_work.transaction(actor_of(trainer), appends=False) as work:
            adapters.container.training.workouts().add(workout)
            await work.session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await add_and_fail()

    assert await traces(database, workout) == (0, 0)
    assert adapters.told == []


@pytest.mark.requirement("DBR-07")
async def test_a_fault_at_the_commit_leaves_neither_state_nor_event_nor_push(
    adapters: Adapters, trainer: Person, database: Any
) -> None:
    workout = a_workout().by(uuid4()).drafted()
    session = a_session(SessionOwner(user_id=uuid4()))
    container = adapters.container
    adapters.told.clear()
    adapters.live.pushed.clear()

    async def add_for_nobody() -> None:
        async with container.units_of_work().transaction(actor_of(trainer), appends=False):
            container.training.workouts().add(workout)
            container.training.sessions().add(session)
            await container.training.snapshots().of(session.id)
            await container.training.journal().write(
                session.id, session.sequence, "SessionStarted", {}, at=NOON
            )

    with pytest.raises(Invalid):
        await add_for_nobody()

    assert await traces(database, workout) == (0, 0)
    assert (adapters.told, adapters.live.pushed) == ([], [])
    left = await database.fetchval(
        "SELECT count(*) FROM session_events WHERE session_id = $1", session.id
    )
    assert left == 0


async def test_writers_of_two_exercises_of_one_workout_collide(
    adapters: Adapters, trainer: Person, database: Any
) -> None:
    container = adapters.container
    exercise_id = await database.fetchval("SELECT id FROM exercises WHERE owner_id IS NULL LIMIT 1")
    workout = (
        a_workout()
        .by(UUID(trainer.trainer_id))
        .asking(a_prescription(exercise_id), a_prescription(exercise_id))
        .drafted()
    )
    async with container.units_of_work().transaction(actor_of(trainer), appends=False):
        container.training.workouts().add(workout)
    both_have_read = asyncio.Barrier(2)

    async def change(place: int) -> None:
        async with container.units_of_work().transaction(actor_of(trainer), appends=False) as work:
            options = [selectinload(collection(Workout, "_exercises"))]
            mine = await work.session.get_one(Workout, workout.id, options=options)
            work.watch(mine)
            await both_have_read.wait()
            what = a_prescription(exercise_id, sets=9)
            mine.change_exercise(mine.exercises[place].id, what, at=NOON)

    outcomes = await asyncio.gather(change(0), change(1), return_exceptions=True)

    assert [type(one) for one in outcomes if one is not None] == [StaleRevision]
    sets = await database.fetch(
        "SELECT sets FROM workout_exercises WHERE workout_id = $1 ORDER BY sets", workout.id
    )
    assert [row["sets"] for row in sets] == [3, 9]


async def test_a_repository_makes_the_second_writer_wait_instead(
    adapters: Adapters, trainer: Person, database: Any
) -> None:
    container = adapters.container
    workout = a_workout().by(UUID(trainer.trainer_id)).drafted()
    async with container.units_of_work().transaction(actor_of(trainer), appends=False):
        container.training.workouts().add(workout)

    async def rename(name: str) -> None:
        async with container.units_of_work().transaction(actor_of(trainer), appends=False):
            mine = await container.training.workouts().of_trainer(
                UUID(trainer.trainer_id), workout.id
            )
            mine.revise(a_plan(name=name), at=NOON)

    await asyncio.gather(*(rename(f"Name {n}") for n in range(4)))

    revision = await database.fetchval("SELECT revision FROM workouts WHERE id = $1", workout.id)
    assert revision == workout.revision + 4
