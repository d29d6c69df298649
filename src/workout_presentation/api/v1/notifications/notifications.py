"""One's own notifications."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from workout_application.notifications.commands.delete_notification import (
    DeleteNotification,
)
from workout_application.notifications.commands.read_all_notifications import (
    ReadAllNotifications,
)
from workout_application.notifications.commands.read_notification import (
    ReadNotification,
)
from workout_application.notifications.queries.count_unread_notifications import (
    CountUnreadNotifications,
)
from workout_application.notifications.views import (
    NotificationView,
    ReadAllView,
    UnreadCountView,
)
from workout_presentation.api.door import FromDoor
from workout_presentation.api.envelope import (
    Envelope,
    PageEnvelope,
    envelope,
    nothing,
    page_envelope,
)
from workout_presentation.api.operations import answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.notifications.models import NotificationListQuery

notifications = router("/notifications", tag="Notifications")


@notifications.get(
    "", **answers(200, PageEnvelope[NotificationView], 401, query=NotificationListQuery)
)
async def list_notifications(request: Request, door: FromDoor) -> Response:
    """List what you were told, newest first."""
    query = read_query(NotificationListQuery, request)
    page = await door.ask(query.to_query())
    return page_envelope(request, page)


@notifications.get("/unread-count", **answers(200, Envelope[UnreadCountView], 401))
async def count_unread_notifications(door: FromDoor) -> Response:
    """Count what you have not read."""
    unread = await door.ask(CountUnreadNotifications())
    return envelope(unread)


@notifications.post(
    "/{notification_id}/read", **answers(200, Envelope[NotificationView], 401, 404, 412, 422)
)
async def read_notification(notification_id: UUID, door: FromDoor) -> Response:
    """Mark one notification as read."""
    command = ReadNotification(
        notification_id=notification_id, expected_revision=door.expected_revision()
    )
    return await door.tell(
        command, lambda notification: envelope(notification, etag=notification.revision)
    )


@notifications.post("/read-all", **answers(200, Envelope[ReadAllView], 401, 422))
async def read_all_notifications(door: FromDoor) -> Response:
    """Mark all your notifications as read."""
    return await door.tell(ReadAllNotifications(), envelope)


@notifications.delete("/{notification_id}", **answers(204, None, 401, 404, 412))
async def delete_notification(notification_id: UUID, door: FromDoor) -> Response:
    """Throw one notification away."""
    command = DeleteNotification(
        notification_id=notification_id, expected_revision=door.expected_revision()
    )
    return await door.tell(command, lambda _: nothing())
