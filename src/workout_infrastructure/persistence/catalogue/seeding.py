"""Brings what ships of the catalogue into a database; doing it again changes nothing."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from importlib.resources import files
from typing import Any, Final
from uuid import UUID

import asyncpg

from workout_infrastructure.clock import SystemClock
from workout_infrastructure.persistence.database import driver_url
from workout_infrastructure.persistence.training.template_seeding import write_templates

_HERE: Final = files("workout_infrastructure.persistence.catalogue")

# An entry is written when it is new or when the shipped text itself changed since it was last
# written: an administrator's edit of a shipped exercise, or its deletion, survives every start.
_EXERCISES = """
INSERT INTO exercises AS known
    (id, revision, created_at, updated_at, name, category, equipment, primary_muscles,
     secondary_muscles, movement_pattern, measurement_type, load_kind, laterality, aliases,
     bodyweight_share, is_active, shipped_digest)
SELECT $1::uuid, 1, $2::timestamptz, $2, $3::text, $4::text, $5::text, $6::text[], $7::text[],
       $8::text, $9::text, $10::text, $11::text, $12::text[], $13::numeric, true, $14::text
WHERE NOT EXISTS (
    SELECT 1 FROM exercises other WHERE other.id <> $1 AND other.owner_id IS NULL
    AND other.deleted_at IS NULL AND lower(other.name) = lower($3))
ON CONFLICT (id) DO UPDATE SET
    revision = known.revision + 1, updated_at = excluded.updated_at, name = excluded.name,
    category = excluded.category, equipment = excluded.equipment,
    primary_muscles = excluded.primary_muscles, secondary_muscles = excluded.secondary_muscles,
    movement_pattern = excluded.movement_pattern, measurement_type = excluded.measurement_type,
    load_kind = excluded.load_kind, laterality = excluded.laterality, aliases = excluded.aliases,
    bodyweight_share = excluded.bodyweight_share,
    shipped_digest = excluded.shipped_digest
WHERE known.shipped_digest IS DISTINCT FROM excluded.shipped_digest
RETURNING xmax = 0 AS is_new
"""
_SET_TYPES = """
INSERT INTO set_types AS known
    (id, revision, created_at, updated_at, code, name, description, is_warm_up, shipped_digest)
SELECT $1::uuid, 1, $2::timestamptz, $2, $3::text, $4::text, $5::text, $6::boolean, $7::text
WHERE NOT EXISTS (SELECT 1 FROM set_types other WHERE other.id <> $1 AND other.code = $3)
ON CONFLICT (id) DO UPDATE SET
    revision = known.revision + 1, updated_at = excluded.updated_at, code = excluded.code,
    name = excluded.name, description = excluded.description, is_warm_up = excluded.is_warm_up,
    shipped_digest = excluded.shipped_digest
WHERE known.shipped_digest IS DISTINCT FROM excluded.shipped_digest
RETURNING xmax = 0 AS is_new
"""
_EXERCISE_FIELDS: Final = (
    "name",
    "category",
    "equipment",
    "primary_muscles",
    "secondary_muscles",
    "movement_pattern",
    "measurement_type",
    "load_kind",
    "laterality",
    "aliases",
    "bodyweight_share",
)
# What most entries do not say; without it in their digest, they need not be written again.
_UNSAID: Final = {"bodyweight_share": Decimal(1)}
_SET_TYPE_FIELDS: Final = ("code", "name", "description", "is_warm_up")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedingReport:
    """What a run changed; ``unchanged`` counts those that were there, or whose name is taken."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0


async def seed_catalogue(database_url: str) -> SeedingReport:
    """Write what is new or has changed since the last run, in one transaction."""
    connection = await asyncpg.connect(driver_url(database_url))
    now = SystemClock().now()
    try:
        async with connection.transaction():
            # Two processes starting at once take turns; the second finds nothing to do.
            await connection.execute("SELECT pg_advisory_xact_lock(hashtext('seed_catalogue'))")
            return await _write_all(connection, now)
    finally:
        await connection.close()


async def _write_all(connection: asyncpg.Connection, now: datetime) -> SeedingReport:
    exercises = _shipped("shipped_exercises.json")
    set_types = _shipped("shipped_set_types.json")
    outcomes = [
        *await _write(connection, _SET_TYPES, set_types, _SET_TYPE_FIELDS, now),
        *await _write(connection, _EXERCISES, exercises, _EXERCISE_FIELDS, now),
    ]
    exercise_ids = {entry["slug"]: UUID(entry["id"]) for entry in exercises}
    outcomes += await write_templates(connection, exercise_ids, now)
    return SeedingReport(
        inserted=outcomes.count(True),
        updated=outcomes.count(False),
        unchanged=outcomes.count(None),
    )


def _shipped(name: str) -> list[dict[str, Any]]:
    text = (_HERE / name).read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = json.loads(text, parse_float=Decimal)
    return entries


async def _write(
    connection: asyncpg.Connection,
    sql: str,
    entries: Iterable[dict[str, Any]],
    fields: tuple[str, ...],
    now: datetime,
) -> list[bool | None]:
    outcomes = []
    statement = await connection.prepare(sql)
    for entry in entries:
        values = [entry[field] if field in entry else _UNSAID[field] for field in fields]
        digest = _digest(entry, fields)
        outcomes.append(await statement.fetchval(UUID(entry["id"]), now, *values, digest))
    return outcomes


def _digest(entry: dict[str, Any], fields: tuple[str, ...]) -> str:
    said = [entry[field] for field in fields if field in entry]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()
