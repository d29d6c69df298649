"""Collections of strength's aggregates."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from workout_domain.strength.plate_inventory import PlateInventory


class PlateInventoryRepository(Protocol):
    """All plate inventories."""

    def add(self, inventory: PlateInventory, /) -> None:
        """Add a new inventory."""
        ...

    async def of_user(self, user_id: UUID, inventory_id: UUID, /) -> PlateInventory:
        """
        Return a user's own inventory.

        Raises:
            PlateInventoryNotFound: there is none, or it is somebody else's.
        """
        ...

    async def hold(self, user_id: UUID, /) -> bool:
        """Make other changes of the user's inventories wait; tell whether there is one already."""
        ...

    async def clear_default(self, user_id: UUID, /, *, at: datetime) -> None:
        """Let the user's default inventory make way for another one."""
        ...
