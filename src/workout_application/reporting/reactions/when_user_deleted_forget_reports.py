"""When somebody deletes their account, their figures and records go."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.reporting.ports import ReportFolding


class WhenUserDeletedForgetReports:
    """Deletes them; an account that is gone is folded no more."""

    name: ClassVar[str] = "when_user_deleted_forget_reports"
    queue: ClassVar[str] = "default"
    subscribes_to: ClassVar[tuple[str, ...]] = ("user.deleted",)

    def __init__(self, folding: ReportFolding) -> None:
        self._folding = folding

    async def react(self, message: ReceivedEvent) -> None:
        """Delete them."""
        await self._folding.forget(message.uuid("user_id"))
