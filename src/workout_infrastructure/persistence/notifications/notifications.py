"""Notifications: table, repository on the bare driver, reader."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, String, Table, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from workout_application.encoding import decode, encode, raw
from workout_application.messaging.actor import Actor
from workout_application.notifications.views import NotificationView
from workout_domain.notifications.errors import NotificationNotFound
from workout_domain.notifications.notification import (
    LONGEST_MESSAGE,
    Notification,
    NotificationType,
)
from workout_infrastructure.persistence.cursors import read_instant_cursor
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.registry import (
    Instant,
    aggregate_columns,
    metadata,
    reference,
    text_enum,
)
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_shared.pages import (
    CursorRequest,
    CursorSlice,
    encode_cursor,
)

notifications = Table(
    "notifications",
    metadata,
    *aggregate_columns(),
    Column("user_id", Uuid, reference("users.id", cascade=True), nullable=False),
    Column("message", String(LONGEST_MESSAGE), nullable=False),
    Column("type", text_enum(NotificationType, "type"), nullable=False),
    Column("data", JSONB),
    Column("read_at", Instant),
)
Index(
    "ix_notifications_user_id",
    notifications.c.user_id,
    notifications.c.created_at,
    notifications.c.id,
)
Index(
    "ix_notifications_unread",
    notifications.c.user_id,
    notifications.c.created_at,
    notifications.c.id,
    postgresql_where=text("read_at IS NULL AND deleted_at IS NULL"),
)

_ADD = """
INSERT INTO notifications
    (id, revision, created_at, updated_at, user_id, message, type, data, read_at)
VALUES ($1::uuid, $2::integer, $3::timestamptz, $4::timestamptz, $5::uuid, $6::text, $7::text,
        $8::jsonb, $9::timestamptz)
"""
_OF_USER = """
SELECT revision, created_at, updated_at, message, type, data::text AS data, read_at
FROM notifications WHERE user_id = $1::uuid AND id = $2::uuid AND deleted_at IS NULL FOR UPDATE
"""
_KEEP = """
UPDATE notifications SET revision = $2::integer, updated_at = $3::timestamptz,
       read_at = $4::timestamptz, deleted_at = $5::timestamptz
WHERE id = $1::uuid
"""
_READ_ALL = """
WITH marked AS (
    UPDATE notifications SET read_at = $2::timestamptz, updated_at = $2::timestamptz,
           revision = revision + 1
    WHERE user_id = $1::uuid AND read_at IS NULL AND deleted_at IS NULL RETURNING 1)
SELECT count(*) FROM marked
"""


class SqlNotificationRepository:
    """Notifications of the transaction in progress; no mapper, since reactions write in bulk."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def add(self, notification: Notification) -> None:
        """Add a new notification."""
        await self._work().execute(
            _ADD,
            notification.id,
            notification.revision,
            notification.created_at,
            notification.updated_at,
            notification.user_id,
            notification.message,
            notification.type.value,
            _written(notification.data),
            notification.read_at,
        )

    async def of_user(self, user_id: UUID, notification_id: UUID) -> Notification:
        """Return a notification of this user, locked."""
        row = await self._work().fetchrow(_OF_USER, user_id, notification_id)
        if row is None:
            raise NotificationNotFound("No such notification.")
        notification = Notification(
            notification_id=notification_id,
            user_id=user_id,
            message=row["message"],
            type=NotificationType(row["type"]),
            data=None if row["data"] is None else decode(row["data"]),
            at=row["created_at"],
        )
        notification.revision, notification.updated_at = row["revision"], row["updated_at"]
        notification.read_at = row["read_at"]
        return notification

    async def keep(self, notification: Notification) -> None:
        """Write back what changed."""
        await self._work().execute(
            _KEEP,
            notification.id,
            notification.revision,
            notification.updated_at,
            notification.read_at,
            notification.deleted_at,
        )

    async def read_all(self, user_id: UUID, *, at: datetime) -> int:
        """Note that this user has seen everything."""
        row = await self._work().fetchrow(_READ_ALL, user_id, at)
        return int(row["count"])


_EMPTY = "DELETE FROM notifications WHERE user_id = $1::uuid"


class SqlInboxes:
    """Everything users were told, inside the reaction in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def empty(self, user_id: UUID) -> None:
        """Delete all a user was told."""
        await self._work().execute(_EMPTY, user_id)


# Parameters: $1 user, $2 and $3 position of the last item shown, $4 limit.
_SLICE = """
SELECT id, message, type, data::text AS data, created_at, read_at, revision FROM notifications
WHERE user_id = $1::uuid AND deleted_at IS NULL{condition}
AND ($2::timestamptz IS NULL OR (created_at, id) < ($2, $3::uuid))
ORDER BY created_at DESC, id DESC LIMIT $4
"""
_SLICES = {
    None: _SLICE.format(condition=""),
    True: _SLICE.format(condition=" AND read_at IS NULL"),
    False: _SLICE.format(condition=" AND read_at IS NOT NULL"),
}
_UNREAD = """
SELECT count(*) AS count FROM notifications
WHERE user_id = $1::uuid AND read_at IS NULL AND deleted_at IS NULL
"""


class SqlNotificationReader:
    """Reads a user's own notifications."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def slice(
        self, request: CursorRequest, *, unread: bool | None, visible_to: Actor
    ) -> CursorSlice[bytes]:
        """Return ``NotificationView`` items, newest first."""
        rows = await self._pool.fetch(
            _SLICES[unread], visible_to.id, *_position(request.cursor), request.limit + 1
        )
        shown = rows[: request.limit]
        has_more = len(rows) > request.limit
        last = shown[-1] if shown else None
        return CursorSlice(
            items=[_shown(row) for row in shown],
            limit=request.limit,
            next_cursor=(
                encode_cursor(last["created_at"].isoformat(), last["id"])
                if has_more and last is not None
                else None
            ),
        )

    async def unread_count(self, *, visible_to: Actor) -> int:
        """Count what the actor has not read."""
        row = await self._pool.fetchrow(_UNREAD, visible_to.id)
        return int(row["count"])


def _position(cursor: str | None) -> tuple[datetime | None, UUID | None]:
    return read_instant_cursor(cursor) if cursor else (None, None)


def _written(data: Mapping[str, Any] | None) -> str | None:
    return None if data is None else encode(data).decode()


def _shown(row: Any) -> bytes:  # noqa: ANN401 - asyncpg's record
    fields = dict(row)
    if fields["data"] is not None:
        fields["data"] = raw(fields["data"])
    return encode(NotificationView(**fields))
