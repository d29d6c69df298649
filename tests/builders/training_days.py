"""Training of days gone by, over HTTP: sessions that ended, with what was lifted."""

from typing import Any

from tests.builders.live import squat
from tests.builders.people import Person


async def trained(
    athlete: Person,
    session_date: str,
    *sets: dict[str, Any],
    how: str = "complete",
    minutes: float | None = None,
    workout_id: str | None = None,
    **fields: Any,
) -> str:
    """Let somebody train on a day and end the session; return its id."""
    body = {"session_date": session_date, **fields}
    path = "/sessions" if workout_id is None else f"/workouts/{workout_id}/sessions"
    if workout_id is None:
        body["name"] = "Alone"
    begun = await athlete.post(path, json=body)
    assert begun.status_code == 201, begun.text
    session_id = str(begun.json()["data"]["id"])
    exercise_id = await squat(athlete)
    for one in sets:
        logged = {
            "exercise_id": exercise_id,
            "set_type": "normal",
            "weight": 100,
            "unit": "kilograms",
            "number_reps": 5,
            **one,
        }
        answer = await athlete.post(f"/sessions/{session_id}/sets", json=logged)
        assert answer.status_code == 201, answer.text
    said = None if minutes is None else {"duration_minutes": minutes}
    ended = await athlete.post(f"/sessions/{session_id}/{how}", said)
    assert ended.status_code == 200, ended.text
    return session_id


async def assigned(trainer: Person, athlete: Person, at: str, name: str = "Squats") -> str:
    """Let a trainer give an athlete a workout for an instant; return its id."""
    body = {
        "name": name,
        "type": "strength",
        "scheduled_date": at,
        "athlete_id": athlete.athlete_id,
        "exercises": [{"exercise_id": await squat(trainer), "sets": 3, "reps": 5}],
    }
    created = await trainer.post("/workouts", json=body)
    assert created.status_code == 201, created.text
    return str(created.json()["data"]["id"])
