"""Somebody who administers."""

import asyncpg
import pytest

from tests.builders.administrators import administrator
from tests.builders.people import People, Person


@pytest.fixture(scope="module")
async def admin(people: People, database_url: str) -> Person:
    """Return an administrator."""
    database = await asyncpg.connect(database_url)
    person = await administrator(people, database)
    await database.close()
    return person
