"""Somebody looks through their plate inventories."""

from dataclasses import dataclass, field

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.strength.ports import PlateInventoryReader
from workout_shared.pages import Page, PageRequest


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlateInventories(Query[Page[bytes]]):
    """Answers with ``PlateInventoryView`` items, by name unless sorted otherwise."""

    page: PageRequest = field(default_factory=lambda: PageRequest(sort="name"))


class ListPlateInventoriesHandler:
    """Reads the caller's own."""

    def __init__(self, inventories: PlateInventoryReader) -> None:
        self._inventories = inventories

    async def handle(self, query: ListPlateInventories, actor: Actor) -> Page[bytes]:
        """Read them."""
        return await self._inventories.page(query.page, visible_to=actor)
