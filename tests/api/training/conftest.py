"""Who trains in these tests: one pair, and people who have nothing to do with them."""

import asyncpg
import pytest

from tests.builders.gym import Gym
from tests.builders.people import People, Person


@pytest.fixture(scope="session")
async def catalogue(database_url: str) -> dict[str, list[str]]:
    """Return shipped exercises by what they are measured in."""
    connection = await asyncpg.connect(database_url)
    rows = await connection.fetch(
        """SELECT measurement_type, array_agg(id::text ORDER BY name) AS ids FROM exercises
        WHERE owner_id IS NULL AND deleted_at IS NULL GROUP BY 1"""
    )
    await connection.close()
    return {row["measurement_type"]: list(row["ids"]) for row in rows}


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
