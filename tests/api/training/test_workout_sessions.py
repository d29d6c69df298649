"""Sessions over HTTP: begun, described, ended, taken up again, deleted, told again."""

import asyncio
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.api.contract import conforming
from tests.builders.administrators import administrator
from tests.builders.gym import NOON, Gym, a_set_body
from tests.builders.people import People
from tests.fakes.clock import AdjustableClock
from workout_application.messaging.actor import SYSTEM
from workout_application.training.commands.abandon_idle_sessions import AbandonIdleSessions
from workout_presentation.composition.container import Container

FIELDS = {
    "id",
    "workout_id",
    "user_id",
    "athlete_id",
    "name",
    "session_date",
    "started_at",
    "completed_at",
    "duration_minutes",
    "status",
    "notes",
    "exercises_summary",
    "sequence",
    "rest_timer",
    "client_generated_id",
    "exercise_logs",
    "sets",
}


async def stored_events(database: Any, session: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return kinds and payloads of the events stored about a session, in order."""
    rows = await database.fetch(
        "SELECT kind, payload FROM outbox_messages WHERE aggregate_id = $1 ORDER BY id",
        session["id"],
    )
    return [(row["kind"], json.loads(row["payload"])) for row in rows]


@pytest.mark.requirement("TRN-06")
async def test_a_session_of_a_draft_is_refused_with_the_sentence_of_the_source(
    fresh_gym: Gym, database: Any
) -> None:
    gym = fresh_gym
    workout = await gym.assigned()
    await database.execute("UPDATE workouts SET status = 'draft' WHERE id = $1", workout["id"])

    answer = await gym.athlete.post(f"/workouts/{workout['id']}/sessions")

    assert answer.status_code == 409
    assert answer.json()["code"] == "workout_not_startable"
    assert answer.json()["message"] == "Cannot start session for workout in current status"


@pytest.mark.requirement("TRN-06")
async def test_whoever_planned_a_workout_and_trains_too_starts_none_of_it(people: People) -> None:
    both = await people.register("both")
    body = {"name": "Draft", "type": "strength", "scheduled_date": NOON}
    draft = (await both.post("/workouts", json=body)).json()["data"]

    answer = await both.post(f"/workouts/{draft['id']}/sessions")

    assert (answer.status_code, answer.json()["code"]) == (409, "workout_not_startable")
    assert answer.json()["message"] == "Cannot start session for workout in current status"


@pytest.mark.requirement("TRN-06", "TRN-20")
async def test_starting_an_assigned_workout_begins_a_session(gym: Gym, database: Any) -> None:
    workout = await gym.assigned(exercises=[gym.prescription(0, sets=4), gym.prescription(1)])

    answer = await gym.athlete.post(f"/workouts/{workout['id']}/sessions")

    session = conforming(answer)
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/v1/sessions/{session['id']}"
    assert answer.headers["etag"] == f'"{session["revision"]}"'
    assert (session["status"], session["sequence"]) == ("in_progress", 1)
    assert session["started_at"] is not None
    planned = [(log["exercise_id"], log["planned_sets"]) for log in session["exercise_logs"]]
    assert planned == [(gym.lifts[0], 4), (gym.lifts[1], 3)]
    assert (await gym.seen(f"/workouts/{workout['id']}"))["status"] == "in_progress"
    [(kind, payload)] = await stored_events(database, session)
    assert kind == "workout.started"
    assert (payload["workout_id"], payload["session_id"], payload["athlete_id"]) == (
        workout["id"],
        session["id"],
        gym.athlete.athlete_id,
    )


@pytest.mark.requirement("TRN-06")
async def test_a_workout_in_progress_may_be_started_again(gym: Gym) -> None:
    workout = await gym.assigned()
    first = await gym.started(workout)
    await gym.completed(first)

    second = await gym.started(workout)

    assert second["id"] != first["id"]


@pytest.mark.requirement("IAM-06")
@pytest.mark.requirement("TRN-11", "TRN-13")
async def test_anybody_begins_a_session_of_their_own(gym: Gym, database: Any) -> None:
    answer = await gym.athlete.post("/sessions", json={"name": "Bench", "session_date": NOON})

    session = conforming(answer)
    assert set(session) >= FIELDS
    assert (session["workout_id"], session["status"]) == (None, "in_progress")
    assert session["user_id"] == gym.athlete.user["id"]
    assert session["session_date"] == NOON
    assert [kind for kind, _ in await stored_events(database, session)] == ["workout.started"]


@pytest.mark.requirement("TRN-11")
async def test_a_trainer_without_an_athlete_profile_trains_too(people: People) -> None:
    trainer = await people.trainer()

    answer = await trainer.post("/sessions", json={"name": "Own", "session_date": NOON})

    assert answer.status_code == 201
    assert answer.json()["data"]["athlete_id"] is None


@pytest.mark.requirement("TRN-11")
async def test_there_is_one_model_of_sessions(database: Any, gym: Gym) -> None:
    tables = await database.fetch(
        "SELECT tablename FROM pg_tables WHERE tablename IN ('sessions', 'session')"
    )
    legacy = await gym.athlete.get("/workout-sessions")

    assert tables == []
    assert legacy.status_code == 404


@pytest.mark.requirement("TRN-13")
@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": None},
        {"session_date": "yesterday"},
        {"session_date": None},
        {"client_generated_id": ""},
        {"client_generated_id": "with space"},
        {"client_generated_id": "x" * 101},
        {"status": "completed"},
    ],
    ids=str,
)
async def test_a_session_that_says_nonsense_is_400(gym: Gym, wrong: dict[str, Any]) -> None:
    answer = await gym.athlete.post(
        "/sessions", json={"name": "Bench", "session_date": NOON, **wrong}
    )

    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{next(iter(wrong))}"]


async def test_a_second_running_session_is_refused_by_name(gym: Gym) -> None:
    running = await gym.begun()
    workout = await gym.assigned()

    own = await gym.athlete.post("/sessions", json={"name": "Two", "session_date": NOON})
    planned = await gym.athlete.post(f"/workouts/{workout['id']}/sessions")

    for answer in (own, planned):
        assert (answer.status_code, answer.json()["code"]) == (409, "session_already_running")
        assert answer.json()["session_id"] == running["id"]
    assert (await gym.seen(f"/workouts/{workout['id']}"))["status"] == "assigned"


async def test_of_many_starts_at_once_one_wins(gym: Gym) -> None:
    body = {"name": "Race", "session_date": NOON}

    answers = await asyncio.gather(*(gym.athlete.post("/sessions", json=body) for _ in range(10)))

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [201] + [409] * 9


async def test_the_running_session_is_found_again(gym: Gym) -> None:
    none = await gym.athlete.get("/sessions/active")
    session = await gym.begun()

    answer = await gym.athlete.get("/sessions/active")
    unchanged = await gym.athlete.get(
        "/sessions/active", headers={"If-None-Match": answer.headers["etag"]}
    )

    assert none.status_code == 404
    assert conforming(answer)["id"] == session["id"]
    assert unchanged.status_code == 304


@pytest.mark.requirement("TRN-13")
async def test_name_date_and_notes_of_a_session_change(gym: Gym) -> None:
    session = await gym.begun()
    path = f"/sessions/{session['id']}"

    changed = await gym.athlete.patch(
        path, json={"name": "Bench II", "session_date": "2026-03-03T08:00:00+02:00", "notes": "ok"}
    )
    cleared = await gym.athlete.patch(path, json={"notes": None})
    untouched = await gym.athlete.patch(path, json={})

    after = conforming(changed)
    assert (after["name"], after["session_date"], after["notes"]) == (
        "Bench II",
        "2026-03-03T06:00:00Z",
        "ok",
    )
    assert after["updated_at"] > session["updated_at"]
    assert cleared.json()["data"]["notes"] is None
    assert untouched.json()["data"]["name"] == "Bench II"


@pytest.mark.parametrize(
    "wrong",
    [{"name": None}, {"name": ""}, {"session_date": None}, {"notes": "x" * 10_001}, {"sets": []}],
    ids=str,
)
async def test_a_wrong_description_is_400(gym: Gym, wrong: dict[str, Any]) -> None:
    session = await gym.begun()

    answer = await gym.athlete.patch(f"/sessions/{session['id']}", json=wrong)

    assert answer.status_code == 400


@pytest.mark.requirement("TRN-20", "TRN-21", "TRN-26")
async def test_the_whole_way_from_start_to_summary(gym: Gym, database: Any) -> None:
    summary = {"volume": 1500.5, "best": [{"name": "Squat", "kg": 100}], "done": True}
    session = await gym.started()
    await gym.logged(session)
    await gym.logged(session, number_reps=3)

    answer = await gym.athlete.post(
        f"/sessions/{session['id']}/complete",
        json={"duration_minutes": 62.5, "exercises_summary": summary, "notes": "Strong"},
    )

    done = conforming(answer)
    assert (done["status"], done["duration_minutes"], done["notes"]) == (
        "completed",
        62.5,
        "Strong",
    )
    assert done["exercises_summary"] == summary
    assert done["completed_at"] is not None
    assert len(done["sets"]) == 2
    events = await stored_events(database, session)
    kinds = [kind for kind, _ in events]
    assert kinds == ["workout.started", "workout.set.logged", "workout.set.logged", kinds[-1]]
    assert kinds.count("workout.completed") == 1
    assert events[-1][1]["exercises_summary"] == summary
    assert events[-1][1]["duration_minutes"] == 62.5


@pytest.mark.requirement("DBR-32")
async def test_the_summary_is_a_json_column(database: Any) -> None:
    kind = await database.fetchval(
        """SELECT data_type FROM information_schema.columns
        WHERE table_name = 'workout_sessions' AND column_name = 'exercises_summary'"""
    )

    assert kind == "jsonb"


@pytest.mark.requirement("TRN-20", "TRN-26")
async def test_without_a_duration_the_clock_tells(gym: Gym, clock: AdjustableClock) -> None:
    session = await gym.begun()
    clock.advance(timedelta(minutes=45))

    done = await gym.athlete.post(f"/sessions/{session['id']}/complete")

    assert done.json()["data"]["duration_minutes"] == pytest.approx(45, abs=0.5)


@pytest.mark.parametrize(
    "wrong",
    [
        {"duration_minutes": -1},
        {"duration_minutes": 1_000_000},
        {"duration_minutes": True},
        {"notes": 5},
        {"completed_at": NOON},
    ],
    ids=str,
)
async def test_a_wrong_summary_is_400_and_the_session_goes_on(
    gym: Gym, wrong: dict[str, Any]
) -> None:
    session = await gym.begun()

    answer = await gym.athlete.post(f"/sessions/{session['id']}/complete", json=wrong)

    assert answer.status_code == 400
    assert (await gym.seen(f"/sessions/{session['id']}"))["status"] == "in_progress"


@pytest.mark.requirement("TRN-26")
@pytest.mark.parametrize("verb", ["complete", "abandon"])
async def test_an_ended_session_takes_no_change(gym: Gym, verb: str) -> None:
    session = await gym.started()
    one = await gym.logged(session)
    path = f"/sessions/{session['id']}"
    await gym.athlete.post(f"{path}/{verb}")

    refused = [
        await gym.athlete.post(f"{path}/sets", json=a_set_body(gym.lifts[0])),
        await gym.athlete.put(f"/sets/{one['id']}", json={"rpe": 9}),
        await gym.athlete.delete(f"/sets/{one['id']}"),
        await gym.athlete.post(f"/sets/{one['id']}/reps"),
        await gym.athlete.put(f"/reps/{one['reps'][0]['id']}", json={"success": False}),
        await gym.athlete.delete(f"/reps/{one['reps'][0]['id']}"),
        await gym.athlete.put(
            f"{path}/exercises/{gym.lifts[0]}/progress", json={"completed_sets": 1}
        ),
        await gym.athlete.put(f"{path}/rest-timer", json={"seconds": 60}),
        await gym.athlete.delete(f"{path}/rest-timer"),
        await gym.athlete.patch(path, json={"notes": "late"}),
        await gym.athlete.post(f"{path}/complete"),
        await gym.athlete.post(f"{path}/abandon"),
    ]

    codes = [(answer.status_code, answer.json()["code"]) for answer in refused]
    assert codes == [(409, "session_not_in_progress")] * len(refused)


@pytest.mark.requirement("TRN-26")
async def test_a_reopened_session_takes_changes_again(gym: Gym, database: Any) -> None:
    session = await gym.started()
    await gym.completed(session)

    answer = await gym.athlete.post(f"/sessions/{session['id']}/reopen")
    logged = await gym.logged(session)

    reopened = conforming(answer)
    assert (reopened["status"], reopened["completed_at"]) == ("in_progress", None)
    assert logged["sequence"] == reopened["sequence"] + 1
    kinds = [kind for kind, _ in await stored_events(database, session)]
    assert "workout.session.reopened" in kinds


async def test_a_running_session_is_not_reopened(gym: Gym) -> None:
    session = await gym.begun()

    answer = await gym.athlete.post(f"/sessions/{session['id']}/reopen")

    assert (answer.status_code, answer.json()["code"]) == (409, "session_not_ended")


async def test_a_session_is_not_reopened_beside_another(gym: Gym) -> None:
    first = await gym.begun()
    await gym.completed(first)
    second = await gym.begun()

    answer = await gym.athlete.post(f"/sessions/{first['id']}/reopen")

    assert (answer.status_code, answer.json()["code"]) == (409, "session_already_running")
    assert answer.json()["session_id"] == second["id"]


async def test_an_abandoned_session_keeps_what_was_logged(gym: Gym, database: Any) -> None:
    session = await gym.started()
    await gym.logged(session)

    answer = await gym.athlete.post(f"/sessions/{session['id']}/abandon")

    abandoned = conforming(answer)
    assert (abandoned["status"], len(abandoned["sets"])) == ("abandoned", 1)
    kind, payload = (await stored_events(database, session))[-1]
    assert (kind, payload["reason"]) == ("workout.session.abandoned", "abandoned")


IDLE = "UPDATE workout_sessions SET last_activity_at = now() - interval '13 hours' WHERE id = $1"


async def test_an_idle_session_is_abandoned(
    fresh_gym: Gym, container: Container, database: Any
) -> None:
    session = await fresh_gym.begun()
    await database.execute(IDLE, session["id"])

    await container.mediator().send(AbandonIdleSessions(idle_hours=12), actor=SYSTEM)

    assert (await fresh_gym.seen(f"/sessions/{session['id']}"))["status"] == "abandoned"


async def test_a_set_keeps_a_session_from_going_idle(
    fresh_gym: Gym, container: Container, database: Any
) -> None:
    session = await fresh_gym.begun()
    await database.execute(IDLE, session["id"])
    await fresh_gym.logged(session)

    await container.mediator().send(AbandonIdleSessions(idle_hours=12), actor=SYSTEM)

    assert (await fresh_gym.seen(f"/sessions/{session['id']}"))["status"] == "in_progress"


@pytest.mark.requirement("TRN-28", "DBR-04")
async def test_a_deleted_session_takes_everything_in_it_along(gym: Gym, database: Any) -> None:
    session = await gym.started()
    one = await gym.logged(session)
    path = f"/sessions/{session['id']}"

    deleted = await gym.athlete.delete(path)

    assert deleted.status_code == 204
    gone = [
        await gym.athlete.get(path),
        await gym.athlete.get(f"{path}/events"),
        await gym.athlete.delete(path),
        await gym.athlete.put(f"/sets/{one['id']}", json={"rpe": 8}),
        await gym.athlete.post(f"/sets/{one['id']}/reps"),
        await gym.athlete.put(f"/reps/{one['reps'][0]['id']}", json={"success": False}),
        await gym.athlete.put(
            f"{path}/exercises/{gym.lifts[0]}/progress", json={"completed_sets": 1}
        ),
        await gym.athlete.get("/sessions/active"),
    ]
    assert [answer.status_code for answer in gone] == [404] * len(gone)
    listed = (await gym.athlete.get("/sessions?page_size=100")).json()["data"]
    assert session["id"] not in {item["id"] for item in listed}
    workout = await gym.seen(f"/workouts/{session['workout_id']}")
    assert workout["sessions"] == []
    progress = await gym.seen(f"/workouts/{session['workout_id']}/progress")
    assert progress["last_session_date"] is None
    kept = await database.fetchval(
        "SELECT deleted_at FROM workout_sessions WHERE id = $1", session["id"]
    )
    assert kept is not None


async def test_a_stale_revision_of_a_session_changes_nothing(gym: Gym) -> None:
    session = await gym.begun()
    path = f"/sessions/{session['id']}"
    stale = {"If-Match": '"999"'}

    refused = [
        await gym.athlete.patch(path, json={"notes": "x"}, headers=stale),
        await gym.athlete.post(f"{path}/complete", headers=stale),
        await gym.athlete.post(f"{path}/abandon", headers=stale),
        await gym.athlete.post(
            f"{path}/exercises/{gym.lifts[0]}/substitute",
            json={"exercise_id": gym.lifts[1]},
            headers=stale,
        ),
        await gym.athlete.delete(path, headers=stale),
    ]
    await gym.completed(session)
    refused.append(await gym.athlete.post(f"{path}/reopen", headers=stale))

    assert [answer.status_code for answer in refused] == [412] * len(refused)


async def test_an_unchanged_session_is_304_until_a_set_is_logged(gym: Gym) -> None:
    session = await gym.begun()
    path = f"/sessions/{session['id']}"
    tag = {"If-None-Match": (await gym.athlete.get(path)).headers["etag"]}

    unchanged = await gym.athlete.get(path, headers=tag)
    await gym.logged(session)
    changed = await gym.athlete.get(path, headers=tag)

    assert (unchanged.status_code, changed.status_code) == (304, 200)


@pytest.mark.requirement("TRN-13")
async def test_a_coach_needs_the_scope_to_look(people: People) -> None:
    trainer, athlete = await people.coached_pair(["view_workouts", "assign_workouts"])
    begun = await athlete.post("/sessions", json={"name": "Mine", "session_date": NOON})
    path = f"/sessions/{begun.json()['data']['id']}"

    refused = [await trainer.get(path), await trainer.get(f"{path}/events")]
    listed = (await trainer.get("/sessions")).json()["data"]

    codes = [(answer.status_code, answer.json()["code"]) for answer in refused]
    assert codes == [(403, "scope_required")] * 2
    assert listed == []


@pytest.mark.requirement("TRN-13")
async def test_a_coach_with_the_scope_looks_until_the_relation_is_paused(people: People) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    relation = await people.relate(trainer, athlete)
    begun = await athlete.post("/sessions", json={"name": "Mine", "session_date": NOON})
    path = f"/sessions/{begun.json()['data']['id']}"

    before = await trainer.get(path)
    listed = (await trainer.get("/sessions")).json()["data"]
    await athlete.post(f"/coaching/relations/{relation['id']}/pause")
    after = await trainer.get(path)
    listed_after = (await trainer.get("/sessions")).json()["data"]

    assert (before.status_code, after.status_code) == (200, 404)
    assert (len(listed), len(listed_after)) == (1, 0)


async def test_administrators_look_at_every_session(
    gym: Gym, people: People, database: Any
) -> None:
    session = await gym.begun()
    admin = await administrator(people, database)

    answer = await admin.get(f"/sessions/{session['id']}")

    assert answer.status_code == 200


async def test_the_events_of_a_session_are_told_again_in_order(gym: Gym) -> None:
    session = await gym.started()
    logged = await gym.logged(session)
    await gym.athlete.put(
        f"/sessions/{session['id']}/exercises/{gym.lifts[0]}/progress", json={"completed_sets": 1}
    )
    await gym.athlete.put(f"/sets/{logged['id']}", json={"rpe": 8})
    await gym.completed(session)

    answer = await gym.athlete.get(f"/sessions/{session['id']}/events")
    late = await gym.athlete.get(f"/sessions/{session['id']}/events?after=3")

    events = conforming(answer)
    assert [event["sequence"] for event in events] == [1, 2, 3, 4, 5]
    assert [event["event"] for event in events] == [
        "SessionStarted",
        "SetLogged",
        "ExerciseProgressUpdated",
        "SetChanged",
        "SessionCompleted",
    ]
    assert events[1]["set"]["id"] == logged["id"]
    assert {event["session_id"] for event in events} == {session["id"]}
    assert [event["sequence"] for event in late.json()["data"]] == [4, 5]


async def test_events_are_paged_by_cursor(gym: Gym) -> None:
    session = await gym.begun()
    for _ in range(4):
        await gym.logged(session)
    path = f"/sessions/{session['id']}/events"

    first = await gym.athlete.get(f"{path}?limit=3")
    cursor = first.json()["pagination"]["next_cursor"]
    second = await gym.athlete.get(path, params={"limit": 3, "cursor": cursor})

    assert [event["sequence"] for event in first.json()["data"]] == [1, 2, 3]
    assert first.json()["pagination"]["has_next"] is True
    assert 'rel="next"' in first.headers["link"]
    assert [event["sequence"] for event in second.json()["data"]] == [4, 5]
    assert second.json()["pagination"] == {"limit": 3, "next_cursor": None, "has_next": False}
    assert "link" not in second.headers


@pytest.mark.parametrize(
    "query",
    [
        "after=-1",
        "after=99999999999",
        "limit=0",
        "limit=101",
        "cursor=nonsense",
        "cursor=WyJhIl0",
        "cursor=Wy05OTk5OTk5OTk5OTldCg",
        "since=1",
    ],
)
async def test_events_after_nonsense_are_400(gym: Gym, query: str) -> None:
    session = await gym.begun()

    answer = await gym.athlete.get(f"/sessions/{session['id']}/events?{query}")

    assert answer.status_code == 400


async def test_the_rest_timer_is_an_instant_that_survives_logging(gym: Gym) -> None:
    session = await gym.begun()
    path = f"/sessions/{session['id']}"

    started = conforming(await gym.athlete.put(f"{path}/rest-timer", json={"seconds": 90}))
    await gym.logged(session)
    during = await gym.seen(path)
    cleared = await gym.athlete.delete(f"{path}/rest-timer")
    after = await gym.seen(path)

    assert during["rest_timer"] == {"seconds": 90, "ends_at": started["ends_at"]}
    assert cleared.status_code == 204
    assert after["rest_timer"] is None
    assert after["sequence"] == started["sequence"] + 2


@pytest.mark.parametrize("seconds", [-1, 86_401, True, "soon", None])
async def test_a_rest_of_nonsense_is_400(gym: Gym, seconds: Any) -> None:
    session = await gym.begun()

    answer = await gym.athlete.put(
        f"/sessions/{session['id']}/rest-timer", json={"seconds": seconds}
    )

    assert answer.status_code == 400


async def test_a_session_begun_under_the_id_of_a_deleted_one_is_a_conflict(gym: Gym) -> None:
    name = str(uuid4())
    session = await gym.begun(client_generated_id=name)
    await gym.athlete.delete(f"/sessions/{session['id']}")

    again = await gym.athlete.post(
        "/sessions", json={"name": "Again", "session_date": NOON, "client_generated_id": name}
    )

    assert again.status_code == 409
