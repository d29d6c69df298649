"""A trainer looks through their groups."""

from dataclasses import dataclass, field

from workout_application.coaching.ports import GroupReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, trainer
from workout_shared.pages import Page, PageRequest


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListGroups(Query[Page[bytes]]):
    """Answers with ``GroupView`` items, by name unless sorted otherwise."""

    page: PageRequest = field(default_factory=lambda: PageRequest(sort="name"))


class ListGroupsHandler:
    """Reads the trainer's own groups."""

    def __init__(self, groups: GroupReader) -> None:
        self._groups = groups

    async def handle(self, query: ListGroups, actor: Actor) -> Page[bytes]:
        """Read them."""
        return await self._groups.page(query.page, visible_to=actor)
