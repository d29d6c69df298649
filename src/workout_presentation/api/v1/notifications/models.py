"""What clients ask of their notifications."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from workout_application.notifications.queries.list_notifications import (
    ListNotifications,
)
from workout_shared.pages import DEFAULT_LIMIT, MAXIMUM_PAGE_SIZE, CursorRequest


class NotificationListQuery(BaseModel):
    """Which notifications are asked for, and where to go on."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    unread: bool | None = Field(
        default=None, description="`true`: unread only; `false`: read only."
    )
    cursor: Annotated[str, StringConstraints(max_length=500)] | None = None
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MAXIMUM_PAGE_SIZE)

    def to_query(self) -> ListNotifications:
        """Make the query."""
        page = CursorRequest(cursor=self.cursor or None, limit=self.limit)
        return ListNotifications(page=page, unread=self.unread)
