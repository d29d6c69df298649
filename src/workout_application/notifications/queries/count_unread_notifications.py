"""A user asks how many notifications wait for them."""

from dataclasses import dataclass

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.notifications.ports import NotificationReader
from workout_application.notifications.views import UnreadCountView


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class CountUnreadNotifications(Query[UnreadCountView]):
    """Answers with the number."""


class CountUnreadNotificationsHandler:
    """Counts the caller's own notifications."""

    def __init__(self, notifications: NotificationReader) -> None:
        self._notifications = notifications

    async def handle(self, _query: CountUnreadNotifications, actor: Actor) -> UnreadCountView:
        """Count."""
        return UnreadCountView(count=await self._notifications.unread_count(visible_to=actor))
