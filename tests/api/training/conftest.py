"""Who trains in these tests: one pair, and people who have nothing to do with them."""

import pytest

from tests.builders.gym import Gym
from tests.builders.people import People, Person


def gym_of(pair: tuple[Person, Person], catalogue: dict[str, list[str]]) -> Gym:
    """Let a pair train with the catalogue."""
    first = {measure: ids[0] for measure, ids in catalogue.items()}
    return Gym(*pair, lifts=catalogue["weight_reps"], measured_in=first)


@pytest.fixture(scope="session")
async def usual_pair(people: People) -> tuple[Person, Person]:
    """Return the pair most tests share."""
    return await people.coached_pair()


@pytest.fixture
async def gym(usual_pair: tuple[Person, Person], catalogue: dict[str, list[str]]) -> Gym:
    """Return the shared pair, no session running."""
    gym = gym_of(usual_pair, catalogue)
    await gym.rest()
    return gym


@pytest.fixture
async def fresh_gym(people: People, catalogue: dict[str, list[str]]) -> Gym:
    """Return a pair nobody else knows, with empty lists."""
    return gym_of(await people.coached_pair(), catalogue)


@pytest.fixture(scope="session")
async def other_pair(people: People) -> tuple[Person, Person]:
    """Return a trainer and an athlete who have nothing to do with the usual pair."""
    return await people.coached_pair()
