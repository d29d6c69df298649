"""Every athlete's figures are computed anew after a session, by a job."""

import json
from datetime import timedelta
from decimal import Decimal
from statistics import median
from typing import Any
from uuid import UUID

import pytest
from dependency_injector import providers

from tests.builders.people import People, Person
from tests.builders.statements import CountingPool, Statements
from tests.builders.training_days import assigned, trained
from tests.fakes.clock import AdjustableClock
from tests.worker.conftest import Workers
from tests.worker.test_delivery import delivered
from tests.worker.workshop import worked
from workout_application.messaging.actor import SYSTEM
from workout_application.reporting.commands.process_athlete_analytics import (
    ProcessAthleteAnalytics,
)
from workout_domain.kernel.formulas.one_rep_max import estimate_all
from workout_presentation.composition.container import Container


@pytest.fixture
def container(workers: Workers) -> Container:
    return workers(redis="")


async def jobs_of(database: Any, athlete: Person) -> list[dict[str, Any]]:
    """Return the jobs that compute an athlete's figures, oldest first."""
    rows = await database.fetch(
        """SELECT * FROM jobs WHERE type = 'process_athlete_analytics'
        AND arguments->>'athlete_id' = $1 ORDER BY created_at, id""",
        athlete.athlete_id,
    )
    return [dict(row) for row in rows]


async def figures(database: Any, athlete: Person) -> dict[str, Any] | None:
    """Return what is kept of an athlete."""
    row = await database.fetchrow(
        "SELECT * FROM athlete_analytics WHERE athlete_id = $1::uuid", athlete.athlete_id
    )
    return None if row is None else dict(row)


def ago(clock: AdjustableClock, days: int) -> str:
    """Write an instant so many days before noon of today, which is its day everywhere in UTC."""
    return (clock.now().replace(hour=0, minute=0) - timedelta(days=days)).isoformat()


@pytest.mark.requirement("REP-09", "JOB-21")
async def test_a_completed_session_has_the_figures_computed(
    people: People, container: Container, database: Any, clock: AdjustableClock
) -> None:
    trainer, athlete = await people.coached_pair()
    before = clock.now()
    done = await assigned(trainer, athlete, ago(clock, 2))
    await assigned(trainer, athlete, ago(clock, 3))
    await assigned(trainer, athlete, ago(clock, 40))
    await trained(
        athlete,
        ago(clock, 2),
        {"weight": 100, "number_reps": 5},
        {"weight": 40, "number_reps": 10, "set_type": "warm_up"},
        workout_id=done,
        minutes=50,
    )
    await trained(athlete, ago(clock, 1), {"weight": 110, "number_reps": 1}, how="abandon")
    await trained(athlete, ago(clock, 60), {"weight": 105, "number_reps": 6})
    await trained(athlete, ago(clock, 120), {"weight": 200, "number_reps": 3})

    await delivered(container)
    await worked(container)

    kept = await figures(database, athlete)
    assert kept is not None
    assert kept["computed_at"] >= before
    assert (kept["to_date"] - kept["from_date"]).days == 27
    assert (kept["sessions"], kept["completed_sessions"], kept["minutes"]) == (2, 1, 50)
    assert (kept["working_sets"], kept["repetitions"], kept["volume_kg"]) == (2, 6, 610)
    assert kept["sessions_per_week"] == Decimal("0.5")
    assert (kept["planned_workouts"], kept["completed_workouts"]) == (2, 1)
    assert kept["completion"] == Decimal("0.5")
    (best,) = json.loads(kept["estimated_maxima"], parse_float=Decimal)
    assert (best["load_kg"], best["repetitions"]) == (105, 6)
    expected = median(one.value for one in estimate_all(Decimal(105), 6).estimates)
    assert abs(best["e1rm_kg"] - expected) < Decimal("1e-12")


@pytest.mark.requirement("REP-09", "JOB-21", "JOB-04")
async def test_sessions_that_end_before_the_job_begins_are_one_job(
    people: People, container: Container, database: Any, clock: AdjustableClock
) -> None:
    athlete = await people.athlete()
    for days in (1, 2, 3):
        await trained(athlete, ago(clock, days), {})
    await delivered(container)
    waiting = await jobs_of(database, athlete)
    await worked(container)
    await trained(athlete, ago(clock, 4), {})
    await delivered(container)
    await worked(container)

    assert [job["state"] for job in waiting] == ["queued"]
    assert [job["queue"] for job in waiting] == ["low"]
    assert str(waiting[0]["owner_user_id"]) == athlete.user["id"]
    assert [job["state"] for job in await jobs_of(database, athlete)] == ["succeeded"] * 2
    kept = await figures(database, athlete)
    assert kept is not None
    assert kept["sessions"] == 4


@pytest.mark.requirement("REP-09")
async def test_a_session_that_is_deleted_leaves_the_figures(
    people: People, container: Container, database: Any, clock: AdjustableClock
) -> None:
    athlete = await people.athlete()
    await trained(athlete, ago(clock, 1), {})
    other = await trained(athlete, ago(clock, 2), {})
    assert (await athlete.delete(f"/sessions/{other}")).status_code == 204

    await delivered(container)
    await worked(container)

    kept = await figures(database, athlete)
    assert kept is not None
    assert (kept["sessions"], kept["volume_kg"]) == (1, 500)


async def test_whoever_is_no_athlete_has_no_figures(
    people: People, container: Container, database: Any, clock: AdjustableClock
) -> None:
    trainer = await people.trainer()
    await trained(trainer, ago(clock, 1), {})

    await delivered(container)
    await worked(container)

    owned = "SELECT count(*) FROM jobs WHERE owner_user_id = $1::uuid"
    assert await database.fetchval(owned, trainer.user["id"]) == 0
    nobody = ProcessAthleteAnalytics(athlete_id=UUID(trainer.trainer_id))
    answer = await container.mediator().send(nobody, actor=SYSTEM)
    assert answer.computed_at is None


async def test_older_figures_do_not_replace_newer_ones(
    people: People, container: Container, database: Any, clock: AdjustableClock
) -> None:
    athlete = await people.athlete()
    await trained(athlete, ago(clock, 1), {})
    command = ProcessAthleteAnalytics(athlete_id=UUID(athlete.athlete_id))
    await container.mediator().send(command, actor=SYSTEM)
    newest = await figures(database, athlete)
    clock.advance(timedelta(minutes=-5))

    await container.mediator().send(command, actor=SYSTEM)

    assert await figures(database, athlete) == newest


@pytest.mark.requirement("DBR-23")
async def test_much_training_costs_as_many_statements_as_little(
    people: People, workers: Workers, database_url: str, clock: AdjustableClock
) -> None:
    statements = Statements()
    container = workers(redis="")
    container.pool.override(providers.Object(CountingPool(database_url, statements)))
    athlete = await people.athlete()
    command = ProcessAthleteAnalytics(athlete_id=UUID(athlete.athlete_id))

    async def cost() -> int:
        statements.forget()
        await container.mediator().send(command, actor=SYSTEM)
        return len(statements.all)

    nothing = await cost()
    for days in range(1, 6):
        await trained(athlete, ago(clock, days), {}, {}, {})

    assert await cost() == nothing <= 5


@pytest.mark.requirement("SEC-08")
async def test_figures_are_in_the_copy_and_go_with_the_account(
    people: People, container: Container, database: Any, clock: AdjustableClock
) -> None:
    athlete = await people.athlete()
    await trained(athlete, ago(clock, 1), {})
    await delivered(container)
    await worked(container)

    (copied,) = (await athlete.get("/me/export")).json()["data"]["athlete_analytics"]
    assert (await athlete.delete("/me")).status_code == 204
    await delivered(container)

    assert (copied["sessions"], copied["volume_kg"]) == (1, 500)
    assert len(copied["estimated_maxima"]) == 1
    assert await figures(database, athlete) is None
    assert await jobs_of(database, athlete) == []
