"""A gym for reports."""

from typing import Any

import pytest

from tests.builders.gym import Gym
from tests.builders.people import People, Person


@pytest.fixture
async def gym(people: People, catalogue: dict[str, list[str]]) -> Gym:
    """Return a trainer and an athlete who train together."""
    return Gym(*await people.coached_pair(), lifts=catalogue["weight_reps"], measured_in={})


async def reported(person: Person, name: str, **asked: Any) -> Any:
    """Read a report's data."""
    answer = await person.get(f"/reports/{name}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]
