"""The product tells one or more users something."""

from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_application.notifications.service import NotificationService
from workout_domain.notifications.notification import NotificationType


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class SendNotification(Command[int]):
    """Answers with how many users were told; each is told once."""

    appends: ClassVar[bool] = True

    user_ids: tuple[UUID, ...]
    message: str
    type: NotificationType = NotificationType.INFO
    data: dict[str, Any] | None = field(default=None)


class SendNotificationHandler:
    """Sends to a group; one user is a group of one."""

    def __init__(self, service: NotificationService) -> None:
        self._service = service

    async def handle(self, command: SendNotification, _actor: Actor) -> int:
        """Send."""
        sent = await self._service.send_to_group(
            command.user_ids, command.message, command.type, data=command.data
        )
        return len(sent)
