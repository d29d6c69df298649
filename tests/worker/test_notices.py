"""Who is told what when something has happened, by the product's own reactions."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.builders.live import assigned_workout
from tests.builders.people import People, Person
from tests.worker.conftest import Workers
from tests.worker.test_delivery import delivered

PATH = "/notifications"


async def told(person: Person) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = (await person.get(f"{PATH}?limit=100")).json()["data"]
    return listed


async def assign(trainer: Person, athlete: Person) -> dict[str, Any]:
    body = {
        "name": "Heavy squats",
        "type": "strength",
        "scheduled_date": datetime.now(UTC).isoformat(),
    }
    created = await trainer.post("/workouts", json=body)
    assigned = await trainer.post(
        f"/workouts/{created.json()['data']['id']}/assign",
        json={"athlete_id": athlete.athlete_id},
    )
    assert assigned.status_code == 200, assigned.text
    workout: dict[str, Any] = assigned.json()["data"]
    return workout


async def train(athlete: Person, workout: dict[str, Any]) -> dict[str, Any]:
    started = await athlete.post(f"/workouts/{workout['id']}/sessions")
    session: dict[str, Any] = started.json()["data"]
    ended = await athlete.post(f"/sessions/{session['id']}/complete", json={"duration_minutes": 45})
    assert ended.status_code == 200, ended.text
    return session


@pytest.mark.requirement("COA-03", "NTF-07")
async def test_an_athlete_is_told_of_an_assigned_workout(people: People, workers: Workers) -> None:
    trainer, athlete = await people.coached_pair()
    workout = await assign(trainer, athlete)

    await delivered(workers(redis=""))

    notice = (await told(athlete))[0]
    assert notice["type"] == "workout_assigned"
    assert notice["message"] == f"{trainer.user['name']} assigned you the workout “Heavy squats”."
    assert notice["data"]["workout_id"] == workout["id"]


@pytest.mark.requirement("COA-07", "NTF-06")
async def test_a_trainer_is_told_of_progress(people: People, workers: Workers) -> None:
    trainer, athlete = await people.coached_pair()
    session = await train(athlete, await assign(trainer, athlete))

    await delivered(workers(redis=""))

    notices = [one for one in await told(trainer) if one["type"] == "progress_update"]
    assert {one["message"] for one in notices} == {
        f"{athlete.user['name']} started “Heavy squats”.",
        f"{athlete.user['name']} completed “Heavy squats” in 45 minutes.",
    }
    assert {one["data"]["session_id"] for one in notices} == {session["id"]}
    assert {one["data"]["summary"] for one in notices} == {
        "started “Heavy squats”.",
        "completed “Heavy squats” in 45 minutes.",
    }


@pytest.mark.requirement("REP-11", "COA-07", "TRN-19")
async def test_a_trainer_is_told_the_percentage_that_the_progress_shows(
    people: People, workers: Workers
) -> None:
    trainer, athlete = await people.coached_pair()
    workout = await assigned_workout(trainer, athlete)
    others = (await athlete.get("/exercises?search=curl&page_size=2")).json()["data"]
    for one in others:
        asked = {"exercise_id": one["id"], "sets": 2, "reps": 5}
        assert (await trainer.post(f"/workouts/{workout['id']}/exercises", json=asked)).is_success
    session = (await athlete.post(f"/workouts/{workout['id']}/sessions")).json()["data"]
    path = f"/sessions/{session['id']}/exercises/{workout['exercises'][0]['exercise_id']}/progress"
    assert (await athlete.put(path, json={"completed_sets": 3})).is_success
    await athlete.post(f"/sessions/{session['id']}/complete", json={"duration_minutes": 45})

    await delivered(workers(redis=""))

    asked_for = {"athlete_id": athlete.athlete_id}
    shown = await trainer.get(f"/workouts/{workout['id']}/progress", params=asked_for)
    [notice] = [one for one in await told(trainer) if "completed" in one["message"]]
    assert notice["type"] == "progress_update"
    assert notice["data"]["completion_percentage"] == 33.33
    figures = ("completion_percentage", "completed_exercises", "total_exercises")
    assert [notice["data"][name] for name in figures] == [
        shown.json()["data"][name] for name in figures
    ]
    assert notice["data"]["summary"].endswith("in 45 minutes: 1 of 3 exercises.")


@pytest.mark.requirement("COA-06", "BEY-01")
@pytest.mark.parametrize("change", ["end", "pause", "scopes"])
async def test_a_trainer_without_the_right_is_told_nothing(
    people: People, workers: Workers, change: str
) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    path = f"/coaching/relations/{(await people.relate(trainer, athlete))['id']}"
    workout = await assign(trainer, athlete)
    if change == "scopes":
        await athlete.patch(path, json={"scopes": ["view_workouts"]})
    else:
        await athlete.post(f"{path}/{change}")
    await train(athlete, workout)

    await delivered(workers(redis=""))

    assert [one for one in await told(trainer) if one["type"] == "progress_update"] == []


async def test_an_ad_hoc_session_tells_nobody(people: People, workers: Workers) -> None:
    trainer, athlete = await people.coached_pair()
    body = {"name": "Alone", "session_date": datetime.now(UTC).isoformat()}
    assert (await athlete.post("/sessions", json=body)).status_code == 201

    await delivered(workers(redis=""))

    assert [one for one in await told(trainer) if one["type"] == "progress_update"] == []


@pytest.mark.requirement("COA-06")
async def test_a_trainer_is_told_how_invitations_are_answered(
    people: People, workers: Workers
) -> None:
    trainer, willing, unwilling = (
        await people.trainer(),
        await people.athlete(),
        await people.athlete(),
    )
    relation = await people.relate(trainer, willing)
    code = (await trainer.post("/coaching/invitations")).json()["data"]["code"]
    await unwilling.post("/coaching/invitations/decline", json={"code": code})

    await delivered(workers(redis=""))

    by_type = {one["type"]: one for one in await told(trainer)}
    assert by_type["success"]["message"] == f"{willing.user['name']} accepted your invitation."
    assert by_type["success"]["data"]["relation_id"] == relation["id"]
    assert by_type["info"]["message"] == "Your invitation was declined."


@pytest.mark.requirement("COA-06", "BEY-01")
async def test_each_side_is_told_what_the_other_did(people: People, workers: Workers) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    path = f"/coaching/relations/{(await people.relate(trainer, athlete))['id']}"
    await athlete.post(f"{path}/pause")
    await athlete.post(f"{path}/resume")
    await trainer.post(f"{path}/end")

    await delivered(workers(redis=""))

    messages = {one["message"] for one in await told(trainer)}
    assert f"{athlete.user['name']} paused your coaching." in messages
    assert f"{athlete.user['name']} resumed your coaching." in messages
    assert [one["message"] for one in await told(athlete)] == [
        f"{trainer.user['name']} ended your coaching."
    ]


@pytest.mark.requirement("BEY-01")
async def test_a_transfer_tells_all_three(people: People, workers: Workers) -> None:
    coach, athlete, other = await people.trainer(), await people.athlete(), await people.trainer()
    relation = await people.relate(coach, athlete)
    path = f"/coaching/relations/{relation['id']}/transfer"
    names = [str(one.user["name"]) for one in (coach, athlete, other)]
    await coach.post(path, json={"trainer_id": other.trainer_id})
    await other.post(f"{path}/decline")
    await coach.post(path, json={"trainer_id": other.trainer_id, "message": "Please."})
    begun = (await athlete.post(f"{path}/accept")).json()["data"]

    await delivered(workers(redis=""))

    of_coach = [one["message"] for one in await told(coach)]
    assert set(of_coach) == {
        f"{names[1]} accepted your invitation.",
        f"{names[2]} declined the transfer you proposed.",
        f"{names[1]} is coached by {names[2]} from now on.",
    }
    of_athlete = await told(athlete)
    assert {one["message"] for one in of_athlete} == {
        f"{names[0]} proposes that {names[2]} coaches you from now on."
    }
    assert {one["data"]["relation_id"] for one in of_athlete} == {relation["id"]}
    of_other = await told(other)
    assert {one["message"] for one in of_other} == {
        f"{names[0]} proposes that you take over coaching {names[1]}.",
        f"{names[1]} is coached by you from now on.",
    }
    assert begun["id"] in {one["data"]["relation_id"] for one in of_other}


@pytest.mark.requirement("BEY-01")
async def test_an_athlete_is_told_of_a_note_once_it_is_shared(
    people: People, workers: Workers
) -> None:
    coach, athlete = await people.trainer(), await people.athlete()
    path = f"/coaching/relations/{(await people.relate(coach, athlete))['id']}/notes"
    private = (await coach.post(path, json={"text": "Secret"})).json()["data"]
    shared = (await coach.post(path, json={"text": "Known", "visibility": "shared"})).json()["data"]
    await coach.put(f"{path}/{shared['id']}", json={"text": "Still known"})
    await coach.put(f"{path}/{private['id']}", json={"text": "Out", "visibility": "shared"})

    await delivered(workers(redis=""))

    notices = await told(athlete)
    assert {one["message"] for one in notices} == {f"{coach.user['name']} shared a note with you."}
    assert sorted(one["data"]["note_id"] for one in notices) == sorted(
        [private["id"], shared["id"]]
    )
