"""Brings the shipped workout templates into a database; doing it again changes nothing."""

import hashlib
import json
from datetime import datetime
from decimal import Decimal
from importlib.resources import files
from typing import Any, Final
from uuid import UUID

import asyncpg

from workout_application.encoding import encode
from workout_domain.training.blocks import Block
from workout_domain.training.prescription import Prescription
from workout_domain.training.targets import SetTarget
from workout_domain.training.template import Lineup, TemplateDetails, WorkoutTemplate
from workout_domain.training.workout import WorkoutType
from workout_infrastructure.clock import Uuid7Identifiers

_HERE: Final = files("workout_infrastructure.persistence.training")

# An entry is written when it is new or when the shipped text itself changed since it was last
# written: an administrator's edit of a shipped template, or its deletion, survives every start.
_TEMPLATE = """
INSERT INTO workout_templates AS known
    (id, revision, created_at, updated_at, name, description, type, estimated_duration_minutes,
     tags, blocks, shipped_digest)
SELECT $1::uuid, 1, $2::timestamptz, $2, $3::text, $4::text, $5::text, $6::integer, $7::text[],
       $8::jsonb, $9::text
WHERE NOT EXISTS (
    SELECT 1 FROM workout_templates other WHERE other.id <> $1 AND other.owner_id IS NULL
    AND other.deleted_at IS NULL AND lower(other.name) = lower($3))
ON CONFLICT (id) DO UPDATE SET
    revision = known.revision + 1, updated_at = excluded.updated_at, name = excluded.name,
    description = excluded.description, type = excluded.type,
    estimated_duration_minutes = excluded.estimated_duration_minutes, tags = excluded.tags,
    blocks = excluded.blocks, shipped_digest = excluded.shipped_digest
WHERE known.shipped_digest IS DISTINCT FROM excluded.shipped_digest
RETURNING xmax = 0 AS is_new
"""
_PRESENT = "SELECT id FROM exercises WHERE id = ANY ($1::uuid[]) AND deleted_at IS NULL"
_FORGET = "DELETE FROM workout_template_exercises WHERE template_id = $1::uuid"
_EXERCISE = """
INSERT INTO workout_template_exercises
    (id, template_id, exercise_id, order_index, sets, reps, duration_seconds, distance_meters,
     rest_time_seconds, notes, targets, block_index)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::integer, $5::integer, $6::integer, $7::numeric,
        $8::numeric, $9::integer, $10::text, $11::jsonb, $12::integer)
"""


async def write_templates(
    connection: asyncpg.Connection, exercise_ids: dict[str, UUID], now: datetime
) -> list[bool | None]:
    """
    Write the shipped templates that are new or ship differently.

    Args:
        connection: in a transaction.
        exercise_ids: of the shipped exercises, by slug.
        now: an aware UTC instant.

    Returns:
        For each whether it is new; None where nothing was written: it is there already, its name
        is taken, or an exercise of it is not there because its own name is, or was deleted.
    """
    entries = json.loads((_HERE / "shipped_templates.json").read_text(encoding="utf-8"))
    rows = await connection.fetch(_PRESENT, list(exercise_ids.values()))
    present = {row["id"] for row in rows}
    known = {slug: id_ for slug, id_ in exercise_ids.items() if id_ in present}
    return [
        await _write(connection, entry, known, now)
        if all(one["exercise"] in known for one in entry["exercises"])
        else None
        for entry in entries
    ]


async def _write(
    connection: asyncpg.Connection, entry: dict[str, Any], ids: dict[str, UUID], now: datetime
) -> bool | None:
    template = _read(entry, ids, now)
    is_new: bool | None = await connection.fetchval(
        _TEMPLATE,
        template.id,
        now,
        template.name,
        template.description,
        template.type,
        template.estimated_duration_minutes,
        template.tags,
        _json([block.document() for block in template.blocks]),
        hashlib.sha256(json.dumps(entry).encode()).hexdigest(),
    )
    if is_new is not None:
        await connection.execute(_FORGET, template.id)
        await connection.executemany(_EXERCISE, _rows(template))
    return is_new


def _read(entry: dict[str, Any], ids: dict[str, UUID], now: datetime) -> WorkoutTemplate:
    new = Uuid7Identifiers().new
    return WorkoutTemplate(
        template_id=UUID(entry["id"]),
        owner_id=None,
        details=TemplateDetails(
            name=entry["name"],
            type=WorkoutType(entry["type"]),
            description=entry["description"],
            estimated_duration_minutes=entry["estimated_duration_minutes"],
            tags=tuple(entry["tags"]),
        ),
        lineup=Lineup(
            exercises=[(new(), _prescription(one, ids)) for one in entry["exercises"]],
            blocks=tuple(Block.read(block) for block in entry["blocks"]),
        ),
        at=now,
    )


def _prescription(one: dict[str, Any], ids: dict[str, UUID]) -> Prescription:
    targets = one.get("targets")
    said = None
    if targets is not None:
        said = tuple(
            SetTarget.read({"number": number, **target})
            for number, target in enumerate(targets, start=1)
        )
    duration = one.get("duration_seconds")
    return Prescription(
        exercise_id=ids[one["exercise"]],
        sets=one.get("sets") or len(targets or ()),
        reps=one.get("reps"),
        duration_seconds=None if duration is None else Decimal(duration),
        rest_time_seconds=one.get("rest_time_seconds"),
        targets=said,
        block=one.get("block"),
    )


def _rows(template: WorkoutTemplate) -> list[tuple[Any, ...]]:
    return [
        (
            one.id,
            template.id,
            one.exercise_id,
            one.order_index,
            one.sets,
            one.reps,
            one.duration_seconds,
            one.distance_meters,
            one.rest_time_seconds,
            one.notes,
            None if one.targets is None else _json([each.document() for each in one.targets]),
            one.block,
        )
        for one in template.exercises
    ]


def _json(documents: list[dict[str, Any]]) -> str:
    return encode(documents).decode()
