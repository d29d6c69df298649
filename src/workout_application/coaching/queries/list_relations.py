"""Trainers and athletes look through the relations they take part in."""

from dataclasses import dataclass, field

from workout_application.coaching.ports import RelationReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_domain.coaching.relation import RelationStatus
from workout_shared.pages import Page, PageRequest


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListRelations(Query[Page[bytes]]):
    """Answers with ``RelationView`` items, newest first unless sorted otherwise."""

    page: PageRequest = field(default_factory=PageRequest)
    status: RelationStatus | None = None


class ListRelationsHandler:
    """Reads the caller's relations of both sides."""

    def __init__(self, relations: RelationReader) -> None:
        self._relations = relations

    async def handle(self, query: ListRelations, actor: Actor) -> Page[bytes]:
        """Read them."""
        return await self._relations.page(query.page, status=query.status, visible_to=actor)
