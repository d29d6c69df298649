"""A user throws a notification away."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.notifications.repositories import NotificationRepository
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteNotification(Command[None]):
    """Gone from the list and the count."""

    appends: ClassVar[bool] = True

    notification_id: UUID
    expected_revision: int | None = None


class DeleteNotificationHandler:
    """Deletes the caller's own notifications only."""

    def __init__(self, notifications: NotificationRepository, clock: Clock) -> None:
        self._notifications, self._clock = notifications, clock

    async def handle(self, command: DeleteNotification, actor: Actor) -> None:
        """Delete it."""
        notification = await self._notifications.of_user(actor.id, command.notification_id)
        expect_revision(notification, command.expected_revision)
        notification.delete(at=self._clock.now())
        await self._notifications.keep(notification)
