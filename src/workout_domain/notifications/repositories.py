"""The collection of all notifications."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from workout_domain.notifications.notification import Notification


class NotificationRepository(Protocol):
    """All notifications."""

    async def add(self, notification: Notification, /) -> None:
        """Add a new notification."""
        ...

    async def of_user(self, user_id: UUID, notification_id: UUID, /) -> Notification:
        """
        Return a notification of this user, locked.

        Raises:
            NotificationNotFound: this user has no such notification.
        """
        ...

    async def keep(self, notification: Notification, /) -> None:
        """Write back what changed."""
        ...

    async def read_all(self, user_id: UUID, /, *, at: datetime) -> int:
        """Note that this user has seen everything; return how many were unread."""
        ...
