"""A gym for reports."""

from typing import Any

import pytest

from tests.builders.gym import Gym
from tests.builders.people import People, Person


@pytest.fixture(scope="session")
async def lifts(people: People) -> list[str]:
    """Return shipped exercises done in weight and repetitions, by name."""
    person = await people.athlete()
    found = (await person.get("/exercises?page_size=100&equipment=barbell")).json()["data"]
    return [one["id"] for one in found if one["measurement_type"] == "weight_reps"]


@pytest.fixture
async def gym(people: People, lifts: list[str]) -> Gym:
    """Return a trainer and an athlete who train together."""
    trainer, athlete = await people.coached_pair()
    return Gym(trainer, athlete, lifts, {})


async def reported(person: Person, name: str, **asked: Any) -> Any:
    """Read a report's data."""
    answer = await person.get(f"/reports/{name}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]
