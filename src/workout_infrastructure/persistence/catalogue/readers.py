"""Reads the catalogue straight into JSON."""

import re
from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from workout_application.catalogue.ports import ExerciseFilter, HistoryOf, PractisedExercise
from workout_application.catalogue.views import (
    ExerciseView,
    SetTypeView,
)
from workout_application.encoding import encode
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_domain.catalogue.classification import ExerciseCategory
from workout_domain.catalogue.errors import ExerciseNotFound, ExerciseWasMerged, SetTypeNotFound
from workout_infrastructure.persistence.coaching.access import coaches_of
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.training.performed import PERFORMED
from workout_shared.pages import Page, PageRequest

# Shipped, one's own, or of a trainer with whom the relation has not ended. $1 is the caller.
_SEEN = f"""
(e.owner_id IS NULL OR e.owner_id = $1::uuid OR e.owner_id IN (
    {coaches_of("$1::uuid")}))
"""
_VISIBLE = f"e.deleted_at IS NULL AND {_SEEN}"
_COLUMNS = """
e.id, e.name, e.description, e.category, e.equipment, e.primary_muscles, e.secondary_muscles,
e.movement_pattern, e.measurement_type, e.load_kind, e.bodyweight_share,
e.laterality, e.aliases, e.is_active,
e.owner_id, e.created_at, e.updated_at, e.revision
"""
_ONE = f"SELECT {_COLUMNS} FROM exercises e WHERE e.id = $2::uuid AND {_VISIBLE}"
# Whoever saw an exercise is told what it became.
_MERGED = f"""
SELECT e.merged_into_id FROM exercises e
WHERE e.id = $2::uuid AND e.deleted_at IS NOT NULL AND e.merged_into_id IS NOT NULL
AND {_SEEN}
"""
_WANTED = f"""
FROM exercises e WHERE {_VISIBLE}
AND ($2::text IS NULL OR e.name ILIKE $2 OR EXISTS (
    SELECT 1 FROM unnest(e.aliases) AS alias WHERE alias ILIKE $2))
AND ($3::text IS NULL OR e.category = $3)
AND ($4::text IS NULL OR e.equipment = $4)
AND ($5::text IS NULL OR $5 = ANY (e.primary_muscles) OR $5 = ANY (e.secondary_muscles))
AND ($6::text IS NULL OR e.measurement_type = $6)
AND ($7::boolean IS NULL OR e.is_active = $7)
"""
_COUNT = f"SELECT count(*) AS total {_WANTED}"
_PAGE = f"SELECT {_COLUMNS} {_WANTED} ORDER BY %s, e.id LIMIT $8 OFFSET $9"
_ORDER: Final = {
    "name": "lower(e.name)",
    "category": "e.category, lower(e.name)",
    "equipment": "e.equipment, lower(e.name)",
    "created_at": "e.created_at",
    "-name": "lower(e.name) DESC",
    "-category": "e.category DESC, lower(e.name)",
    "-equipment": "e.equipment DESC, lower(e.name)",
    "-created_at": "e.created_at DESC",
}
# The newest 400 sessions are as many as anybody does in half a year, and bound the rest.
_PRACTISED = f"""
WITH sessions AS (
    SELECT s.id, s.session_date FROM workout_sessions s
    WHERE s.{{owner}} = $2::uuid AND s.deleted_at IS NULL AND s.session_date >= $3::timestamptz
    ORDER BY s.session_date DESC LIMIT 400
), history AS (
    SELECT p.exercise_id, count(DISTINCT p.session_id) AS sessions,
           max(s.session_date) AS last_performed_at
    FROM sessions s JOIN performed_sets p ON p.session_id = s.id AND {PERFORMED.format("p")}
    GROUP BY p.exercise_id
)
SELECT {_COLUMNS}, coalesce(h.sessions, 0) AS sessions, h.last_performed_at
FROM exercises e LEFT JOIN history h ON h.exercise_id = e.id
WHERE {_VISIBLE} AND e.is_active AND e.category = ANY ($4::text[])
ORDER BY h.sessions DESC NULLS LAST, e.owner_id IS NULL, lower(e.name), e.id LIMIT 1000
"""
_ALIKE = f"""
SELECT {_COLUMNS} FROM exercises e
WHERE {_VISIBLE} AND e.is_active AND e.id <> $2::uuid
AND (e.movement_pattern = $3::text OR e.primary_muscles && $4::text[])
ORDER BY e.primary_muscles && $4::text[] DESC, e.movement_pattern = $3::text DESC,
    e.owner_id IS NULL, lower(e.name), e.id
LIMIT 500
"""
_SET_TYPE_COLUMNS = "id, name, code, description, is_warm_up, revision"
_SET_TYPE = f"""
SELECT {_SET_TYPE_COLUMNS} FROM set_types WHERE id = $1::uuid AND deleted_at IS NULL
"""
_SET_TYPES = f"""
SELECT {_SET_TYPE_COLUMNS} FROM set_types WHERE deleted_at IS NULL ORDER BY id
"""


class SqlCatalogueReader:
    """Reads exercises the actor sees, and the types of sets."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def exercise(self, exercise_id: UUID, *, visible_to: Actor) -> Document:
        """Return an ``ExerciseView``."""
        async with self._pool.connection() as connection:
            row = await _found(connection, exercise_id, visible_to)
        return Document(_shown(row), row["revision"])

    async def exercises(
        self, wanted: ExerciseFilter, page: PageRequest, *, visible_to: Actor
    ) -> Page[bytes]:
        """Return a page of ``ExerciseView``; ties are broken by id."""
        arguments = (visible_to.user_id, *_conditions(wanted))
        order = _ORDER[page.sort or "name"]
        async with self._pool.connection() as connection:
            total = await connection.fetchval(_COUNT, *arguments)
            rows = await connection.fetch(_PAGE % order, *arguments, page.page_size, page.offset)
        return Page(
            items=[_shown(row) for row in rows],
            page=page.page,
            page_size=page.page_size,
            total_items=total,
        )

    async def practised(
        self,
        categories: Collection[ExerciseCategory],
        history: HistoryOf,
        *,
        visible_to: Actor,
    ) -> list[PractisedExercise]:
        """Return at most a thousand exercises, in one statement."""
        owner = "user_id" if history.athlete_id is None else "athlete_id"
        rows = await self._pool.fetch(
            _PRACTISED.format(owner=owner),
            visible_to.user_id,
            history.athlete_id or history.user_id,
            history.since,
            list(categories),
        )
        return [_practised(dict(row)) for row in rows]

    async def alike(self, exercise_id: UUID, *, visible_to: Actor) -> list[ExerciseView]:
        """Return at most five hundred beside the exercise itself."""
        async with self._pool.connection() as connection:
            of = await _found(connection, exercise_id, visible_to)
            among = await connection.fetch(
                _ALIKE,
                visible_to.user_id,
                exercise_id,
                of["movement_pattern"],
                of["primary_muscles"],
            )
        return [ExerciseView(**row) for row in (of, *among)]

    async def set_type(self, set_type_id: UUID) -> Document:
        """Return a ``SetTypeView``."""
        row = await self._pool.fetchrow(_SET_TYPE, set_type_id)
        if row is None:
            raise SetTypeNotFound("No such type of set.", set_type_id=set_type_id)
        return Document(encode(SetTypeView(**row)), row["revision"])

    async def set_types(self) -> bytes:
        """Return an array of ``SetTypeView``: as they ship, then as they were added."""
        rows = await self._pool.fetch(_SET_TYPES)
        return encode([SetTypeView(**row) for row in rows])


async def _found(connection: Any, exercise_id: UUID, visible_to: Actor) -> Any:  # noqa: ANN401 - asyncpg's types are private
    row = await connection.fetchrow(_ONE, visible_to.user_id, exercise_id)
    if row is not None:
        return row
    merged = await connection.fetchrow(_MERGED, visible_to.user_id, exercise_id)
    if merged is None:
        raise ExerciseNotFound("No such exercise.", exercise_id=exercise_id)
    raise ExerciseWasMerged(
        "The exercise was merged into another one.",
        exercise_id=exercise_id,
        merged_into_id=merged["merged_into_id"],
    )


def _conditions(wanted: ExerciseFilter) -> tuple[object, ...]:
    return (
        _containing(wanted.search),
        wanted.category,
        wanted.equipment,
        wanted.muscle,
        wanted.measurement_type,
        wanted.is_active,
    )


def _containing(search: str | None) -> str | None:
    if not search:
        return None
    return "%" + re.sub(r"([\\%_])", r"\\\1", search) + "%"


def _practised(row: dict[str, Any]) -> PractisedExercise:
    sessions, last = row.pop("sessions"), row.pop("last_performed_at")
    return PractisedExercise(
        exercise=ExerciseView(**row), sessions=sessions, last_performed_at=last
    )


def _shown(row: Any) -> bytes:  # noqa: ANN401 - asyncpg's record
    return encode(ExerciseView(**row))
