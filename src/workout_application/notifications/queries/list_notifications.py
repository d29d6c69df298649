"""A user looks through what they were told."""

from dataclasses import dataclass, field

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.notifications.ports import NotificationReader
from workout_shared.pages import CursorRequest, CursorSlice


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListNotifications(Query[CursorSlice[bytes]]):
    """Answers with ``NotificationView`` items, newest first; ``unread`` keeps one kind only."""

    page: CursorRequest = field(default_factory=CursorRequest)
    unread: bool | None = None


class ListNotificationsHandler:
    """Reads the caller's own notifications."""

    def __init__(self, notifications: NotificationReader) -> None:
        self._notifications = notifications

    async def handle(self, query: ListNotifications, actor: Actor) -> CursorSlice[bytes]:
        """Read them."""
        return await self._notifications.slice(query.page, unread=query.unread, visible_to=actor)
