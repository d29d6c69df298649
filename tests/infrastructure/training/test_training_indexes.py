"""The schema under training: what is looked up has an index, what is flexible is JSONB."""

from typing import Any

import asyncpg
import pytest

UNINDEXED = """
SELECT c.conrelid::regclass::text AS of_table, a.attname AS of_column
FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND NOT EXISTS (
    SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])
ORDER BY 1, 2
"""


@pytest.mark.requirement("DBR-31")
async def test_every_foreign_key_has_an_index(database: Any) -> None:
    missing = await database.fetch(UNINDEXED)

    assert [f"{row['of_table']}.{row['of_column']}" for row in missing] == []


@pytest.mark.requirement("DBR-31")
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("workouts", "scheduled_date"),
        ("workout_sessions", "started_at"),
        ("workout_sessions", "session_date"),
        ("performed_sets", "sequence"),
    ],
)
async def test_what_lists_are_ordered_by_has_an_index(
    table: str, column: str, database: Any
) -> None:
    found = await database.fetchval(
        "SELECT count(*) FROM pg_indexes WHERE tablename = $1 AND strpos(indexdef, $2) > 0",
        table,
        column,
    )

    assert found > 0


@pytest.mark.requirement("DBR-31", "TRN-09")
async def test_a_run_of_workouts_is_read_from_the_index(database: Any) -> None:
    async with database.transaction():
        await database.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        plan = await database.fetch(
            """EXPLAIN SELECT id FROM workouts w
            WHERE w.deleted_at IS NULL AND w.trainer_id = gen_random_uuid()
            ORDER BY w.scheduled_date DESC, w.id DESC LIMIT 21"""
        )

    assert any("ix_workouts_" in row[0] and "scheduled" in row[0] for row in plan)
    assert not any("Sort" in row[0] for row in plan)


@pytest.mark.requirement("TRN-23")
@pytest.mark.parametrize("weight", ["NaN", "Infinity", "-0.001"])
async def test_the_database_itself_refuses_what_is_no_weight(weight: str, database: Any) -> None:
    with pytest.raises(asyncpg.PostgresError) as refused:
        await database.execute(
            """INSERT INTO performed_reps
                (id, set_id, session_id, rep_number, weight, unit, success, created_at)
            VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, $1::text::numeric,
                    'kilograms', true, now())""",
            weight,
        )

    assert refused.value.sqlstate in {"23514", "22003"}
