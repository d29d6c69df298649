"""A trainer looks at one of their groups."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.coaching.ports import GroupReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Query, requires, trainer


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetGroup(Query[Document]):
    """Answers with a ``GroupView``."""

    group_id: UUID


class GetGroupHandler:
    """Reads one of the trainer's own groups."""

    def __init__(self, groups: GroupReader) -> None:
        self._groups = groups

    async def handle(self, query: GetGroup, actor: Actor) -> Document:
        """Read it."""
        return await self._groups.one(query.group_id, visible_to=actor)
