"""Answers about notifications, as clients see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from workout_domain.notifications.notification import Notification


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationView:
    """A notification; ``data`` holds ids and figures that fit its ``type``."""

    id: UUID
    message: str
    type: str
    data: dict[str, Any] | None
    created_at: datetime
    read_at: datetime | None
    revision: int

    @classmethod
    def of(cls, notification: Notification) -> "NotificationView":
        """Show a notification."""
        return cls(
            id=notification.id,
            message=notification.message,
            type=notification.type.value,
            data=notification.data,
            created_at=notification.created_at,
            read_at=notification.read_at,
            revision=notification.revision,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadCountView:
    """How many notifications are unread."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAllView:
    """How many notifications are unread now (none), and how many were."""

    count: int
    marked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PushedNotification:
    """The payload of ``ReceiveNotification``; ``timestamp`` is when it was made."""

    id: UUID
    message: str
    type: str
    timestamp: datetime
