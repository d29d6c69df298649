"""A user has seen all their notifications."""

from dataclasses import dataclass
from typing import ClassVar

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.notifications.views import ReadAllView
from workout_domain.notifications.repositories import NotificationRepository
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAllNotifications(Command[ReadAllView]):
    """Answers with the new count of unread ones, and how many were marked."""

    appends: ClassVar[bool] = True


class ReadAllNotificationsHandler:
    """Marks the caller's own notifications only."""

    def __init__(self, notifications: NotificationRepository, clock: Clock) -> None:
        self._notifications, self._clock = notifications, clock

    async def handle(self, _command: ReadAllNotifications, actor: Actor) -> ReadAllView:
        """Mark them."""
        marked = await self._notifications.read_all(actor.id, at=self._clock.now())
        return ReadAllView(count=0, marked=marked)
