"""What the OpenAPI document shows as a body is accepted as it stands."""

from typing import Any

from tests.api.contract import conforming, document
from tests.builders.gym import Gym, made
from tests.builders.people import Person


def shown(method: str, path: str) -> Any:
    """Return the body an operation shows."""
    operation = document()["paths"][f"/api/v1{path}"][method]
    return operation["requestBody"]["content"]["application/json"]["example"]


async def sent(method: str, path: str, by: Person, **ids: str) -> dict[str, Any]:
    """Send the body an operation shows, and return what came of it."""
    answer = await getattr(by, method)(path.format(**ids), json=shown(method, path))
    assert answer.is_success, answer.text
    data: dict[str, Any] = conforming(answer)
    return data


async def test_plans(gym: Gym) -> None:
    workout = await sent("post", "/workouts", gym.trainer)
    template = await sent("post", "/workout-templates", gym.trainer)
    await sent("put", "/workout-templates/{template_id}", gym.trainer, template_id=template["id"])
    added = await sent(
        "post", "/workouts/{workout_id}/exercises", gym.trainer, workout_id=workout["id"]
    )
    changed = await sent("put", "/workouts/{workout_id}", gym.trainer, workout_id=workout["id"])
    copy = await sent(
        "post", "/workouts/{workout_id}/duplicate", gym.trainer, workout_id=workout["id"]
    )

    assert added["sets"] == 3
    assert len(changed["exercises"]) == len(copy["exercises"]) == len(template["exercises"]) == 1


async def test_a_session(gym: Gym) -> None:
    session = (await sent("post", "/sessions", gym.athlete))["id"]
    await sent("patch", "/sessions/{session_id}", gym.athlete, session_id=session)
    of_session = "/sessions/{session_id}/sets"
    logged = (await sent("post", of_session, gym.athlete, session_id=session))["id"]
    rep = (await sent("post", "/sets/{set_id}/reps", gym.athlete, set_id=logged))["id"]
    await sent("put", "/reps/{rep_id}", gym.athlete, rep_id=rep)
    await sent("put", "/sets/{set_id}", gym.athlete, set_id=logged)
    timer = "/sessions/{session_id}/rest-timer"
    await sent("put", timer, gym.athlete, session_id=session)
    ended = "/sessions/{session_id}/complete"
    completed = await sent("post", ended, gym.athlete, session_id=session)

    assert completed["status"] == "completed"
    assert completed["duration_minutes"] == 55


async def test_rules_and_training_maxes(gym: Gym) -> None:
    rule = await made(gym.athlete, "/progression-rules", shown("post", "/progression-rules"))
    training_max = await made(gym.athlete, "/training-maxes", shown("post", "/training-maxes"))

    assert rule["exercise_id"] == training_max["exercise_id"]
