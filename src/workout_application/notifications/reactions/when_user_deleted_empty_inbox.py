"""When somebody deletes their account, what they were told is deleted."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.notifications.ports import Inboxes


class WhenUserDeletedEmptyInbox:
    """Other people's inboxes stay as they are."""

    name: ClassVar[str] = "when_user_deleted_empty_inbox"
    queue: ClassVar[str] = "default"
    subscribes_to: ClassVar[tuple[str, ...]] = ("user.deleted",)

    def __init__(self, inboxes: Inboxes) -> None:
        self._inboxes = inboxes

    async def react(self, message: ReceivedEvent) -> None:
        """Delete it."""
        await self._inboxes.empty(message.uuid("user_id"))
