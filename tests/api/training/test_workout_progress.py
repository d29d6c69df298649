"""Progress of an athlete with a workout: the rule's vectors, and who may ask."""

from typing import Any

import pytest

from tests.api.contract import conforming
from tests.builders.administrators import administrator
from tests.builders.gym import Gym
from tests.builders.people import People, Person


async def finish(gym: Gym, session: dict[str, Any], *lifts: int) -> None:
    """Report all planned sets of some lifts done."""
    for number in lifts:
        path = f"/sessions/{session['id']}/exercises/{gym.lifts[number]}/progress"
        assert (await gym.athlete.put(path, json={"completed_sets": 3})).status_code == 200


async def progress(gym: Gym, workout: dict[str, Any]) -> dict[str, Any]:
    """Ask for the progress."""
    answer = await gym.athlete.get(f"/workouts/{workout['id']}/progress")
    data: dict[str, Any] = conforming(answer)
    return data


@pytest.mark.requirement("TRN-19")
async def test_without_a_session_there_is_no_progress(gym: Gym) -> None:
    workout = await gym.assigned()

    shown = await progress(gym, workout)

    assert shown == {
        "workout_id": workout["id"],
        "athlete_id": gym.athlete.athlete_id,
        "completion_percentage": 0,
        "total_exercises": 0,
        "completed_exercises": 0,
        "last_session_date": None,
        "average_session_duration": 0,
    }


@pytest.mark.requirement("TRN-19", "TRN-17")
@pytest.mark.parametrize(
    ("planned", "done", "percentage"),
    [(4, 1, 25), (4, 4, 100), (3, 1, 33.33), (3, 2, 66.67), (8, 1, 12.5), (1, 0, 0), (0, 0, 0)],
)
async def test_the_percentage_is_that_of_completed_exercises(
    gym: Gym, planned: int, done: int, percentage: float
) -> None:
    workout = await gym.assigned(exercises=[gym.prescription(n) for n in range(planned)])
    session = await gym.started(workout)
    await finish(gym, session, *range(done))

    shown = await progress(gym, workout)

    assert shown["completion_percentage"] == percentage
    assert (shown["total_exercises"], shown["completed_exercises"]) == (planned, done)


@pytest.mark.requirement("TRN-19")
async def test_only_the_latest_session_counts_for_the_percentage(gym: Gym) -> None:
    workout = await gym.assigned(exercises=[gym.prescription(n) for n in range(4)])
    first = await gym.started(workout, session_date="2026-03-09T12:00:00Z")
    await finish(gym, first, 0, 1, 2, 3)
    await gym.completed(first)
    second = await gym.started(workout, session_date="2026-03-02T12:00:00Z")
    await finish(gym, second, 0)

    shown = await progress(gym, workout)

    assert shown["completion_percentage"] == 25
    assert shown["last_session_date"] == "2026-03-02T12:00:00Z"


@pytest.mark.requirement("TRN-19", "TRN-27")
async def test_a_missing_duration_counts_as_none_in_the_average(gym: Gym) -> None:
    workout = await gym.assigned()
    await gym.completed(await gym.started(workout), duration_minutes=60)
    await gym.started(workout)

    assert (await progress(gym, workout))["average_session_duration"] == 30


@pytest.mark.requirement("TRN-19")
async def test_an_exercise_beyond_the_plan_does_not_count(gym: Gym) -> None:
    workout = await gym.assigned(exercises=[gym.prescription(0)])
    session = await gym.started(workout)
    await finish(gym, session, 0)
    await gym.logged(session, notes="extra")
    body = {
        "exercise_id": gym.lifts[7],
        "set_type": "normal",
        "weight": 10,
        "number_reps": 1,
    }
    assert (await gym.athlete.post(f"/sessions/{session['id']}/sets", json=body)).status_code == 201

    shown = await progress(gym, workout)

    assert (shown["completion_percentage"], shown["total_exercises"]) == (100, 1)


@pytest.mark.requirement("TRN-27")
async def test_athlete_trainer_and_administrators_ask_and_outsiders_do_not(
    gym: Gym, other_pair: tuple[Person, Person], people: People, database: Any
) -> None:
    workout = await gym.assigned()
    path = f"/workouts/{workout['id']}/progress?athlete_id={gym.athlete.athlete_id}"
    admin = await administrator(people, database)

    statuses = [
        (await who.get(path)).status_code for who in (gym.athlete, gym.trainer, admin, *other_pair)
    ]

    assert statuses == [200, 200, 200, 404, 404]


async def test_a_trainer_says_which_athlete(gym: Gym) -> None:
    workout = await gym.assigned()

    answer = await gym.trainer.get(f"/workouts/{workout['id']}/progress")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/athlete_id"


async def test_a_trainer_without_the_scope_sees_no_progress(people: People) -> None:
    trainer, athlete = await people.coached_pair(["view_workouts", "assign_workouts"])
    body = {
        "name": "A",
        "type": "strength",
        "scheduled_date": "2026-03-02T12:00:00Z",
        "athlete_id": athlete.athlete_id,
    }
    workout = (await trainer.post("/workouts", json=body)).json()["data"]

    answer = await trainer.get(
        f"/workouts/{workout['id']}/progress?athlete_id={athlete.athlete_id}"
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "scope_required")
