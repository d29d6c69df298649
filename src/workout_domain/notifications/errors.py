"""Why notifications refuse."""

from workout_domain.kernel.errors import NotFound


class NotificationNotFound(NotFound):
    """There is no such notification, or it is somebody else's."""

    code = "notification_not_found"
