"""What sets said before they were corrected or taken out: table, writes and reads."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from workout_application.training.ports import SetAccess
from workout_domain.training.set_history import Correction
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.json_sql import instant
from workout_infrastructure.persistence.registry import Instant, metadata, reference, text_enum
from workout_infrastructure.persistence.training.shapes import SET_COLUMNS, SET_SOURCE
from workout_infrastructure.persistence.unit_of_work import CurrentWork

set_revisions = Table(
    "set_revisions",
    metadata,
    Column("set_id", Uuid, reference("performed_sets.id", cascade=True), nullable=False),
    # Of the event that told of the correction: the order of a session is that of its sets.
    Column("sequence", Integer, nullable=False),
    Column("operation", text_enum(Correction, "operation"), nullable=False),
    Column("rep_id", Uuid),
    Column("changed_by", Uuid, reference("users.id", cascade=True), nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("before", JSONB, nullable=False),
    PrimaryKeyConstraint("set_id", "sequence"),
)
Index("ix_set_revisions_changed_by", set_revisions.c.changed_by)

_KEEP: Final = f"""
INSERT INTO set_revisions (set_id, sequence, operation, rep_id, changed_by, changed_at, before)
SELECT p.id, $2::integer, $3::text, $4::uuid, $5::uuid, $6::timestamptz,
       (SELECT row_to_json(y)::jsonb FROM (SELECT {SET_COLUMNS}) y)
FROM {SET_SOURCE}
WHERE p.deleted_at IS NULL AND
"""
_KEEP_ONE: Final = f"{_KEEP} p.id = $1::uuid"
_KEEP_BODIES: Final = f"{_KEEP} p.session_id = $1::uuid AND p.load_kind <> 'external'"

_ACCESS: Final = """
SELECT s.id, s.user_id, s.athlete_id, p.deleted_at IS NOT NULL AS is_removed
FROM performed_sets p
JOIN workout_sessions s ON s.id = p.session_id AND s.deleted_at IS NULL
WHERE p.id = $1::uuid
"""
_RUN: Final = f"""
SELECT h.sequence, json_build_object(
    'set_id', h.set_id, 'sequence', h.sequence, 'operation', h.operation, 'rep_id', h.rep_id,
    'changed_by', h.changed_by, 'changed_at', {instant("h.changed_at")}, 'before', h.before
)::text AS shown
FROM set_revisions h WHERE h.set_id = $1::uuid AND h.sequence < $2::integer
ORDER BY h.sequence DESC LIMIT $3
"""


class SqlSetHistory:
    """Keeps revisions inside the command in progress, before it writes what it changes."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def keep(
        self,
        set_id: UUID,
        correction: Correction,
        *,
        sequence: int,
        by: UUID,
        at: datetime,
        rep_id: UUID | None = None,
    ) -> None:
        """Keep the set as it is stored."""
        await self._work().execute(_KEEP_ONE, set_id, sequence, correction, rep_id, by, at)

    async def keep_bodies(self, session_id: UUID, *, sequence: int, by: UUID, at: datetime) -> None:
        """Keep every set of the session in which the body counts."""
        correction = Correction.BODYWEIGHT_CHANGED
        await self._work().execute(_KEEP_BODIES, session_id, sequence, correction, None, by, at)


class SqlSetHistoryReader:
    """Reads revisions, newest first; who may see them is decided before."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def access(self, set_id: UUID) -> SetAccess | None:
        """Tell whose set it is, also of one that was removed."""
        row = await self._pool.fetchrow(_ACCESS, set_id)
        if row is None:
            return None
        athlete_id = row["athlete_id"]
        return SetAccess(
            session_id=UUID(row["id"]),
            user_id=UUID(row["user_id"]),
            athlete_id=None if athlete_id is None else UUID(athlete_id),
            is_removed=row["is_removed"],
        )

    async def before(self, set_id: UUID, sequence: int, most: int) -> list[tuple[int, bytes]]:
        """Return the revisions before a sequence, each with its own."""
        rows = await self._pool.fetch(_RUN, set_id, sequence, most)
        return [(row["sequence"], row["shown"].encode()) for row in rows]
