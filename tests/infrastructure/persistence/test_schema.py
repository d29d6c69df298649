"""The schema: walked up and down, equal to what the code describes, guarded by the database."""

import asyncio
import itertools
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, pool
from sqlalchemy.ext.asyncio import create_async_engine

from tests.builders.people import People
from tests.servers import test_servers
from workout_infrastructure.persistence.database import sqlalchemy_url
from workout_infrastructure.persistence.mapping import metadata
from workout_infrastructure.persistence.migrations import (
    alembic_config,
    downgrade,
    migrate,
    newest_revision,
)

_numbers = itertools.count(1)


@pytest.fixture
def empty_database(worker_name: str) -> Iterator[str]:
    """Return a database without any table."""
    dsn = test_servers().postgres_dsn
    name = f"stairs_{worker_name}_{next(_numbers)}"
    asyncio.run(execute(dsn, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    asyncio.run(execute(dsn, f'CREATE DATABASE "{name}"'))
    head, _, query = dsn.partition("?")
    yield head.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")
    asyncio.run(execute(dsn, f'DROP DATABASE "{name}" WITH (FORCE)'))


async def execute(url: str, sql: str) -> None:
    """Run one statement."""
    connection = await asyncpg.connect(url)
    await connection.execute(sql)
    await connection.close()


async def relations_of(url: str) -> set[str]:
    """Name everything in the schema: tables, indexes, sequences, types, functions."""
    connection = await asyncpg.connect(url)
    rows = await connection.fetch(
        """SELECT relkind::text || ' ' || relname AS name FROM pg_class c
        WHERE relnamespace = 'public'::regnamespace
        UNION SELECT 'f ' || proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
        UNION SELECT 't ' || typname FROM pg_type WHERE typnamespace = 'public'::regnamespace
            AND typtype IN ('e', 'd')"""
    )
    await connection.close()
    return {row["name"] for row in rows if "alembic_version" not in row["name"]}


async def drift_of(url: str) -> list[Any]:
    """Compare the schema with what the code describes."""

    def compare(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[Any] = compare_metadata(context, metadata)
        return found

    engine = create_async_engine(sqlalchemy_url(url), poolclass=pool.NullPool)
    async with engine.connect() as connection:
        drift = await connection.run_sync(compare)
    await engine.dispose()
    return drift


@pytest.mark.requirement("DBR-01")
def test_every_migration_goes_up_and_down_and_up_again(empty_database: str) -> None:
    scripts = ScriptDirectory.from_config(alembic_config(empty_database))
    revisions = [script.revision for script in scripts.walk_revisions()][::-1]
    for revision in revisions:
        migrate(empty_database, revision)
        there = asyncio.run(relations_of(empty_database))
        downgrade(empty_database, "-1")
        migrate(empty_database, revision)

        assert asyncio.run(relations_of(empty_database)) == there

    assert revisions[-1] == newest_revision()


@pytest.mark.requirement("DBR-01")
def test_the_way_down_leaves_nothing_behind(empty_database: str) -> None:
    migrate(empty_database)
    up = asyncio.run(relations_of(empty_database))
    downgrade(empty_database)

    assert len(up) > 40
    assert asyncio.run(relations_of(empty_database)) == set()


@pytest.mark.requirement("DBR-01")
async def test_the_migrated_schema_is_the_one_the_code_describes(database_url: str) -> None:
    assert await drift_of(database_url) == []


@pytest.mark.requirement("DBR-08", "IAM-02", "IAM-04")
@pytest.mark.parametrize(
    ("table", "definition"),
    [
        ("users", "lower((username)::text)"),
        ("users", "lower((email)::text)"),
        ("trainers", "(user_id)"),
        ("athletes", "(user_id)"),
    ],
)
async def test_names_addresses_and_profiles_are_unique_in_the_database(
    database: Any, table: str, definition: str
) -> None:
    rows = await database.fetch("SELECT indexdef FROM pg_indexes WHERE tablename = $1", table)

    unique = [row["indexdef"] for row in rows if "UNIQUE" in row["indexdef"]]
    assert any(definition in text for text in unique)


@pytest.mark.requirement("DBR-08", "IAM-04")
@pytest.mark.parametrize("table", ["trainers", "athletes", "user_roles"])
async def test_profiles_and_roles_belong_to_a_user(database: Any, table: str) -> None:
    rows = await database.fetch(
        """SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint
        WHERE conrelid = $1::regclass AND contype = 'f'""",
        table,
    )

    assert any("(user_id) REFERENCES users(id)" in row["definition"] for row in rows)


async def test_creation_stays_and_every_change_is_stamped(people: People, database: Any) -> None:
    person = await people.athlete()
    asked = "SELECT created_at, updated_at, revision FROM users WHERE id = $1"
    before = await database.fetchrow(asked, person.user["id"])
    await person.put("/me", {"first_name": "Eva", "last_name": "Fux"})

    after = await database.fetchrow(asked, person.user["id"])

    assert after["created_at"] == before["created_at"]
    assert after["updated_at"] > before["updated_at"] >= before["created_at"]
    assert after["revision"] == before["revision"] + 1
