"""When somebody deletes their account, their plate inventories are deleted."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.strength.ports import OwnedInventories


class WhenUserDeletedErasePlateInventories:
    """Nobody else's plates are touched."""

    name: ClassVar[str] = "when_user_deleted_erase_plate_inventories"
    queue: ClassVar[str] = "default"
    subscribes_to: ClassVar[tuple[str, ...]] = ("user.deleted",)

    def __init__(self, inventories: OwnedInventories) -> None:
        self._inventories = inventories

    async def react(self, message: ReceivedEvent) -> None:
        """Delete them."""
        await self._inventories.erase(message.uuid("user_id"))
