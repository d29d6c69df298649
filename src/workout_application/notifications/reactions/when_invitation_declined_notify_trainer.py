"""When an invitation is declined, the trainer is told; not by whom, who may be a stranger."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.notifications.service import NotificationService


class WhenInvitationDeclinedNotifyTrainer:
    """Names the invitation only."""

    name: ClassVar[str] = "when_invitation_declined_notify_trainer"
    queue: ClassVar[str] = "critical"
    subscribes_to: ClassVar[tuple[str, ...]] = ("coaching.invitation.declined",)

    def __init__(self, service: NotificationService) -> None:
        self._service = service

    async def react(self, message: ReceivedEvent) -> None:
        """Tell the trainer."""
        await self._service.send_to_user(
            message.uuid("trainer_user_id"),
            "Your invitation was declined.",
            data={"invitation_id": message.payload["invitation_id"]},
        )
