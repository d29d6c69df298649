"""What was once wrong: sessions shown without the scope, repeats that told untruths."""

import asyncio
import base64
import json
import uuid
from typing import Any

import pytest

from tests.builders.people import People, Person

WHEN = "2026-03-01T10:00:00Z"


async def squat(person: Person) -> str:
    listed = await person.get("/exercises?search=Barbell Back Squat&page_size=1")
    return str(listed.json()["data"][0]["id"])


async def begun(people: People) -> tuple[Person, Person, dict[str, Any], dict[str, Any]]:
    trainer, athlete = await people.trainer(), await people.athlete()
    relation = await people.relate(trainer, athlete)
    exercise = {"exercise_id": await squat(trainer), "sets": 3, "reps": 5}
    body = {"name": "Squats", "type": "strength", "scheduled_date": WHEN}
    planned = {**body, "athlete_id": athlete.athlete_id, "exercises": [exercise]}
    workout = (await trainer.post("/workouts", json=planned)).json()["data"]
    session = (await athlete.post(f"/workouts/{workout['id']}/sessions")).json()["data"]
    return trainer, athlete, {**workout, "relation": relation["id"]}, session


@pytest.mark.requirement("COA-05", "BEY-01")
async def test_a_coach_without_the_scope_sees_no_sessions_in_the_workout(people: People) -> None:
    trainer, athlete, workout, session = await begun(people)
    seen = await trainer.get(f"/workouts/{workout['id']}")
    await athlete.patch(
        f"/coaching/relations/{workout['relation']}", json={"scopes": ["view_workouts"]}
    )

    hidden = await trainer.get(f"/workouts/{workout['id']}")
    own = await athlete.get(f"/workouts/{workout['id']}")

    assert [one["id"] for one in seen.json()["data"]["sessions"]] == [session["id"]]
    assert hidden.json()["data"]["sessions"] == []
    assert [one["id"] for one in own.json()["data"]["sessions"]] == [session["id"]]


async def test_a_deleted_session_is_not_hidden_behind_a_304(people: People) -> None:
    trainer, athlete, workout, session = await begun(people)
    tag = (await trainer.get(f"/workouts/{workout['id']}")).headers["etag"]
    await athlete.delete(f"/sessions/{session['id']}")

    again = await trainer.get(f"/workouts/{workout['id']}", headers={"If-None-Match": tag})

    assert again.status_code == 200
    assert again.json()["data"]["sessions"] == []


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
@pytest.mark.parametrize("path", ["/notifications", "/workouts", "/sessions"])
async def test_a_forged_cursor_is_400(people: People, path: str, moment: str) -> None:
    athlete = await people.athlete()
    position = json.dumps([moment, str(uuid.UUID(int=7))]).encode()
    cursor = base64.urlsafe_b64encode(position).rstrip(b"=").decode()

    assert (await athlete.get(f"{path}?cursor={cursor}")).status_code == 400


async def test_a_sets_unit_counts_for_its_bare_reps(people: People) -> None:
    _, athlete, _, session = await begun(people)
    logged = {"exercise_id": await squat(athlete), "set_type": "normal", "number_reps": 1}
    one = (await athlete.post(f"/sessions/{session['id']}/sets", json=logged)).json()["data"]
    corrected = {"unit": "pounds", "reps": [{"weight": 100}, {}]}

    changed = await athlete.put(f"/sets/{one['id']}", json=corrected)

    first = changed.json()["data"]["reps"][0]
    assert (first["weight"], first["unit"]) == (100, "pounds")


async def test_a_deleted_sessions_client_id_is_refused_by_name(people: People) -> None:
    athlete = await people.athlete()
    body = {"name": "Alone", "session_date": WHEN, "client_generated_id": "cc"}
    session = (await athlete.post("/sessions", json=body)).json()["data"]
    await athlete.delete(f"/sessions/{session['id']}")

    again = await athlete.post("/sessions", json=body)

    assert (again.status_code, again.json()["code"]) == (409, "session_removed")
    assert "constraint" not in again.json()


async def test_a_repeated_report_of_progress_tells_what_was_stored(people: People) -> None:
    _, athlete, _, session = await begun(people)
    first, other = await squat(athlete), str(uuid.UUID(int=7))
    path = f"/sessions/{session['id']}/exercises"
    stored = {"completed_sets": 1, "client_event_id": "k"}
    told = await athlete.put(f"{path}/{first}/progress", json=stored)

    again = await athlete.put(
        f"{path}/{other}/progress", json={"completed_sets": 2, "client_event_id": "k"}
    )

    assert again.status_code == 200
    assert again.json()["data"] == told.json()["data"]


@pytest.mark.requirement("TRN-07")
async def test_a_session_of_a_completed_workout_stays_ended(people: People) -> None:
    trainer, athlete, workout, session = await begun(people)
    await athlete.post(f"/sessions/{session['id']}/complete")
    await trainer.post(f"/workouts/{workout['id']}/complete")

    reopened = await athlete.post(f"/sessions/{session['id']}/reopen")

    assert (reopened.status_code, reopened.json()["code"]) == (409, "workout_closed")


@pytest.mark.requirement("COA-02", "CAT-08")
@pytest.mark.parametrize("path", ["/workouts", "/exercises", "/coaching/invitations"])
async def test_who_may_not_is_told_so_before_the_body_is_read(people: People, path: str) -> None:
    athlete = await people.athlete()

    refused = await athlete.post(path, json={"nonsense": True})

    assert refused.status_code == 403


async def test_all_fields_of_a_set_are_reported_at_once(people: People) -> None:
    _, athlete, _, session = await begun(people)

    refused = await athlete.post(f"/sessions/{session['id']}/sets", json={"rpe": 11})

    pointers = {error["pointer"] for error in refused.json()["errors"]}
    assert pointers == {"/exercise_id", "/set_type", "/rpe"}


async def test_changes_without_a_revision_follow_one_another(people: People) -> None:

    athlete = await people.athlete()
    names = [{"first_name": f"N{number}", "last_name": "X"} for number in range(8)]

    answers = await asyncio.gather(*(athlete.put("/me", json=name) for name in names))

    assert [answer.status_code for answer in answers] == [200] * 8
