"""Another exercise for today: over HTTP, with what is planned, done and left of each."""

import asyncio
import json
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest

from tests.api.contract import conforming
from tests.builders.catalogue import an_exercise_of
from tests.builders.gym import Gym, a_set_body
from tests.waiting import until

pytestmark = pytest.mark.requirement("BEY-14")

TARGETS: list[dict[str, Any]] = [
    {"set_type": "warm_up", "reps": 8, "weight": 60, "unit": "kilograms"},
    {"reps": 5, "weight": 100, "unit": "kilograms", "rpe": 8, "tempo": "3-1-X-0"},
    {"reps_min": 6, "reps_max": 8, "percent_of_training_max": 80, "rest_seconds": 120},
]


async def begun(gym: Gym, *more: dict[str, Any]) -> dict[str, Any]:
    """Start a session of a workout planned set by set, and of whatever else is planned."""
    numbered = [{"number": number, **one} for number, one in enumerate(TARGETS, start=1)]
    first = {"exercise_id": gym.lifts[0], "sets": 3, "targets": numbered}
    return await gym.started(await gym.assigned(exercises=[first, *more]))


async def substitute(
    gym: Gym, session: dict[str, Any], lift: str, by: str, **how: Any
) -> httpx2.Response:
    """Ask for another exercise instead of one."""
    headers = how.pop("headers", {})
    return await gym.athlete.post(
        f"/sessions/{session['id']}/exercises/{lift}/substitute",
        json={"exercise_id": by, **how},
        headers=headers,
    )


async def substituted(gym: Gym, session: dict[str, Any], lift: str, by: str) -> dict[str, Any]:
    """Let another exercise take over, and return the session."""
    shown: dict[str, Any] = conforming(await substitute(gym, session, lift, by))
    return shown


def told(session: dict[str, Any]) -> list[tuple[str, int | None, int, bool, str | None]]:
    """Return what the exercise logs say, in order."""
    names = ("planned_sets", "completed_sets", "is_completed", "substituted_exercise_id")
    return [
        (log["exercise_id"], *(log[name] for name in names)) for log in session["exercise_logs"]
    ]


async def test_nothing_done_yet_the_other_exercise_takes_the_place_for_today_only(
    gym: Gym,
) -> None:
    session = await begun(gym, gym.prescription(1))
    planned, other, instead = gym.lifts[:3]

    shown = await substituted(gym, session, planned, instead)

    assert told(shown) == [(instead, 3, 0, False, planned), (other, 3, 0, False, None)]
    assert shown == await gym.seen(f"/sessions/{session['id']}")
    assert shown["revision"] == session["revision"] + 1
    assert shown["sequence"] == session["sequence"] + 1
    workout = await gym.seen(f"/workouts/{session['workout_id']}")
    assert [one["exercise_id"] for one in workout["exercises"]] == [planned, other]
    of_workout = f"/sessions?workout_id={session['workout_id']}"
    [listed] = (await gym.athlete.get(of_workout)).json()["data"]
    assert [one["substituted_exercise_id"] for one in listed["exercise_logs"]] == [planned, None]


async def test_a_weight_never_goes_over_and_a_percentage_stays_one(gym: Gym) -> None:
    session = await begun(gym)

    shown = await substituted(gym, session, gym.lifts[0], gym.lifts[1])
    warm_up = await gym.logged(
        session, exercise_id=gym.lifts[1], set_type="warm_up", weight=20, number_reps=8
    )
    work = await gym.logged(session, exercise_id=gym.lifts[1], weight=55, number_reps=4, rpe=9)

    [log] = shown["exercise_logs"]
    assert log["targets"] == [
        {"number": 1, "set_type": "warm_up", "reps": 8},
        {"number": 2, "set_type": "normal", "reps": 5, "rpe": 8, "tempo": "3-1-X-0"},
        {
            "number": 3,
            "set_type": "normal",
            "reps_min": 6,
            "reps_max": 8,
            "percent_of_training_max": 80,
            "rest_seconds": 120,
        },
    ]
    assert [one["target_number"] for one in (warm_up, work)] == [1, 2]
    deviation = work["deviation"]
    assert (deviation["reps"], deviation["rpe"], deviation["weight"]) == (-1, 1, None)


async def test_a_percentage_becomes_a_weight_of_the_other_lift_s_own_training_max(
    fresh_gym: Gym,
) -> None:
    gym = fresh_gym
    for lift, value in ((gym.lifts[0], 200), (gym.lifts[1], 101)):
        body = {"exercise_id": lift, "value": value, "unit": "kilograms"}
        answer = await gym.athlete.post("/training-maxes", json=body)
        assert answer.status_code == 201, answer.text
    session = await begun(gym)

    swapped = await substituted(gym, session, gym.lifts[0], gym.lifts[1])
    unknown = await substituted(gym, session, gym.lifts[1], gym.lifts[2])
    back = await substituted(gym, session, gym.lifts[2], gym.lifts[0])

    seen = []
    for shown in (session, swapped, unknown, back):
        [log] = shown["exercise_logs"]
        target = log["targets"][2]
        assert target["percent_of_training_max"] == 80
        assert ("progression" in target) == ("weight" in target)
        seen.append([one.get("weight") for one in log["targets"]])
    assert seen == [[60, 100, 160], [None, None, 80], [None, None, None], [None, None, 160]]


async def test_what_was_done_stays_and_what_is_left_follows_after_it(gym: Gym) -> None:
    session = await begun(gym, gym.prescription(1))
    planned, other, instead = gym.lifts[:3]
    warm_up = await gym.logged(session, set_type="warm_up", weight=60, number_reps=8)
    work = await gym.logged(session)

    shown = await substituted(gym, session, planned, instead)
    rest = await gym.logged(session, exercise_id=instead, weight=40, number_reps=8)
    again = await gym.logged(session)

    assert told(shown) == [
        (planned, 2, 2, True, None),
        (instead, 1, 0, False, planned),
        (other, 3, 0, False, None),
    ]
    assert shown["sets"] == [warm_up, work]
    assert [len(log["targets"]) for log in shown["exercise_logs"]] == [2, 1, 3]
    assert (rest["target_number"], rest["deviation"]["reps"]) == (1, 0)
    assert (again["target_number"], again["deviation"]) == (None, None)


async def test_progress_counts_an_exercise_once_however_many_stand_in(gym: Gym) -> None:
    session = await begun(gym, gym.prescription(1))
    at = f"/workouts/{session['workout_id']}/progress"
    names = ("total_exercises", "completed_exercises", "completion_percentage")
    seen = []

    async def look() -> None:
        progress = await gym.seen(at)
        seen.append(tuple(progress[name] for name in names))

    await gym.logged(session)
    await substituted(gym, session, gym.lifts[0], gym.lifts[2])
    await look()
    for lift, sets in ((gym.lifts[2], 2), (gym.lifts[1], 3)):
        path = f"/sessions/{session['id']}/exercises/{lift}/progress"
        assert (await gym.athlete.put(path, json={"completed_sets": sets})).status_code == 200
        await look()

    assert seen == [(2, 0, 0), (2, 1, 50), (2, 2, 100)]


async def test_a_substitute_may_be_substituted_and_taken_back(gym: Gym) -> None:
    session = await begun(gym)
    planned, first, second = gym.lifts[:3]
    await gym.logged(session)

    await substituted(gym, session, planned, first)
    onward = await substituted(gym, session, first, second)
    back = await substituted(gym, session, second, planned)

    assert told(onward) == [(planned, 1, 1, True, None), (second, 2, 0, False, planned)]
    assert told(back) == [(planned, 3, 1, False, None)]


async def test_an_exercise_logged_before_it_was_said_takes_over(gym: Gym) -> None:
    session = await begun(gym, gym.prescription(1))
    planned, other, instead = gym.lifts[:3]
    early = await gym.logged(session, exercise_id=instead)

    shown = await substituted(gym, session, planned, instead)

    assert told(shown) == [(instead, 3, 0, False, planned), (other, 3, 0, False, None)]
    assert shown["sets"] == [early]


async def test_what_cannot_be_substituted_is_refused_and_changes_nothing(gym: Gym) -> None:
    session = await begun(gym, gym.prescription(1, sets=1))
    planned, done, unplanned, instead = gym.lifts[:4]
    await gym.logged(session, exercise_id=done)
    await gym.logged(session, exercise_id=unplanned)
    before = await gym.seen(f"/sessions/{session['id']}")

    answers = {
        "exercise_not_in_session": await substitute(gym, session, instead, gym.lifts[5]),
        "exercise_not_planned": await substitute(gym, session, unplanned, instead),
        "no_sets_left": await substitute(gym, session, done, instead),
        "exercise_planned_already": await substitute(gym, session, planned, done),
    }

    seen = {code: (one.status_code, one.json()["code"]) for code, one in answers.items()}
    assert seen == {
        code: (404 if code == "exercise_not_in_session" else 409, code) for code in answers
    }
    same = await substitute(gym, session, planned, planned)
    [error] = same.json()["errors"]
    assert (same.status_code, error["pointer"], error["code"]) == (
        400,
        "/exercise_id",
        "same_exercise",
    )
    assert await gym.seen(f"/sessions/{session['id']}") == before


async def test_an_exercise_that_is_nobody_s_or_somebody_else_s_is_unknown(
    gym: Gym, other_pair: Any
) -> None:
    session = await begun(gym)
    theirs = await an_exercise_of(other_pair[0])

    for unknown in (str(uuid4()), theirs["id"]):
        answer = await substitute(gym, session, gym.lifts[0], unknown)
        [error] = answer.json()["errors"]
        assert (answer.status_code, answer.json()["code"]) == (400, "exercise_unknown")
        assert error["pointer"] == "/exercise_id"
    shown = await gym.seen(f"/sessions/{session['id']}")
    assert told(shown) == [(gym.lifts[0], 3, 0, False, None)]


async def test_the_coach_s_exercises_may_stand_in_archived_ones_as_when_logging(gym: Gym) -> None:
    session = await begun(gym)
    instead = await an_exercise_of(gym.trainer)
    archived = await gym.trainer.post(f"/exercises/{instead['id']}/archive")
    assert archived.status_code == 200, archived.text

    shown = await substituted(gym, session, gym.lifts[0], instead["id"])

    assert told(shown) == [(instead["id"], 3, 0, False, gym.lifts[0])]
    assert (await gym.logged(session, exercise_id=instead["id"]))["target_number"] == 2


@pytest.mark.parametrize("measure", ["duration", "distance", "distance_duration"])
async def test_what_is_measured_otherwise_cannot_stand_in(gym: Gym, measure: str) -> None:
    session = await begun(gym)

    answer = await substitute(gym, session, gym.lifts[0], gym.measured_in[measure])

    [error] = answer.json()["errors"]
    assert (answer.status_code, error["code"]) == (400, "exercise_measured_otherwise")
    assert error["pointer"] == "/exercise_id"
    unmeasured = await substituted(gym, session, gym.lifts[0], gym.measured_in["reps"])
    assert unmeasured["exercise_logs"][0]["planned_sets"] == 3


@pytest.mark.parametrize("wrong", [{}, {"exercise_id": None}, {"exercise_id": "squat"}])
async def test_a_body_without_an_exercise_is_400(gym: Gym, wrong: dict[str, Any]) -> None:
    session = await begun(gym)
    path = f"/sessions/{session['id']}/exercises/{gym.lifts[0]}/substitute"

    answer = await gym.athlete.post(path, json=wrong)

    assert answer.status_code == 400
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/exercise_id"]


async def test_if_match_is_honoured(gym: Gym) -> None:
    session = await begun(gym)
    await gym.logged(session)

    stale = await substitute(
        gym,
        session,
        gym.lifts[0],
        gym.lifts[1],
        headers={"If-Match": f'"{session["revision"]}"'},
    )
    current = await substitute(
        gym,
        session,
        gym.lifts[0],
        gym.lifts[1],
        headers={"If-Match": f'"{session["revision"] + 1}"'},
    )

    assert (stale.status_code, current.status_code) == (412, 200)
    assert current.headers["etag"] == f'"{session["revision"] + 2}"'


async def test_a_repeat_by_the_client_s_id_changes_nothing(gym: Gym) -> None:
    session = await begun(gym)
    planned, first, second = gym.lifts[:3]

    once = await substitute(gym, session, planned, first, client_event_id="swap-1")
    again = await substitute(gym, session, planned, second, client_event_id="swap-1")

    assert conforming(again) == conforming(once)
    events = (await gym.athlete.get(f"/sessions/{session['id']}/events")).json()["data"]
    assert [one["event"] for one in events] == ["SessionStarted", "ExerciseSubstituted"]


async def test_a_repeat_is_answered_after_the_session_has_ended(gym: Gym) -> None:
    session = await begun(gym)
    stale = {"If-Match": f'"{session["revision"]}"'}
    await substitute(gym, session, gym.lifts[0], gym.lifts[1], client_event_id="swap-1")
    ended = await gym.completed(session)

    repeated = await substitute(
        gym, session, gym.lifts[0], gym.lifts[1], client_event_id="swap-1", headers=stale
    )
    refused = await substitute(gym, session, gym.lifts[1], gym.lifts[2])

    assert conforming(repeated) == ended
    assert (refused.status_code, refused.json()["code"]) == (409, "session_not_in_progress")


async def test_a_client_s_id_stands_for_one_kind_of_event(gym: Gym) -> None:
    session = await begun(gym, gym.prescription(1))
    path = f"/sessions/{session['id']}/exercises/{gym.lifts[1]}/progress"
    tap = {"completed_sets": 1, "client_event_id": "tap"}
    assert (await gym.athlete.put(path, json=tap)).status_code == 200
    await substitute(gym, session, gym.lifts[0], gym.lifts[2], client_event_id="swap")

    swapped = await substitute(gym, session, gym.lifts[2], gym.lifts[3], client_event_id="tap")
    tapped = await gym.athlete.put(path, json={**tap, "client_event_id": "swap"})

    for answer in (swapped, tapped):
        assert (answer.status_code, answer.json()["code"]) == (409, "event_id_taken")


async def test_the_same_at_once_is_done_once(gym: Gym) -> None:
    session = await begun(gym)

    answers = await asyncio.gather(
        *(
            substitute(gym, session, gym.lifts[0], gym.lifts[1], client_event_id="swap-1")
            for _ in range(8)
        )
    )

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert (await gym.seen(f"/sessions/{session['id']}"))["sequence"] == 2


async def waiters(database: Any) -> int:
    """Count who waits for another transaction."""
    waiting: int = await database.fetchval(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0"
    )
    return waiting


async def test_a_set_that_waited_for_a_substitution_sees_what_it_did(
    gym: Gym, database: Any
) -> None:
    """Neither is the target met that went over, nor is progress reported of what is gone."""
    session = await begun(gym)
    at = f"/sessions/{session['id']}"
    lock = "SELECT 1 FROM workout_sessions WHERE id = $1 FOR UPDATE"

    async with database.transaction():
        await database.fetchval(lock, UUID(session["id"]))
        swapping = asyncio.create_task(substitute(gym, session, gym.lifts[0], gym.lifts[1]))
        await until(lambda: waited_for(database, 1), what="the substitution")
        logging = asyncio.create_task(
            gym.athlete.post(f"{at}/sets", json=a_set_body(gym.lifts[0], number_reps=5))
        )
        reporting = asyncio.create_task(
            gym.athlete.put(f"{at}/exercises/{gym.lifts[0]}/progress", json={"completed_sets": 3})
        )
        await until(lambda: waited_for(database, 3), what="the set and the progress")
    swapped, logged, reported = await asyncio.gather(swapping, logging, reporting)

    assert (swapped.status_code, logged.status_code) == (200, 201)
    one = logged.json()["data"]
    assert (one["target_number"], one["target"], one["deviation"]) == (None, None, None)
    shown = await gym.seen(at)
    planned = [log for log in shown["exercise_logs"] if log["planned_sets"] is not None]
    assert [(log["exercise_id"], log["planned_sets"]) for log in planned] == [(gym.lifts[1], 3)]
    assert reported.status_code in {200, 404}
    if reported.status_code == 200:
        assert (reported.json()["data"]["planned_sets"], one["sequence"]) == (None, 3)


async def waited_for(database: Any, count: int) -> bool:
    """Tell whether so many wait."""
    return await waiters(database) >= count


async def test_logging_and_substituting_at_once_lose_nothing(gym: Gym) -> None:
    session = await begun(gym, gym.prescription(1, sets=20))
    path = f"/sessions/{session['id']}/sets"
    body = a_set_body(gym.lifts[1])

    answers = await asyncio.gather(
        *(gym.athlete.post(path, json=body) for _ in range(6)),
        substitute(gym, session, gym.lifts[1], gym.lifts[2]),
        *(gym.athlete.post(path, json=body) for _ in range(6)),
    )

    assert {answer.status_code for answer in answers} == {200, 201}
    shown = await gym.seen(f"/sessions/{session['id']}")
    logs = {log["exercise_id"]: log for log in shown["exercise_logs"]}
    met = [one["target_number"] for one in shown["sets"] if one["target_number"] is not None]
    kept = logs[gym.lifts[1]]
    assert len(shown["sets"]) == 12
    assert len(met) == len(set(met)) == (kept["planned_sets"] or 0)
    assert sorted(met) == [one["number"] for one in kept["targets"] or ()]
    assert logs[gym.lifts[2]]["planned_sets"] == 20 - len(met)
    assert [one["sequence"] for one in shown["sets"]] == sorted(
        one["sequence"] for one in shown["sets"]
    )


async def test_history_counts_what_was_done_where_it_was_done(gym: Gym, database: Any) -> None:
    session = await begun(gym)
    planned, instead = gym.lifts[:2]
    first = await gym.logged(session)
    await substituted(gym, session, planned, instead)
    second = await gym.logged(session, exercise_id=instead, weight=55)
    await gym.completed(session)
    reopened = await gym.athlete.post(f"/sessions/{session['id']}/reopen")
    corrected = await gym.athlete.put(f"/sets/{second['id']}", json={"weight": 57.5})
    onward = await substituted(gym, session, instead, gym.lifts[2])
    await gym.completed(session)

    shown = await gym.seen(f"/sessions/{session['id']}")

    assert (reopened.status_code, corrected.status_code) == (200, 200)
    assert [(one["id"], one["exercise_id"]) for one in shown["sets"]] == [
        (first["id"], planned),
        (second["id"], instead),
    ]
    assert (
        told(shown)
        == told(onward)
        == [
            (planned, 1, 1, True, None),
            (instead, 1, 1, True, planned),
            (gym.lifts[2], 1, 0, False, planned),
        ]
    )
    [history] = (await gym.athlete.get(f"/sets/{second['id']}/history")).json()["data"]
    assert history["before"]["exercise_id"] == instead
    assert history["before"]["weight"] == 55
    events = await database.fetch(
        """SELECT payload FROM outbox_messages WHERE aggregate_id = $1
        AND kind = 'workout.exercise.substituted' ORDER BY occurred_at""",
        UUID(session["id"]),
    )
    payloads = [json.loads(row["payload"]) for row in events]
    assert [(one["exercise_id"], one["substitute_id"]) for one in payloads] == [
        (planned, instead),
        (instead, gym.lifts[2]),
    ]


async def test_the_copy_of_one_s_data_says_what_was_planned(fresh_gym: Gym) -> None:
    gym = fresh_gym
    session = await begun(gym)
    await substituted(gym, session, gym.lifts[0], gym.lifts[1])

    copy = (await gym.athlete.get("/me/export")).json()["data"]

    [log] = copy["sessions"][0]["exercise_logs"]
    assert (log["exercise_id"], log["substituted_exercise_id"]) == (gym.lifts[1], gym.lifts[0])
