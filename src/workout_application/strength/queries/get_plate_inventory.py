"""Somebody looks at one of their plate inventories."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.strength.ports import PlateInventoryReader


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetPlateInventory(Query[Document]):
    """Answers with a ``PlateInventoryView``."""

    inventory_id: UUID


class GetPlateInventoryHandler:
    """Reads the caller's own."""

    def __init__(self, inventories: PlateInventoryReader) -> None:
        self._inventories = inventories

    async def handle(self, query: GetPlateInventory, actor: Actor) -> Document:
        """Read it."""
        return await self._inventories.one(query.inventory_id, visible_to=actor)
