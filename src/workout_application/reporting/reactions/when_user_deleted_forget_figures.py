"""When somebody deletes their account, no figure of theirs is kept, and no report made for them."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.reporting.ports import AnalyticsShelf, MonthlyReports


class WhenUserDeletedForgetFigures:
    """Also out of the reports that were made for others."""

    name: ClassVar[str] = "when_user_deleted_forget_figures"
    queue: ClassVar[str] = "default"
    subscribes_to: ClassVar[tuple[str, ...]] = ("user.deleted",)

    def __init__(self, reports: MonthlyReports, shelf: AnalyticsShelf) -> None:
        self._reports, self._shelf = reports, shelf

    async def react(self, message: ReceivedEvent) -> None:
        """Drop them."""
        athlete_id = message.optional_uuid("athlete_id")
        await self._reports.forget(
            trainer_id=message.optional_uuid("trainer_id"), athlete_id=athlete_id
        )
        if athlete_id is not None:
            await self._shelf.forget(athlete_id)
