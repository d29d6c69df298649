"""When a coach proposes to hand an athlete over, the athlete and the other trainer are told."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.notifications.ports import Recipients
from workout_application.notifications.service import NotificationService


class WhenTransferProposedNotifyBoth:
    """Names who it is about to each of them."""

    name: ClassVar[str] = "when_transfer_proposed_notify_both"
    queue: ClassVar[str] = "critical"
    subscribes_to: ClassVar[tuple[str, ...]] = ("coaching.transfer.proposed",)

    def __init__(self, service: NotificationService, recipients: Recipients) -> None:
        self._service, self._recipients = service, recipients

    async def react(self, message: ReceivedEvent) -> None:
        """Tell both."""
        coach = await self._recipients.name_of(message.uuid("trainer_user_id"))
        athlete = await self._recipients.name_of(message.uuid("athlete_user_id"))
        other = await self._recipients.name_of(message.uuid("new_trainer_user_id"))
        data = {
            "relation_id": message.payload["relation_id"],
            "new_trainer_id": message.payload["new_trainer_id"],
        }
        await self._service.send_to_user(
            message.uuid("athlete_user_id"),
            f"{coach} proposes that {other} coaches you from now on.",
            data=data,
        )
        await self._service.send_to_user(
            message.uuid("new_trainer_user_id"),
            f"{coach} proposes that you take over coaching {athlete}.",
            data=data,
        )
