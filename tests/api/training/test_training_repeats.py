"""Requests that come twice, and many at once: one effect each."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.api.contract import conforming
from tests.builders.gym import NOON, Gym, a_set_body, a_workout_body, listed
from tests.builders.people import Person


def key() -> dict[str, str]:
    """Return a header nobody has used."""
    return {"Idempotency-Key": str(uuid4())}


@pytest.mark.requirement("EVT-19")
async def test_a_repeat_by_key_gets_the_first_answer(gym: Gym, database: Any) -> None:
    header, body = key(), a_workout_body(name=str(uuid4()))

    first = await gym.trainer.post("/workouts", json=body, headers=header)
    again = await gym.trainer.post("/workouts", json=body, headers=header)

    conforming(again)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    for name in ("location", "etag", "content-type"):
        assert again.headers[name] == first.headers[name]
    rows = await database.fetchval("SELECT count(*) FROM workouts WHERE name = $1", body["name"])
    assert rows == 1


async def test_every_post_of_training_takes_a_key(gym: Gym) -> None:
    workout = await gym.assigned()
    session = await gym.started(workout)
    one = await gym.logged(session)
    at = f"/sessions/{session['id']}"
    posts: list[tuple[Person, str, Any]] = [
        (gym.trainer, f"/workouts/{workout['id']}/exercises", gym.prescription(1)),
        (gym.athlete, f"{at}/sets", a_set_body(gym.lifts[0])),
        (gym.athlete, f"/sets/{one['id']}/reps", None),
        (
            gym.athlete,
            f"{at}/exercises/{gym.lifts[0]}/substitute",
            {"exercise_id": gym.lifts[2]},
        ),
        (gym.athlete, f"{at}/complete", {"notes": "done"}),
        (gym.athlete, f"{at}/reopen", None),
        (gym.athlete, f"{at}/abandon", None),
        (gym.trainer, f"/workouts/{workout['id']}/complete", None),
    ]
    replayed = []

    for person, path, body in posts:
        header = key()
        first = await person.post(path, json=body, headers=header)
        again = await person.post(path, json=body, headers=header)
        same = (again.status_code, again.content) == (first.status_code, first.content)
        replayed.append(
            (path, first.status_code < 300, same, again.headers["idempotency-replayed"])
        )

    assert replayed == [(path, True, True, "true") for _, path, _ in posts]


@pytest.mark.requirement("EVT-19")
@pytest.mark.parametrize("count", [20])
async def test_repeats_by_key_at_once_have_one_effect(gym: Gym, count: int) -> None:
    session = await gym.begun()
    header, body = key(), a_set_body(gym.lifts[0])
    path = f"/sessions/{session['id']}/sets"

    answers = await asyncio.gather(
        *(gym.athlete.post(path, json=body, headers=header) for _ in range(count))
    )

    outcomes = {(answer.status_code, answer.json().get("code")) for answer in answers}
    assert outcomes <= {(201, None), (409, "idempotency_in_progress")}
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    assert len((await gym.seen(f"/sessions/{session['id']}"))["sets"]) == 1


async def test_a_key_used_for_another_body_is_422(gym: Gym) -> None:
    header = key()
    await gym.trainer.post("/workouts", json=a_workout_body(name="A"), headers=header)

    other = await gym.trainer.post("/workouts", json=a_workout_body(name="B"), headers=header)

    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_the_same_key_of_two_people_is_two_keys(gym: Gym) -> None:
    header, body = key(), {"name": "Own", "session_date": NOON}

    first = await gym.athlete.post("/sessions", json=body, headers=header)
    other = await gym.trainer.post("/sessions", json=body, headers=header)

    assert other.status_code == 201
    assert other.json()["data"]["id"] != first.json()["data"]["id"]
    await gym.trainer.delete(f"/sessions/{other.json()['data']['id']}")


@pytest.mark.requirement("EVT-19")
async def test_a_failed_request_stores_nothing_under_its_key(gym: Gym, database: Any) -> None:
    header = key()
    workout = await gym.planned()
    path = f"/workouts/{workout['id']}/sessions"

    absent = await gym.athlete.post(path, headers=header)
    invalid = await gym.trainer.post("/workouts", json={}, headers=header)
    kept = await database.fetchval(
        "SELECT count(*) FROM idempotency_keys WHERE key = $1", header["Idempotency-Key"]
    )
    await gym.trainer.post(
        f"/workouts/{workout['id']}/assign", json={"athlete_id": gym.athlete.athlete_id}
    )
    retried = await gym.athlete.post(path, headers=header)

    assert (absent.status_code, invalid.status_code, kept) == (404, 400, 0)
    assert retried.status_code == 201
    assert "idempotency-replayed" not in retried.headers


@pytest.mark.parametrize("wrong", ["", "x" * 256])
async def test_a_key_of_nonsense_is_400(gym: Gym, wrong: str) -> None:
    answer = await gym.trainer.post(
        "/workouts", json=a_workout_body(), headers={"Idempotency-Key": wrong}
    )

    assert answer.status_code == 400


async def test_a_session_begun_again_under_its_id_is_the_one_that_was(gym: Gym) -> None:
    body = {"name": "Own", "session_date": NOON, "client_generated_id": str(uuid4())}
    first = await gym.athlete.post("/sessions", json=body)
    await gym.completed(first.json()["data"])

    again = await gym.athlete.post("/sessions", json={**body, "name": "Other"})

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["data"]["id"] == first.json()["data"]["id"]
    assert again.json()["data"]["name"] == "Own"
    assert again.json()["data"]["client_generated_id"] == body["client_generated_id"]
    assert "location" not in again.headers


async def test_a_planned_session_started_again_under_its_id_is_the_one_that_was(gym: Gym) -> None:
    workout = await gym.assigned()
    path, body = f"/workouts/{workout['id']}/sessions", {"client_generated_id": str(uuid4())}

    first = await gym.athlete.post(path, json=body)
    again = await gym.athlete.post(path, json=body)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["data"] == first.json()["data"]


async def test_twenty_starts_at_once_under_one_id_make_one_session(gym: Gym, database: Any) -> None:
    body = {"name": "Own", "session_date": NOON, "client_generated_id": str(uuid4())}

    answers = await asyncio.gather(*(gym.athlete.post("/sessions", json=body) for _ in range(20)))

    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    assert len({answer.json()["data"]["id"] for answer in answers}) == 1
    rows = await database.fetchval(
        "SELECT count(*) FROM workout_sessions WHERE client_generated_id = $1",
        body["client_generated_id"],
    )
    assert rows == 1


async def test_a_set_logged_again_under_its_id_is_the_one_that_was(gym: Gym) -> None:
    session = await gym.begun()
    path = f"/sessions/{session['id']}/sets"
    body = a_set_body(
        gym.lifts[0], client_generated_id="set-1", performed_at="2026-03-02T12:00:00Z"
    )

    first = await gym.athlete.post(path, json=body)
    again = await gym.athlete.post(path, json={**body, "weight": 1})
    await gym.completed(session)
    late = await gym.athlete.post(path, json=body)

    assert (first.status_code, again.status_code, late.status_code) == (201, 200, 200)
    assert again.json()["data"] == first.json()["data"] == late.json()["data"]
    assert len((await gym.seen(f"/sessions/{session['id']}"))["sets"]) == 1


async def test_the_same_id_in_another_session_is_another_set(gym: Gym) -> None:
    first = await gym.begun()
    await gym.logged(first, client_generated_id="set-1")
    await gym.completed(first)

    second = await gym.logged(await gym.begun(), client_generated_id="set-1")

    assert second["session_id"] != first["id"]


@pytest.mark.requirement("TRN-25")
async def test_twenty_repeats_of_a_set_at_once_are_one_row_and_one_event(
    gym: Gym, database: Any
) -> None:
    session = await gym.begun()
    body = a_set_body(gym.lifts[0], client_generated_id="set-1")
    path = f"/sessions/{session['id']}/sets"

    answers = await asyncio.gather(*(gym.athlete.post(path, json=body) for _ in range(20)))

    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    rows = await database.fetchval(
        "SELECT count(*) FROM performed_sets WHERE session_id = $1", session["id"]
    )
    stored = await database.fetchval(
        "SELECT count(*) FROM outbox_messages WHERE aggregate_id = $1", session["id"]
    )
    assert (rows, stored) == (1, 2)
    assert len(await listed(gym.athlete, f"/sessions/{session['id']}/events")) == 2


async def test_a_removed_set_is_not_logged_again_under_its_id(gym: Gym) -> None:
    session = await gym.begun()
    one = await gym.logged(session, client_generated_id="set-1")
    await gym.athlete.delete(f"/sets/{one['id']}")

    again = await gym.athlete.post(
        f"/sessions/{session['id']}/sets",
        json=a_set_body(gym.lifts[0], client_generated_id="set-1"),
    )

    assert (again.status_code, again.json()["code"]) == (409, "set_removed")


async def test_twenty_repeats_of_a_repetition_at_once_are_one(gym: Gym) -> None:
    session = await gym.begun()
    one = await gym.logged(session)
    body = {"client_generated_id": "rep-1", "success": False}

    answers = await asyncio.gather(
        *(gym.athlete.post(f"/sets/{one['id']}/reps", json=body) for _ in range(20))
    )

    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    assert len({str(answer.json()["data"]) for answer in answers}) == 1
    [shown] = (await gym.seen(f"/sessions/{session['id']}"))["sets"]
    assert (shown["number_reps"], len(shown["reps"])) == (6, 6)


async def test_a_repetition_of_a_removed_set_is_not_given_for_a_new_one(gym: Gym) -> None:
    """Found here: the answer was the repetition that went with its set."""
    session = await gym.begun()
    one, other = await gym.logged(session), await gym.logged(session)
    body = {"client_generated_id": "rep-1"}
    await gym.athlete.post(f"/sets/{one['id']}/reps", json=body)
    await gym.athlete.delete(f"/sets/{one['id']}")

    again = await gym.athlete.post(f"/sets/{other['id']}/reps", json=body)

    assert (again.status_code, again.json()["code"]) == (409, "set_removed")


@pytest.mark.requirement("TRN-25")
async def test_eight_writers_of_one_session_leave_no_gap(gym: Gym, database: Any) -> None:
    session = await gym.begun()
    path = f"/sessions/{session['id']}/sets"
    body = a_set_body(gym.lifts[0], number_reps=1)

    async def write() -> list[int]:
        answers = [await gym.athlete.post(path, json=body) for _ in range(25)]
        assert {answer.status_code for answer in answers} == {201}
        return [answer.json()["data"]["sequence"] for answer in answers]

    of_writers = await asyncio.gather(*(write() for _ in range(8)))

    everybody = sorted(sequence for sequences in of_writers for sequence in sequences)
    assert everybody == list(range(2, 202))
    assert all(sequences == sorted(sequences) for sequences in of_writers)
    rows = await database.fetch(
        "SELECT sequence FROM performed_sets WHERE session_id = $1 ORDER BY 1", session["id"]
    )
    journal = await database.fetch(
        "SELECT sequence FROM session_events WHERE session_id = $1 ORDER BY 1", session["id"]
    )
    assert [row["sequence"] for row in rows] == list(range(2, 202))
    assert [row["sequence"] for row in journal] == list(range(1, 202))
    after = await gym.seen(f"/sessions/{session['id']}")
    assert (after["sequence"], len(after["sets"])) == (201, 200)


async def test_changes_of_every_kind_at_once_follow_one_another(gym: Gym) -> None:
    """Found here: a correction held the session and waited for a connection appends held."""
    session = await gym.started()
    one = await gym.logged(session)
    at = f"/sessions/{session['id']}"

    answers = await asyncio.gather(
        *(gym.athlete.post(f"{at}/sets", json=a_set_body(gym.lifts[0])) for _ in range(5)),
        *(gym.athlete.post(f"/sets/{one['id']}/reps") for _ in range(5)),
        *(
            gym.athlete.put(f"{at}/exercises/{gym.lifts[0]}/progress", json={"completed_sets": n})
            for n in range(5)
        ),
        *(gym.athlete.put(f"/sets/{one['id']}", json={"rpe": n + 1}) for n in range(5)),
        *(gym.athlete.put(f"{at}/rest-timer", json={"seconds": n}) for n in range(5)),
    )

    assert {answer.status_code for answer in answers} <= {200, 201}
    events = await listed(gym.athlete, f"{at}/events?limit=100")
    assert [event["sequence"] for event in events] == list(range(1, 28))


async def test_of_two_trainers_edits_with_one_revision_one_wins(gym: Gym) -> None:
    workout = await gym.planned()
    header = {"If-Match": f'"{workout["revision"]}"'}
    path = f"/workouts/{workout['id']}"

    answers = await asyncio.gather(
        *(gym.trainer.put(path, json={"name": f"N{n}"}, headers=header) for n in range(8))
    )

    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7


async def test_closing_and_starting_at_once_never_leaves_a_closed_workout_running(
    fresh_gym: Gym,
) -> None:
    gym = fresh_gym
    for _ in range(5):
        workout = await gym.assigned()
        path = f"/workouts/{workout['id']}"

        closed, started = await asyncio.gather(
            gym.trainer.post(f"{path}/cancel"), gym.athlete.post(f"{path}/sessions")
        )

        assert sorted((closed.status_code // 100, started.status_code // 100)) == [2, 4]
        await gym.rest()
