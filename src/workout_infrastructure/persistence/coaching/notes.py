"""Notes of coaches: table, mapping, repository, reader."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, Index, String, Table, Uuid, select, text

from workout_application.coaching.views import NoteView
from workout_application.encoding import encode
from workout_application.messaging.documents import Document
from workout_domain.coaching.errors import NoteNotFound
from workout_domain.coaching.note import LONGEST_NOTE, CoachingNote, NoteVisibility
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.lists import Narrowing, SqlList
from workout_infrastructure.persistence.registry import (
    aggregate_columns,
    mapper_registry,
    metadata,
    reference,
    text_enum,
)
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_shared.pages import Page, PageRequest

notes = Table(
    "coaching_notes",
    metadata,
    *aggregate_columns(),
    Column("relation_id", Uuid, reference("coaching_relations.id", cascade=True), nullable=False),
    Column("text", String(LONGEST_NOTE), nullable=False),
    Column("visibility", text_enum(NoteVisibility, "visibility"), nullable=False),
)
Index(
    "ix_coaching_notes_relation_id",
    notes.c.relation_id,
    notes.c.created_at,
    notes.c.id,
    postgresql_where=text("deleted_at IS NULL"),
)


def map_notes() -> None:
    """Map notes."""
    mapper_registry.map_imperatively(
        CoachingNote, notes, version_id_col=notes.c.revision, version_id_generator=False
    )


class SqlNoteRepository:
    """Notes of the command in progress, locked as they are loaded."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    def add(self, note: CoachingNote) -> None:
        """Add a new note."""
        work = self._work()
        work.session.add(note)
        work.watch(note)

    async def of_relation(self, relation_id: UUID, note_id: UUID) -> CoachingNote:
        """Return a note of this relation."""
        work = self._work()
        note = await work.session.scalar(
            select(CoachingNote)
            .where(notes.c.id == note_id, notes.c.relation_id == relation_id)
            .with_for_update()
        )
        if note is None:
            raise NoteNotFound("No such note.")
        work.watch(note)
        return note


_COLUMNS: Final = (
    "n.id, n.relation_id, n.text, n.visibility, n.created_at, n.updated_at, n.revision"
)
_CONDITIONS: Final = {
    "relation": "n.relation_id = {0}::uuid",
    "id": "n.id = {0}::uuid",
    "shared": "n.visibility = 'shared'",
}
_SORTS: Final = {
    "created_at": "n.created_at, n.id",
    "-created_at": "n.created_at DESC, n.id DESC",
    "updated_at": "n.updated_at, n.id",
    "-updated_at": "n.updated_at DESC, n.id DESC",
}


class SqlNoteReader:
    """Reads notes of a relation; who takes part in it is found out before."""

    def __init__(self, pool: DriverPool) -> None:
        self._list = SqlList(
            pool,
            columns=_COLUMNS,
            table="coaching_notes",
            alias="n",
            newest_by="created_at",
            sorts=_SORTS,
            conditions=_CONDITIONS,
            shown=_shown,
        )

    async def page(
        self, relation_id: UUID, request: PageRequest, *, shared_only: bool
    ) -> Page[bytes]:
        """Return ``NoteView`` items, newest first unless sorted otherwise."""
        return await self._list.page(_of(relation_id, shared_only=shared_only), request)

    async def one(self, relation_id: UUID, note_id: UUID, *, shared_only: bool) -> Document:
        """Return a ``NoteView``."""
        narrowing = (*_of(relation_id, shared_only=shared_only), ("id", (note_id,)))
        row = await self._list.one(narrowing, _COLUMNS)
        if row is None:
            raise NoteNotFound("No such note.")
        return Document(_shown(row), row["revision"])


def _of(relation_id: UUID, *, shared_only: bool) -> Narrowing:
    of_relation: Narrowing = (("relation", (relation_id,)),)
    return (*of_relation, ("shared", ())) if shared_only else of_relation


def _shown(row: Mapping[str, Any]) -> bytes:
    return encode(NoteView(**row))
