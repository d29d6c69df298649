"""Makes much of everything in a gym that has one thing of every kind."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tests.builders.live import ad_hoc_session, assigned_workout
from tests.builders.operations import Gym
from tests.builders.people import PASSWORD, People, Person

MORE: Final = 6


async def grow(gym: Gym, people: People) -> None:
    """Add several of everything that lists show, on both sides of the relation."""
    await gym.athlete.post(f"/sessions/{gym.ids['session_id']}/complete")
    for number in range(MORE):
        await _plan(gym, number)
        await _train(gym)
        await _progress(gym, number)
        await _coach(gym, people, number)
        await _settle(gym.athlete, number)
    await _rerun(gym)


async def _plan(gym: Gym, number: int) -> None:
    trainer = gym.trainer
    await assigned_workout(trainer, gym.athlete, name=f"Squats {number}")
    added = {"exercise_id": gym.ids["exercise_id"], "sets": 3, "reps": 5}
    await made(trainer, f"/workouts/{gym.ids['workout_id']}/exercises", added)
    own = {"name": f"Lift {number} of {trainer.user['username']}", "category": "strength"}
    await made(trainer, "/exercises", own)
    await assigned_workout(trainer, gym.athlete, gym.ids["exercise_id"], name=f"Lifts {number}")


async def _train(gym: Gym) -> None:
    training = await ad_hoc_session(gym.athlete)
    for exercise_id in (training.exercise_id, gym.ids["exercise_id"]):
        for weight in (80, 90, 100):
            logged = await training.log(exercise_id=exercise_id, weight=weight)
    await made(gym.athlete, f"/sets/{logged['id']}/reps", {})
    await training.progress(1)
    await training.end()


async def _progress(gym: Gym, number: int) -> None:
    athlete = gym.athlete
    lifts = (await athlete.get("/exercises?search=press&page_size=100")).json()["data"]
    measured = [one["id"] for one in lifts if one["measurement_type"] == "weight_reps"]
    parameters = {"kind": "linear", "start": 20, "sets": 3, "reps": 5, "increment": 2.5}
    rule = {"exercise_id": measured[number], "parameters": parameters}
    await made(athlete, "/progression-rules", rule)
    overridden = {"load": 40 + number, "reason": "Again"}
    await made(athlete, f"/progression-rules/{gym.ids['rule_id']}/override", overridden)
    for exercise_id in (measured[number], gym.ids["exercise_id"]):
        value = {"exercise_id": exercise_id, "value": 100 + number}
        await made(athlete, "/training-maxes", value)


async def _coach(gym: Gym, people: People, number: int) -> None:
    trainer = gym.trainer
    await made(trainer, "/coaching/invitations", {})
    of_relation = f"/coaching/relations/{gym.ids['relation_id']}"
    await made(trainer, f"{of_relation}/notes", {"text": f"Knees {number}"})
    other = await people.athlete()
    await people.relate(trainer, other)
    grouped = {"name": f"Group {number}", "athlete_ids": [other.athlete_id]}
    await made(trainer, "/coaching/groups", grouped)
    of_group = f"/coaching/groups/{gym.ids['group_id']}/athletes/{other.athlete_id}"
    assert (await trainer.put(of_group)).is_success
    training = await ad_hoc_session(other)
    await training.log(weight=60)
    await assigned_workout(trainer, other, name=f"For another {number}")


async def _settle(person: Person, number: int) -> None:
    await made(person, "/me/api-keys", {"name": f"Key {number}", "scopes": ["training:read"]})
    shed = {"name": f"Gym {number}", "unit": "kilograms"}
    await made(person, "/tools/plate-inventories", shed)
    credentials = {"username": person.user["username"], "password": PASSWORD}
    assert (await person.api.post("/auth/login", json=credentials)).is_success


async def _rerun(gym: Gym) -> None:
    """Let a session of the gym's run again, so that whoever asks for a running one finds it."""
    assert (await gym.athlete.post(f"/sessions/{gym.ids['session_id']}/reopen")).is_success
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    await made(
        gym.trainer,
        "/workouts",
        {"name": "Draft", "type": "strength", "scheduled_date": tomorrow},
    )


async def made(person: Person, path: str, body: dict[str, Any]) -> None:
    """Create something."""
    answer = await person.post(path, json=body)
    assert answer.is_success, answer.text
