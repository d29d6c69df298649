"""When an athlete agrees to be handed over, both trainers are told."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.notifications.ports import Recipients
from workout_application.notifications.service import NotificationService
from workout_domain.notifications.notification import NotificationType


class WhenTransferAcceptedNotifyTrainers:
    """Names the athlete, and to the former coach also the new one."""

    name: ClassVar[str] = "when_transfer_accepted_notify_trainers"
    queue: ClassVar[str] = "critical"
    subscribes_to: ClassVar[tuple[str, ...]] = ("coaching.transfer.accepted",)

    def __init__(self, service: NotificationService, recipients: Recipients) -> None:
        self._service, self._recipients = service, recipients

    async def react(self, message: ReceivedEvent) -> None:
        """Tell both."""
        athlete = await self._recipients.name_of(message.uuid("athlete_user_id"))
        other = await self._recipients.name_of(message.uuid("new_trainer_user_id"))
        await self._service.send_to_user(
            message.uuid("trainer_user_id"),
            f"{athlete} is coached by {other} from now on.",
            data={"relation_id": message.payload["relation_id"]},
        )
        await self._service.send_to_user(
            message.uuid("new_trainer_user_id"),
            f"{athlete} is coached by you from now on.",
            NotificationType.SUCCESS,
            data={
                "relation_id": message.payload["new_relation_id"],
                "athlete_id": message.payload["athlete_id"],
            },
        )
