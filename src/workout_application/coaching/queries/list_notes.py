"""Those of a relation look through its notes: the coach all, the athlete the shared ones."""

from dataclasses import dataclass, field
from uuid import UUID

from workout_application.coaching.ports import NoteReader, RelationReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_domain.coaching.relation import Side
from workout_shared.pages import Page, PageRequest


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListNotes(Query[Page[bytes]]):
    """Answers with ``NoteView`` items, newest first unless sorted otherwise."""

    relation_id: UUID
    page: PageRequest = field(default_factory=PageRequest)


class ListNotesHandler:
    """Reads notes of the caller's own relations, also after their end."""

    def __init__(self, relations: RelationReader, notes: NoteReader) -> None:
        self._relations, self._notes = relations, notes

    async def handle(self, query: ListNotes, actor: Actor) -> Page[bytes]:
        """Read them."""
        side = await self._relations.side(query.relation_id, visible_to=actor)
        return await self._notes.page(
            query.relation_id, query.page, shared_only=side is Side.ATHLETE
        )
