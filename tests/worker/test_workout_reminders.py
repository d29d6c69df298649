"""An athlete is reminded of a workout one hour before it, once, however it was moved about."""

import asyncio
import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.builders.people import People, Person
from tests.fakes.clock import AdjustableClock
from tests.waiting import until
from tests.worker.conftest import Workers
from tests.worker.test_delivery import delivered
from tests.worker.test_process import PATIENCE_SECONDS, working
from tests.worker.workshop import worked
from workout_presentation.composition.container import Container

HOUR = timedelta(hours=1)


async def planned(
    trainer: Person, athlete: Person | None, at: datetime, name: str = "Squats"
) -> str:
    """Plan a workout, for somebody or nobody yet; return its id."""
    body = {"name": name, "type": "strength", "scheduled_date": at.isoformat()}
    if athlete is not None:
        body["athlete_id"] = athlete.athlete_id
    created = await trainer.post("/workouts", json=body)
    assert created.status_code == 201, created.text
    return str(created.json()["data"]["id"])


async def reminders(database: Any, workout_id: str) -> list[dict[str, Any]]:
    """Return the jobs that remind of a workout, oldest first."""
    rows = await database.fetch(
        """SELECT * FROM jobs WHERE type = 'send_workout_reminder'
        AND arguments->>'workout_id' = $1 ORDER BY created_at, id""",
        workout_id,
    )
    return [dict(row) for row in rows]


async def told(database: Any, athlete: Person) -> list[dict[str, Any]]:
    """Return what an athlete was reminded of, oldest first."""
    rows = await database.fetch(
        """SELECT * FROM notifications WHERE user_id = $1::uuid AND type = 'workout_reminder'
        ORDER BY created_at, id""",
        athlete.user["id"],
    )
    return [dict(row) for row in rows]


@pytest.fixture
def container(workers: Workers) -> Container:
    return workers(redis="")


@pytest.mark.requirement("PRG-12", "JOB-20")
async def test_assigning_three_hours_ahead_schedules_the_reminder_in_two(
    people: People, container: Container, database: Any, clock: AdjustableClock
) -> None:
    trainer, athlete = await people.coached_pair()
    at = clock.now() + 3 * HOUR
    workout_id = await planned(trainer, athlete, at)
    await delivered(container)

    (job,) = await reminders(database, workout_id)
    assert (job["state"], job["queue"], job["type"]) == (
        "scheduled",
        "critical",
        "send_workout_reminder",
    )
    assert job["scheduled_at"] == at - HOUR
    assert job["arguments"] == (
        f'{{"athlete_id": "{athlete.athlete_id}", "workout_id": "{workout_id}"}}'
    )
    assert str(job["owner_user_id"]) == athlete.user["id"]
    await worked(container)
    assert await told(database, athlete) == []

    clock.advance(2 * HOUR)
    await worked(container)
    await worked(container)

    (reminder,) = await told(database, athlete)
    assert "Squats" in reminder["message"]
    assert json.loads(reminder["data"])["workout_id"] == workout_id
    (job,) = await reminders(database, workout_id)
    assert (job["state"], job["attempts"]) == ("succeeded", 1)
    assert job["result"] == f'"{reminder["id"]}"'


@pytest.mark.requirement("PRG-12", "JOB-20")
async def test_a_running_worker_reminds_within_seconds_of_the_hour(
    people: People, workers: Workers, database: Any, clock: AdjustableClock
) -> None:
    trainer, athlete = await people.coached_pair()
    async with working(workers()):
        workout_id = await planned(trainer, athlete, clock.now() + 3 * HOUR)
        await until(lambda: reminders(database, workout_id), within=PATIENCE_SECONDS)
        clock.advance(2 * HOUR)
        await until(lambda: told(database, athlete), within=5, what="the reminder")

    assert len(await told(database, athlete)) == 1


@pytest.mark.requirement("PRG-12")
async def test_moving_the_workout_moves_the_reminder(
    people: People, container: Container, database: Any, clock: AdjustableClock
) -> None:
    trainer, athlete = await people.coached_pair()
    at = clock.now() + 3 * HOUR
    workout_id = await planned(trainer, athlete, at)
    await delivered(container)
    later = {"scheduled_date": (at + 24 * HOUR).isoformat()}

    assert (await trainer.put(f"/workouts/{workout_id}", later)).status_code == 200
    await delivered(container)
    clock.advance(3 * HOUR)
    await worked(container)

    (job,) = await reminders(database, workout_id)
    assert (job["state"], job["scheduled_at"]) == ("scheduled", at + 23 * HOUR)
    assert await told(database, athlete) == []


@pytest.mark.requirement("PRG-12")
@pytest.mark.parametrize("how", ["delete", "cancel", "complete", "begin", "account"])
async def test_what_is_no_longer_awaited_is_not_reminded_of(
    people: People, container: Container, database: Any, clock: AdjustableClock, how: str
) -> None:
    trainer, athlete = await people.coached_pair()
    workout_id = await planned(trainer, athlete, clock.now() + 3 * HOUR)
    await delivered(container)
    (before,) = await reminders(database, workout_id)
    path = f"/workouts/{workout_id}"

    answers = {
        "delete": lambda: trainer.delete(path),
        "cancel": lambda: trainer.post(f"{path}/cancel"),
        "complete": lambda: athlete.post(f"{path}/complete"),
        "begin": lambda: athlete.post(f"{path}/sessions"),
        "account": lambda: athlete.delete("/me"),
    }
    answer = await answers[how]()
    assert answer.is_success, answer.text
    await delivered(container)
    await delivered(container)

    after = await reminders(database, workout_id)
    assert before["state"] == "scheduled"
    assert [job["state"] for job in after] == ([] if how == "account" else ["cancelled"])
    clock.advance(2 * HOUR)
    await worked(container)
    if how != "account":
        assert await told(database, athlete) == []


@pytest.mark.requirement("PRG-12")
async def test_another_athlete_is_reminded_in_place_of_the_first(
    people: People, container: Container, database: Any, clock: AdjustableClock
) -> None:
    trainer, first = await people.coached_pair()
    second = await people.athlete()
    await people.relate(trainer, second)
    workout_id = await planned(trainer, first, clock.now() + 3 * HOUR)
    await delivered(container)

    to = {"athlete_id": second.athlete_id}
    assert (await trainer.post(f"/workouts/{workout_id}/assign", to)).status_code == 200
    await delivered(container)
    clock.advance(2 * HOUR)
    await worked(container)

    assert len(await reminders(database, workout_id)) == 1
    assert await told(database, first) == []
    assert len(await told(database, second)) == 1


@pytest.mark.requirement("PRG-12")
async def test_of_what_is_nearer_than_an_hour_nobody_is_reminded(
    people: People, container: Container, database: Any, clock: AdjustableClock
) -> None:
    trainer, athlete = await people.coached_pair()
    near = await planned(trainer, athlete, clock.now() + HOUR - timedelta(minutes=1))
    past = await planned(trainer, athlete, clock.now() - HOUR)
    draft = await planned(trainer, None, clock.now() + 3 * HOUR)
    moved = await planned(trainer, athlete, clock.now() + 3 * HOUR)
    await delivered(container)

    soon = {"scheduled_date": (clock.now() + HOUR / 2).isoformat()}
    assert (await trainer.put(f"/workouts/{moved}", soon)).status_code == 200
    await delivered(container)
    clock.advance(3 * HOUR)
    await worked(container)

    for workout_id in (near, past, draft):
        assert await reminders(database, workout_id) == []
    assert [job["state"] for job in await reminders(database, moved)] == ["cancelled"]
    assert await told(database, athlete) == []


async def test_an_edit_at_the_very_moment_does_not_call_the_reminder_off(
    people: People, container: Container, database: Any, clock: AdjustableClock
) -> None:
    trainer, athlete = await people.coached_pair()
    workout_id = await planned(trainer, athlete, clock.now() + HOUR + timedelta(minutes=5))
    await delivered(container)
    clock.advance(timedelta(minutes=5))

    assert (await trainer.put(f"/workouts/{workout_id}", {"name": "Deadlifts"})).is_success
    await delivered(container)
    await worked(container)
    assert (await trainer.put(f"/workouts/{workout_id}", {"name": "Rows"})).is_success
    await delivered(container)
    await worked(container)

    (reminder,) = await told(database, athlete)
    assert "Deadlifts" in reminder["message"]


@pytest.mark.requirement("PRG-12", "EVT-06")
async def test_events_that_come_twice_and_in_another_order_make_one_reminder(
    people: People, workers: Workers, database: Any, clock: AdjustableClock
) -> None:
    trainer, athlete = await people.coached_pair()
    at = clock.now() + 3 * HOUR
    workout_id = await planned(trainer, athlete, at)
    for hours in (1, 2, 3):
        body = {"scheduled_date": (at + hours * HOUR).isoformat()}
        assert (await trainer.put(f"/workouts/{workout_id}", body)).status_code == 200
    containers = [workers(redis=""), workers(redis="")]

    for _ in range(3):
        await database.execute(
            """UPDATE outbox_messages SET relayed_at = NULL WHERE payload->>'workout_id' = $1""",
            workout_id,
        )
        await database.execute(
            """DELETE FROM inbox_entries WHERE subscriber = $1 AND message_id IN (
                SELECT id FROM outbox_messages WHERE payload->>'workout_id' = $2)""",
            "when_workout_changes_arrange_reminder",
            workout_id,
        )
        await asyncio.gather(*(delivered(container) for container in containers))

    (job,) = await reminders(database, workout_id)
    assert job["scheduled_at"] == at + 2 * HOUR
    clock.advance(6 * HOUR)
    await asyncio.gather(*(worked(container) for container in containers))
    assert len(await told(database, athlete)) == 1
