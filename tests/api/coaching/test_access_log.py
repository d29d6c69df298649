"""What an athlete learns of what their coaches read and changed."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest

from tests.builders.administrators import administrator
from tests.builders.live import planned_session
from tests.builders.log import LOG, brief, noted
from tests.builders.people import People, Person
from tests.fakes.clock import AdjustableClock
from tests.waiting import until
from workout_application.coaching.commands.forget_old_access_entries import (
    ForgetOldAccessEntries,
)
from workout_application.messaging.actor import SYSTEM
from workout_application.messaging.coach_access import AccessAction, Subject, Touch, Touched
from workout_infrastructure.persistence.coaching.access_log import SqlAccessLog
from workout_infrastructure.persistence.database import DatabaseUnavailable, DriverPool
from workout_infrastructure.persistence.unit_of_work import SqlUnitsOfWork
from workout_presentation.composition.container import Container

pytestmark = pytest.mark.requirement("BEY-01")


async def test_every_read_of_a_coach_is_noted(people: People) -> None:
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    workout_id = training.session["workout_id"]
    for path in (
        f"/sessions/{training.id}",
        "/sessions",
        "/sessions?limit=20",
        f"/sessions/{training.id}/events",
        f"/workouts/{workout_id}",
        f"/workouts/{workout_id}/progress?athlete_id={athlete.athlete_id}",
        "/athletes",
        f"/athletes/{athlete.athlete_id}",
    ):
        assert (await trainer.get(path)).status_code == 200

    entries = await noted(athlete, "?action=read")

    assert [(one["subject"], one["operation"], one["subject_id"]) for one in entries] == [
        ("profile", "get_athlete", athlete.athlete_id),
        ("roster", "list_athletes", None),
        ("progress", "get_workout_progress", workout_id),
        ("session_list", "get_workout", workout_id),
        ("session", "list_session_events", training.id),
        ("session_list", "list_sessions", None),
        ("session", "get_session", training.id),
    ]
    assert {one["trainer_id"] for one in entries} == {trainer.trainer_id}
    assert {(one["user_id"], one["name"]) for one in entries} == {
        (trainer.user["id"], trainer.user["name"])
    }
    assert [one["count"] for one in entries] == [1, 1, 1, 1, 1, 2, 1]


async def test_every_change_of_a_coach_is_noted_with_it(people: People) -> None:
    trainer, athlete = await people.coached_pair()
    body = {"name": "Squats", "type": "strength", "scheduled_date": "2030-01-01T10:00:00Z"}
    exercise = (await trainer.get("/exercises?search=back squat&page_size=1")).json()["data"][0]
    what = {"exercise_id": exercise["id"], "sets": 3, "reps": 5}
    path = f"/workouts/{(await trainer.post('/workouts', json=body)).json()['data']['id']}"
    await trainer.put(path, json={"name": "Nobody's yet"})
    await trainer.post(f"{path}/assign", json={"athlete_id": athlete.athlete_id})
    await trainer.post(f"{path}/assign", json={"athlete_id": athlete.athlete_id})
    await trainer.put(path, json={"name": "Hers"})
    row = (await trainer.post(f"{path}/exercises", json=what)).json()["data"]["id"]
    await trainer.put(f"{path}/exercises/{row}", json={**what, "sets": 4})
    await trainer.delete(f"{path}/exercises/{row}")
    await trainer.post(f"{path}/cancel")
    await trainer.post(f"{path}/complete")
    await trainer.delete(path)
    await trainer.post("/workouts", json={**body, "athlete_id": athlete.athlete_id})

    assert await brief(athlete) == [
        ("changed", "workout", name)
        for name in (
            "create_workout",
            "delete_workout",
            "cancel_workout",
            "remove_workout_exercise",
            "change_workout_exercise",
            "add_workout_exercise",
            "update_workout",
            "assign_workout",
        )
    ]


async def test_what_was_refused_is_not_noted(people: People) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    await people.relate(trainer, athlete, ["assign_workouts"])
    training = await planned_session(trainer, athlete)
    before = await brief(athlete)
    workout_id = training.session["workout_id"]

    for path in (
        f"/sessions/{training.id}",
        "/sessions",
        "/athletes",
        f"/athletes/{athlete.athlete_id}",
        f"/workouts/{workout_id}",
        f"/workouts/{uuid4()}/progress?athlete_id={athlete.athlete_id}",
    ):
        await trainer.get(path)
    assert (await trainer.post(f"/workouts/{workout_id}/cancel")).status_code == 409

    assert await brief(athlete) == before == [("changed", "workout", "create_workout")]


async def test_one_s_own_reads_and_an_administrator_s_are_not_a_coach_s(
    people: People, database: Any
) -> None:
    trainer, athlete = await people.trainer(), await people.register("both")
    await people.relate(trainer, athlete)
    admin = await administrator(people, database)
    training = await planned_session(trainer, athlete)
    for person in (athlete, admin):
        for path in (f"/sessions/{training.id}", "/sessions"):
            assert (await person.get(path)).status_code == 200

    assert await brief(athlete, "?action=read") == []


async def test_reads_within_a_minute_are_one_entry(
    people: People, clock: AdjustableClock, container: Container
) -> None:
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    log: SqlAccessLog = container.access_log()
    for _ in range(3):
        await trainer.get(f"/sessions/{training.id}")
        await log.flush()
    clock.advance(timedelta(seconds=30))
    await trainer.get(f"/sessions/{training.id}")
    within = await noted(athlete, "?action=read")
    clock.advance(timedelta(seconds=31))
    await trainer.get(f"/sessions/{training.id}")

    later = await noted(athlete, "?action=read")

    assert [one["count"] for one in within] == [4]
    assert within[0]["last_at"] > within[0]["occurred_at"]
    assert [one["count"] for one in later] == [1, 4]


async def test_two_processes_that_note_the_same_at_once_make_one_entry(
    people: People, container: Container
) -> None:
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    await trainer.get(f"/sessions/{training.id}")
    here: SqlAccessLog = container.access_log()
    there = SqlAccessLog(
        container.units_of_work(), container.work(), container.identifiers(), container.clock()
    )
    [waiting] = [one for one in here._waiting if str(one.touch.athlete_id) == athlete.athlete_id]
    for _ in range(2):
        there.note_read(waiting.touch)

    await asyncio.gather(here.flush(), there.flush())

    assert [one["count"] for one in await noted(athlete, "?action=read")] == [3]


async def test_a_read_is_written_without_being_asked_for(people: People, database: Any) -> None:
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    await trainer.get(f"/sessions/{training.id}")

    written = "SELECT count(*) FROM coaching_access_log WHERE subject_id = $1::uuid"

    await until(lambda: database.fetchval(written, training.id), within=3, what="the entry")


async def test_what_is_left_is_written_when_the_process_stops(
    people: People, container: Container
) -> None:
    _, athlete = await people.coached_pair()
    touch = a_read(athlete)
    stopping = SqlAccessLog(
        container.units_of_work(), container.work(), container.identifiers(), container.clock()
    )
    stopping.note_read(touch)

    await stopping.stop()

    assert await brief(athlete) == [("read", "session", "get_session")]


async def test_without_a_database_what_was_noted_waits(
    people: People, container: Container
) -> None:
    _, athlete = await people.coached_pair()
    touch = a_read(athlete)
    nowhere = SqlUnitsOfWork(
        container.sessions(),
        DriverPool("postgresql://nobody@127.0.0.1:1/none", size=1),
        container.identifiers(),
        container.live(),
        container.after_commit(),
        container.job_bell().ring,
    )
    log = SqlAccessLog(nowhere, container.work(), container.identifiers(), container.clock())
    log.note_read(touch)

    with pytest.raises(DatabaseUnavailable):
        await log.flush()

    assert [one.touch for one in log._waiting] == [touch]
    await log.stop()
    assert await brief(athlete) == []


def a_read(athlete: Person) -> Touch:
    """Make a read of a session by some coach."""
    return Touch(
        trainer_id=uuid4(),
        user_id=uuid4(),
        athlete_id=UUID(athlete.athlete_id),
        action=AccessAction.READ,
        what=Touched(subject=Subject.SESSION, subject_id=uuid4(), operation="get_session"),
    )


async def test_pages_and_filters(people: People) -> None:
    first, second, athlete = await people.trainer(), await people.trainer(), await people.athlete()
    await people.relate(first, athlete)
    await people.relate(second, athlete)
    training = await planned_session(first, athlete)
    for coach in (first, second):
        await coach.get(f"/sessions/{training.id}")
        await coach.get("/sessions")
    everything = await noted(athlete)

    head = (await athlete.get(f"{LOG}?limit=3")).json()
    tail = (await athlete.get(f"{LOG}?limit=3&cursor={head['pagination']['next_cursor']}")).json()
    of_second = await noted(athlete, f"?trainer_id={second.trainer_id}")
    today = everything[0]["occurred_at"][:10]

    assert len(everything) == 5
    assert head["data"] + tail["data"] == everything
    assert tail["pagination"] == {"limit": 3, "next_cursor": None, "has_next": False}
    assert {one["trainer_id"] for one in of_second} == {second.trainer_id}
    assert len(await noted(athlete, "?action=changed")) == 1
    assert len(await noted(athlete, f"?from_date={today}&to_date={today}")) == 5
    assert await noted(athlete, "?to_date=2020-01-01") == []
    assert await noted(athlete, "?from_date=2100-01-01") == []


async def test_each_athlete_reads_their_own_log_only(
    people: People, api: httpx2.AsyncClient
) -> None:
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    await trainer.get(f"/sessions/{training.id}")

    assert await noted(await people.athlete()) == []
    assert (await trainer.get(LOG)).status_code == 403
    assert (await api.get(LOG)).status_code == 401


@pytest.mark.parametrize(
    "query", ["action=seen", "trainer_id=x", "cursor=x", "limit=0", "from_date=x", "page=1"]
)
async def test_bad_queries_are_refused(people: People, query: str) -> None:
    assert (await (await people.athlete()).get(f"{LOG}?{query}")).status_code == 400


async def test_entries_are_forgotten_after_a_year_in_batches(
    people: People, container: Container, database: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    await trainer.get(f"/sessions/{training.id}")
    await trainer.get("/sessions")
    assert len(await noted(athlete)) == 3
    await database.execute(
        """UPDATE coaching_access_log SET occurred_at = occurred_at - interval '366 days'
        WHERE athlete_id = $1 AND action = 'read'""",
        UUID(athlete.athlete_id),
    )
    forget = ForgetOldAccessEntries(limit=1)

    dropped = [await container.mediator().send(forget, actor=SYSTEM) for _ in range(3)]

    assert dropped == [1, 1, 0]
    assert await brief(athlete) == [("changed", "workout", "create_workout")]
