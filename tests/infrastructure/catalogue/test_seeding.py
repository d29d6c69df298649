"""Seeding the catalogue: everything once, edits of administrators left alone."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from workout_infrastructure.persistence.catalogue.seeding import (
    SeedingReport,
    seed_catalogue,
)

SNAPSHOT = """
SELECT (SELECT jsonb_agg(e ORDER BY id) FROM exercises e WHERE owner_id IS NULL),
       (SELECT jsonb_agg(s ORDER BY id) FROM set_types s)
"""


@pytest.fixture
async def seeded(database_url: str) -> AsyncIterator[Any]:
    """Return a connection to a seeded database; what a test changes is put back."""
    await seed_catalogue(database_url)
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


async def a_shipped(seeded: Any) -> Any:
    """Pick one shipped exercise."""
    return await seeded.fetchrow(
        "SELECT id, name, revision FROM exercises WHERE shipped_digest IS NOT NULL "
        "AND deleted_at IS NULL ORDER BY id LIMIT 1"
    )


@pytest.mark.requirement("CAT-01", "CAT-02")
async def test_a_second_run_changes_nothing(seeded: Any, database_url: str) -> None:
    before = await seeded.fetchrow(SNAPSHOT)

    report = await seed_catalogue(database_url)

    assert report.unchanged >= 254
    assert report == SeedingReport(unchanged=report.unchanged)
    assert await seeded.fetchrow(SNAPSHOT) == before


async def test_an_administrators_edit_survives(seeded: Any, database_url: str) -> None:
    shipped = await a_shipped(seeded)
    rename = "UPDATE exercises SET name = $2 WHERE id = $1"
    await seeded.execute(rename, shipped["id"], "Renamed Here")

    await seed_catalogue(database_url)

    after = await seeded.fetchrow("SELECT name FROM exercises WHERE id = $1", shipped["id"])
    await seeded.execute(rename, shipped["id"], shipped["name"])
    assert after["name"] == "Renamed Here"


async def test_an_entry_that_ships_differently_is_written_again(
    seeded: Any, database_url: str
) -> None:
    shipped = await a_shipped(seeded)
    await seeded.execute(
        "UPDATE exercises SET name = 'Old Name', shipped_digest = 'old' WHERE id = $1",
        shipped["id"],
    )

    report = await seed_catalogue(database_url)

    after = await seeded.fetchrow("SELECT * FROM exercises WHERE id = $1", shipped["id"])
    assert report.updated == 1
    assert (after["name"], after["revision"]) == (shipped["name"], shipped["revision"] + 1)
