"""`workout seed` fills an empty migrated database, and a second run changes nothing."""

import asyncio

import asyncpg
import pytest

from tests.conftest import fresh_database, settings_for
from workout_presentation.composition.running import bring_schema_to_head, seed

DIGEST = """
SELECT md5(string_agg(e::text, ',' ORDER BY e.id)) || (SELECT md5(string_agg(s::text, ',' ORDER BY
       s.id)) FROM set_types s) FROM exercises e
"""


async def emptied(url: str) -> None:
    """Take everything seeded out again."""
    connection = await asyncpg.connect(url)
    await connection.execute("TRUNCATE exercises, set_types, workout_templates CASCADE")
    await connection.close()


async def digest(url: str) -> str:
    """Return a digest of everything seeded."""
    connection = await asyncpg.connect(url)
    found: str = await connection.fetchval(DIGEST)
    await connection.close()
    return found


@pytest.mark.requirement("ARC-05")
def test_seeding_fills_an_empty_database_once(worker_name: str, redis_url: str) -> None:
    url = fresh_database(f"test_seed_{worker_name}")
    settings = settings_for(url, redis_url)
    asyncio.run(emptied(url))

    bring_schema_to_head(settings)
    first, filled = seed(settings), asyncio.run(digest(url))
    second = seed(settings)

    assert first.inserted > 100
    assert (second.inserted, second.updated, second.unchanged) == (0, 0, first.inserted)
    assert asyncio.run(digest(url)) == filled
