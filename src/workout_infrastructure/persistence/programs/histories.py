"""What rules decided, entry by entry: table, and the histories of the transaction in progress."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, Index, Table, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from workout_application.programs.ports import KnownHistory, StoredEntry
from workout_domain.programs.history import Cause, Entry, Standing
from workout_infrastructure.persistence.programs.documents import read, written
from workout_infrastructure.persistence.registry import (
    Instant,
    Weight,
    finite,
    metadata,
    reference,
    text_enum,
)
from workout_infrastructure.persistence.unit_of_work import CurrentWork

progression_applications = Table(
    "progression_applications",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("rule_id", Uuid, reference("progression_rules.id", cascade=True), nullable=False),
    Column("at", Instant, nullable=False),
    Column("cause", text_enum(Cause, "cause"), nullable=False),
    Column("session_id", Uuid, reference("workout_sessions.id", cascade=True)),
    Column("entry", JSONB, nullable=False),
    Column("proposed_training_max", Weight),
    Column("accepted_training_max_id", Uuid, reference("training_maxes.id", forget=True)),
    Column("created_at", Instant, nullable=False),
    Column("superseded_at", Instant),
    finite("proposed_training_max"),
)
_IN_FORCE: Final = text("superseded_at IS NULL")
Index(
    "ix_progression_applications_rule_id_at",
    progression_applications.c.rule_id,
    progression_applications.c.at.desc(),
    postgresql_where=_IN_FORCE,
)
Index(
    "ix_progression_applications_rule_id_created_at",
    progression_applications.c.rule_id,
    progression_applications.c.created_at.desc(),
    progression_applications.c.id.desc(),
)
Index(
    "uq_progression_applications_rule_id_session_id",
    progression_applications.c.rule_id,
    progression_applications.c.session_id,
    unique=True,
    postgresql_where=text("superseded_at IS NULL AND session_id IS NOT NULL"),
)
Index("ix_progression_applications_session_id", progression_applications.c.session_id)
Index(
    "ix_progression_applications_accepted_training_max_id",
    progression_applications.c.accepted_training_max_id,
    postgresql_where=text("accepted_training_max_id IS NOT NULL"),
)

LATEST_FIRST: Final = "x.at DESC, (x.cause = 'session') DESC, x.created_at DESC, x.id DESC"
"""The order of a history from its end: at one moment sessions come after decisions."""

OPEN_PROPOSAL: Final = """
x.accepted_training_max_id IS NULL AND NOT EXISTS (
    SELECT 1 FROM training_maxes m JOIN progression_rules r ON r.id = x.rule_id
    AND r.deleted_at IS NULL
    WHERE m.athlete_id = r.athlete_id AND m.exercise_id = r.exercise_id
    AND m.created_at > x.created_at AND m.deleted_at IS NULL)
"""
"""Whether nobody has answered an entry's proposal, nor set another training max since."""

_EARLIEST: Final = """
SELECT min(at) AS at FROM progression_applications
WHERE rule_id = ANY ($1::uuid[]) AND session_id = $2::uuid AND superseded_at IS NULL
"""
_BEGUN: Final = """
SELECT rule_id::text, min(at) AS at FROM progression_applications
WHERE rule_id = ANY ($1::uuid[]) AND superseded_at IS NULL GROUP BY rule_id
"""
_STANDING: Final = f"""
SELECT r.rule_id::text, b.entry::text
FROM unnest($1::uuid[]) AS r (rule_id) CROSS JOIN LATERAL (
    SELECT x.entry FROM progression_applications x
    WHERE x.rule_id = r.rule_id AND x.superseded_at IS NULL AND x.at < $2::timestamptz
    ORDER BY {LATEST_FIRST} LIMIT 1) b
"""
_KNOWN: Final = """
SELECT rule_id::text, id::text, entry::text, accepted_training_max_id::text
FROM progression_applications
WHERE rule_id = ANY ($1::uuid[]) AND superseded_at IS NULL AND at >= $2::timestamptz
ORDER BY at, created_at, id
"""
_SUPERSEDE: Final = """
UPDATE progression_applications SET superseded_at = $2::timestamptz WHERE id = ANY ($1::uuid[])
"""
_ADD: Final = """
INSERT INTO progression_applications (id, rule_id, at, cause, session_id, entry,
    proposed_training_max, accepted_training_max_id, created_at)
SELECT n.id, n.rule_id, n.at, n.cause, n.session_id, n.entry::jsonb, n.proposed, n.accepted,
    $9::timestamptz
FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::uuid[], $6::text[],
    $7::numeric[], $8::uuid[])
AS n (id, rule_id, at, cause, session_id, entry, proposed, accepted)
"""
_PROPOSAL: Final = f"""
SELECT x.id::text, x.entry::text FROM (
    SELECT p.* FROM progression_applications p
    WHERE p.rule_id = $1::uuid AND p.superseded_at IS NULL AND p.proposed_training_max IS NOT NULL
    ORDER BY p.at DESC LIMIT 1) x
WHERE {OPEN_PROPOSAL}
"""
_ACCEPT: Final = """
UPDATE progression_applications SET accepted_training_max_id = $2::uuid WHERE id = $1::uuid
"""


class SqlRuleHistories:
    """Histories on the bare driver, in the transaction in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def earliest_of(self, rule_ids: Collection[UUID], session_id: UUID) -> datetime | None:
        """Return the earliest place of a session in these histories."""
        row = await self._work().fetchrow(_EARLIEST, list(rule_ids), session_id)
        at: datetime | None = row["at"]
        return at

    async def begun(self, rule_ids: Collection[UUID]) -> Mapping[UUID, datetime]:
        """Return when each history begins."""
        rows = await self._work().fetch(_BEGUN, list(rule_ids))
        return {UUID(row["rule_id"]): row["at"] for row in rows}

    async def known(
        self, rule_ids: Collection[UUID], *, since: datetime
    ) -> Mapping[UUID, KnownHistory]:
        """Return each history from a moment on."""
        standing = await self._work().fetch(_STANDING, list(rule_ids), since)
        before = {UUID(row["rule_id"]): _standing(row["entry"]) for row in standing}
        entries: dict[UUID, list[StoredEntry]] = {rule_id: [] for rule_id in rule_ids}
        for row in await self._work().fetch(_KNOWN, list(rule_ids), since):
            entries[UUID(row["rule_id"])].append(_stored(row))
        return {
            rule_id: KnownHistory(standing=before.get(rule_id), entries=entries[rule_id])
            for rule_id in rule_ids
        }

    async def replace(
        self,
        superseded: Collection[UUID],
        added: Sequence[tuple[UUID, StoredEntry]],
        *,
        at: datetime,
    ) -> None:
        """Supersede some entries and add others."""
        if superseded:
            await self._work().execute(_SUPERSEDE, list(superseded), at)
        if added:
            columns = zip(*(_columns(rule_id, stored) for rule_id, stored in added), strict=True)
            await self._work().execute(_ADD, *map(list, columns), at)

    async def open_proposal(self, rule_id: UUID) -> StoredEntry | None:
        """Return the latest proposal, if it waits for an answer."""
        row = await self._work().fetchrow(_PROPOSAL, rule_id)
        if row is None:
            return None
        return StoredEntry(id=UUID(row["id"]), entry=read(Entry, row["entry"]))

    async def accept(self, application_id: UUID, training_max_id: UUID) -> None:
        """Note what came of a proposal."""
        await self._work().execute(_ACCEPT, application_id, training_max_id)


def _standing(text: str) -> Standing:
    entry = read(Entry, text)
    return Standing(state=entry.after, version=entry.version, parameters=entry.parameters)


def _stored(row: Mapping[str, Any]) -> StoredEntry:
    accepted = row["accepted_training_max_id"]
    return StoredEntry(
        id=UUID(row["id"]),
        entry=read(Entry, row["entry"]),
        accepted_training_max_id=None if accepted is None else UUID(accepted),
    )


def _columns(rule_id: UUID, stored: StoredEntry) -> tuple[object, ...]:
    entry = stored.entry
    return (
        stored.id,
        rule_id,
        entry.at,
        entry.cause.value,
        entry.session_id,
        written(entry),
        entry.proposed_training_max,
        stored.accepted_training_max_id,
    )
