"""When a transfer is declined, the coach who proposed it is told by whom."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.notifications.ports import Recipients
from workout_application.notifications.service import NotificationService


class WhenTransferDeclinedNotifyTrainer:
    """Names the athlete or the proposed trainer."""

    name: ClassVar[str] = "when_transfer_declined_notify_trainer"
    queue: ClassVar[str] = "critical"
    subscribes_to: ClassVar[tuple[str, ...]] = ("coaching.transfer.declined",)

    def __init__(self, service: NotificationService, recipients: Recipients) -> None:
        self._service, self._recipients = service, recipients

    async def react(self, message: ReceivedEvent) -> None:
        """Tell the coach."""
        by_trainer = message.payload["by"] == "new_trainer"
        doer = message.uuid("new_trainer_user_id" if by_trainer else "athlete_user_id")
        await self._service.send_to_user(
            message.uuid("trainer_user_id"),
            f"{await self._recipients.name_of(doer)} declined the transfer you proposed.",
            data={"relation_id": message.payload["relation_id"]},
        )
