"""When an athlete accepts an invitation, the trainer is told."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.notifications.ports import Recipients
from workout_application.notifications.service import NotificationService
from workout_domain.notifications.notification import NotificationType


class WhenInvitationAcceptedNotifyTrainer:
    """Names the athlete."""

    name: ClassVar[str] = "when_invitation_accepted_notify_trainer"
    queue: ClassVar[str] = "critical"
    subscribes_to: ClassVar[tuple[str, ...]] = ("coaching.invitation.accepted",)

    def __init__(self, service: NotificationService, recipients: Recipients) -> None:
        self._service, self._recipients = service, recipients

    async def react(self, message: ReceivedEvent) -> None:
        """Tell the trainer."""
        athlete = await self._recipients.name_of(message.uuid("athlete_user_id"))
        await self._service.send_to_user(
            message.uuid("trainer_user_id"),
            f"{athlete} accepted your invitation.",
            NotificationType.SUCCESS,
            data={
                "invitation_id": message.payload["invitation_id"],
                "relation_id": message.payload["relation_id"],
                "athlete_id": message.payload["athlete_id"],
            },
        )
