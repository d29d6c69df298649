"""A notification: one message to one user, kept until they have seen it and after."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.guards import required_text

LONGEST_MESSAGE: Final = 2000


class NotificationType(StrEnum):
    """What a notification is about, so that a client can show it fittingly."""

    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"
    WORKOUT_ASSIGNED = "workout_assigned"
    WORKOUT_REMINDER = "workout_reminder"
    PROGRESS_UPDATE = "progress_update"
    COMPETITION_REMINDER = "competition_reminder"
    MESSAGE = "message"
    JOB = "job"


class Notification(Aggregate):
    """
    What one user was told.

    ``data`` holds ids and figures for clients that want to lead the user somewhere. It records
    no events: it is itself the consequence of one, and nobody reacts to it.
    """

    def __init__(
        self,
        *,
        notification_id: UUID,
        user_id: UUID,
        message: str,
        type: NotificationType,  # noqa: A002 - the contract's word
        data: Mapping[str, Any] | None = None,
        at: datetime,
    ) -> None:
        super().__init__(at=at)
        self.id = notification_id
        self.user_id = user_id
        self.message = required_text(message, field="message", longest=LONGEST_MESSAGE)
        self.type = type
        self.data = dict(data) if data is not None else None
        self.read_at: datetime | None = None

    @property
    def is_read(self) -> bool:
        """Whether its user has seen it."""
        return self.read_at is not None

    def read(self, *, at: datetime) -> None:
        """Note that its user has seen it; seeing it again changes nothing."""
        if self.read_at is None:
            self.read_at = at
            self._touch(at=at)

    def delete(self, *, at: datetime) -> None:
        """Throw it away, read or not."""
        self.deleted_at = at
        self._touch(at=at)
