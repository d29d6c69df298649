"""Seeding the catalogue: everything once, edits of administrators left alone."""

from collections.abc import AsyncIterator
from decimal import Decimal
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


async def test_shares_of_the_body_are_seeded(seeded: Any) -> None:
    rows = await seeded.fetch(
        "SELECT name, bodyweight_share FROM exercises WHERE owner_id IS NULL "
        "AND name IN ('Push-Up', 'Pull-Up', 'Barbell Back Squat')"
    )

    assert {row["name"]: row["bodyweight_share"] for row in rows} == {
        "Push-Up": Decimal("0.64"),
        "Pull-Up": Decimal(1),
        "Barbell Back Squat": Decimal(1),
    }


async def test_an_older_row_gets_its_share_and_the_others_stay_as_they_are(
    seeded: Any, database_url: str
) -> None:
    push_up = await seeded.fetchrow("SELECT id, revision FROM exercises WHERE name = 'Push-Up'")
    await seeded.execute(
        "UPDATE exercises SET bodyweight_share = 1, shipped_digest = 'of before' WHERE id = $1",
        push_up["id"],
    )

    report = await seed_catalogue(database_url)

    after = await seeded.fetchrow("SELECT * FROM exercises WHERE id = $1", push_up["id"])
    assert (report.updated, report.inserted) == (1, 0)
    assert after["bodyweight_share"] == Decimal("0.64")
    assert after["revision"] == push_up["revision"] + 1


async def test_a_code_an_administrator_took_is_left_to_them(seeded: Any, database_url: str) -> None:
    await seeded.execute(
        "UPDATE set_types SET code = 'was_failure', shipped_digest = 'old' WHERE code = 'failure'"
    )
    await seeded.execute(
        """INSERT INTO set_types (id, revision, created_at, updated_at, code, name, is_warm_up)
        VALUES (gen_random_uuid(), 1, now(), now(), 'failure', 'Theirs', false)"""
    )
    try:
        report = await seed_catalogue(database_url)

        named = await seeded.fetch("SELECT name FROM set_types WHERE code = 'failure'")
        assert (report.inserted, report.updated) == (0, 0)
        assert [row["name"] for row in named] == ["Theirs"]
    finally:
        await seeded.execute("DELETE FROM set_types WHERE code = 'failure'")
        await seed_catalogue(database_url)


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
