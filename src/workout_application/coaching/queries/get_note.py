"""Somebody of a relation looks at one of its notes."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.coaching.ports import NoteReader, RelationReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Query, requires, signed_in
from workout_domain.coaching.relation import Side


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetNote(Query[Document]):
    """Answers with a ``NoteView``; what is not shared does not exist for the athlete."""

    relation_id: UUID
    note_id: UUID


class GetNoteHandler:
    """Reads one note of the caller's own relations."""

    def __init__(self, relations: RelationReader, notes: NoteReader) -> None:
        self._relations, self._notes = relations, notes

    async def handle(self, query: GetNote, actor: Actor) -> Document:
        """Read it."""
        side = await self._relations.side(query.relation_id, visible_to=actor)
        return await self._notes.one(
            query.relation_id, query.note_id, shared_only=side is Side.ATHLETE
        )
