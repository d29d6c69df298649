"""Exercises over HTTP, with names nobody has."""

from typing import Any
from uuid import uuid4

from tests.builders.people import Person


def an_exercise_body(**fields: Any) -> dict[str, Any]:
    """Return an acceptable exercise."""
    return {
        "name": f"Exercise {uuid4()}",
        "category": "strength",
        "equipment": "barbell",
        "primary_muscles": ["chest"],
        "secondary_muscles": ["triceps"],
        "movement_pattern": "horizontal_push",
        "measurement_type": "weight_reps",
        "aliases": [f"Alias {uuid4()}"],
        **fields,
    }


async def an_exercise_of(person: Person, **fields: Any) -> dict[str, Any]:
    """Let somebody add an exercise."""
    answer = await person.post("/exercises", json=an_exercise_body(**fields))
    assert answer.status_code == 201, answer.text
    exercise: dict[str, Any] = answer.json()["data"]
    return exercise


async def the_exercise(person: Person, exercise_id: str) -> dict[str, Any]:
    """Read an exercise."""
    answer = await person.get(f"/exercises/{exercise_id}")
    assert answer.status_code == 200, answer.text
    exercise: dict[str, Any] = answer.json()["data"]
    return exercise


async def shipped(person: Person, name: str) -> dict[str, Any]:
    """Find a shipped exercise by its whole name."""
    answer = await person.get("/exercises", params={"search": name, "page_size": 100})
    found = [one for one in answer.json()["data"] if one["name"] == name]
    assert found, name
    exercise: dict[str, Any] = found[0]
    return exercise
