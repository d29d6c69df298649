"""What a relation lets a coach read and change, and what is left after it."""

import asyncio
from contextvars import Context
from typing import Any
from uuid import UUID

import httpx2
import pytest

from tests.builders.live import Training, planned_session
from tests.builders.people import People, Person
from tests.infrastructure.training.conftest import actor_of
from workout_application.coaching.commands.end_relation import EndRelation
from workout_presentation.composition.container import Container

pytestmark = pytest.mark.requirement("BEY-01", "SEC-03")

ENDINGS = ["end", "pause"]


async def trained(people: People) -> tuple[Person, Person, str, Training]:
    """Let an athlete train what a trainer assigned; returns the relation's path as well."""
    trainer, athlete = await people.trainer(), await people.athlete()
    relation = await people.relate(trainer, athlete)
    training = await planned_session(trainer, athlete)
    await training.end()
    return trainer, athlete, f"/coaching/relations/{relation['id']}", training


async def changes(trainer: Person, athlete: Person, workout_id: str) -> list[httpx2.Response]:
    """Try everything a trainer can change of a workout."""
    path = f"/workouts/{workout_id}"
    shown = (await trainer.get(path)).json()["data"]
    row = shown["exercises"][0]
    what = {"exercise_id": row["exercise_id"], "sets": 5, "reps": 3}
    return [
        await trainer.put(path, json={"name": "Still mine"}),
        await trainer.post(f"{path}/exercises", json=what),
        await trainer.put(f"{path}/exercises/{row['id']}", json=what),
        await trainer.delete(f"{path}/exercises/{row['id']}"),
        await trainer.post(f"{path}/assign", json={"athlete_id": athlete.athlete_id}),
        await trainer.post(f"{path}/complete"),
        await trainer.post(f"{path}/cancel"),
        await trainer.delete(path),
    ]


@pytest.mark.requirement("COA-04", "COA-05")
@pytest.mark.parametrize("how", ENDINGS)
async def test_a_former_coach_sees_the_workout_and_changes_nothing(
    people: People, database: Any, how: str
) -> None:
    trainer, athlete, relation, training = await trained(people)
    workout_id = training.session["workout_id"]
    await athlete.post(f"{relation}/{how}")
    before = await database.fetchrow("SELECT * FROM workouts WHERE id = $1::uuid", workout_id)

    shown = await trainer.get(f"/workouts/{workout_id}")
    refused = await changes(trainer, athlete, workout_id)

    assert shown.status_code == 200
    assert shown.json()["data"]["sessions"] == []
    assert workout_id in (await trainer.get("/workouts")).text
    assert {(one.status_code, one.json()["code"]) for one in refused} == {
        (403, "athlete_not_coached")
    }
    after = await database.fetchrow("SELECT * FROM workouts WHERE id = $1::uuid", workout_id)
    assert after == before


@pytest.mark.requirement("COA-06")
async def test_without_the_scope_to_assign_a_workout_cannot_be_changed(people: People) -> None:
    trainer, athlete, relation, training = await trained(people)
    await athlete.patch(relation, json={"scopes": ["view_workouts", "view_sessions"]})

    refused = await changes(trainer, athlete, training.session["workout_id"])

    assert {(one.status_code, one.json()["code"]) for one in refused} == {(403, "scope_required")}
    assert {one.json()["scope"] for one in refused} == {"assign_workouts"}


async def test_a_workout_cannot_be_taken_from_a_former_athlete(people: People) -> None:
    trainer, former = await people.trainer(), await people.athlete()
    relation = await people.relate(trainer, former)
    other = await people.athlete()
    await people.relate(trainer, other)
    body = {"name": "Squats", "type": "strength", "scheduled_date": "2030-01-01T10:00:00Z"}
    planned = await trainer.post("/workouts", json={**body, "athlete_id": former.athlete_id})
    path = f"/workouts/{planned.json()['data']['id']}"
    await former.post(f"/coaching/relations/{relation['id']}/end")

    refused = await trainer.post(f"{path}/assign", json={"athlete_id": other.athlete_id})

    assert (refused.status_code, refused.json()["code"]) == (403, "athlete_not_coached")
    assert refused.json()["athlete_id"] == former.athlete_id


async def test_a_workout_nobody_is_to_do_is_all_its_trainer_s(people: People) -> None:
    trainer = await people.trainer()
    body = {"name": "Squats", "type": "strength", "scheduled_date": "2030-01-01T10:00:00Z"}
    path = f"/workouts/{(await trainer.post('/workouts', json=body)).json()['data']['id']}"

    assert (await trainer.put(path, json={"name": "Better"})).status_code == 200
    assert (await trainer.delete(path)).status_code == 204


async def test_the_athlete_of_a_former_coach_still_completes_the_workout(people: People) -> None:
    _, athlete, relation, training = await trained(people)
    await athlete.post(f"{relation}/end")

    done = await athlete.post(f"/workouts/{training.session['workout_id']}/complete")

    assert done.json()["data"]["status"] == "completed"


@pytest.mark.requirement("COA-04")
@pytest.mark.parametrize("how", ["end", "pause", "narrow"])
async def test_sessions_are_hidden_from_whoever_lost_the_right(people: People, how: str) -> None:
    trainer, athlete, relation, training = await trained(people)
    if how == "narrow":
        await athlete.patch(relation, json={"scopes": ["view_workouts", "assign_workouts"]})
    else:
        await athlete.post(f"{relation}/{how}")
    workout_id = training.session["workout_id"]
    progress = f"/workouts/{workout_id}/progress?athlete_id={athlete.athlete_id}"

    refused = [
        await trainer.get(path)
        for path in (f"/sessions/{training.id}", f"/sessions/{training.id}/events", progress)
    ]

    expected = (403, "scope_required") if how == "narrow" else (404, None)
    for one in refused:
        assert one.status_code == expected[0]
        assert one.json()["code"] == (expected[1] or one.json()["code"])
    assert (await trainer.get("/sessions")).json()["data"] == []
    assert (await trainer.get(f"/workouts/{workout_id}")).json()["data"]["sessions"] == []


async def test_two_coaches_of_one_athlete_see_exactly_what_each_was_given(people: People) -> None:
    watcher, planner, athlete = (
        await people.trainer(),
        await people.trainer(),
        await people.athlete(),
    )
    await people.relate(watcher, athlete, ["view_sessions"])
    await people.relate(planner, athlete, ["assign_workouts", "view_profile"])
    training = await planned_session(planner, athlete)
    workout_id = training.session["workout_id"]
    body = {"name": "Squats", "type": "strength", "scheduled_date": "2030-01-01T10:00:00Z"}
    planned = {**body, "athlete_id": athlete.athlete_id}

    async def told(coach: Person) -> dict[str, int]:
        profile = f"/athletes/{athlete.athlete_id}"
        return {
            "session": (await coach.get(f"/sessions/{training.id}")).status_code,
            "sessions": len((await coach.get("/sessions")).json()["data"]),
            "workout": (await coach.get(f"/workouts/{workout_id}")).status_code,
            "assign": (await coach.post("/workouts", json=planned)).status_code,
            "profile": (await coach.get(profile)).status_code,
        }

    assert await told(watcher) == {
        "session": 200,
        "sessions": 1,
        "workout": 404,
        "assign": 403,
        "profile": 403,
    }
    assert await told(planner) == {
        "session": 403,
        "sessions": 0,
        "workout": 200,
        "assign": 201,
        "profile": 200,
    }


async def test_an_end_waits_for_the_assignment_in_progress(
    people: People, container: Container
) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    relation = await people.relate(trainer, athlete)
    access = container.coach_guard_of_commands()
    actor = actor_of(trainer)
    end = EndRelation(relation_id=UUID(relation["id"]))

    async with container.units_of_work().transaction(actor, appends=False):
        await access.admit_writer(actor, UUID(athlete.athlete_id), "assign_workouts")
        ending = asyncio.create_task(
            container.mediator().send(end, actor=actor_of(athlete)), context=Context()
        )
        done, _ = await asyncio.wait([ending], timeout=0.2)
        assert not done

    assert (await ending).status == "ended"


@pytest.mark.requirement("COA-04")
async def test_each_trainer_and_athlete_lists_their_own_workouts_only(people: People) -> None:
    pairs = [await people.coached_pair() for _ in range(2)]
    body = {"name": "Squats", "type": "strength", "scheduled_date": "2030-01-01T10:00:00Z"}
    for trainer, athlete in pairs:
        await trainer.post("/workouts", json={**body, "athlete_id": athlete.athlete_id})
        await trainer.post("/workouts", json=body)

    for trainer, athlete in pairs:
        of_trainer = (await trainer.get("/workouts")).json()["data"]
        of_athlete = (await athlete.get("/workouts")).json()["data"]
        assert {one["trainer_id"] for one in of_trainer} == {trainer.trainer_id}
        assert (len(of_trainer), len(of_athlete)) == (2, 1)
        assert of_athlete[0]["athlete_id"] == athlete.athlete_id
