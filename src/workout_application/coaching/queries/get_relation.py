"""A trainer or an athlete looks at one relation they take part in."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.coaching.ports import RelationReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Query, requires, signed_in


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetRelation(Query[Document]):
    """Answers with a ``RelationView``."""

    relation_id: UUID


class GetRelationHandler:
    """Reads one of the caller's relations."""

    def __init__(self, relations: RelationReader) -> None:
        self._relations = relations

    async def handle(self, query: GetRelation, actor: Actor) -> Document:
        """Read it."""
        return await self._relations.one(query.relation_id, visible_to=actor)
