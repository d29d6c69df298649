"""A notification: what it says, and that it is read once."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from workout_domain.kernel.errors import Invalid
from workout_domain.notifications.notification import Notification, NotificationType

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

pytestmark = pytest.mark.requirement("NTF-07")


def a_notification(message: str = "Well done.") -> Notification:
    return Notification(
        notification_id=uuid4(),
        user_id=uuid4(),
        message=message,
        type=NotificationType.SUCCESS,
        at=NOON,
    )


def test_a_new_notification_is_unread() -> None:
    assert not a_notification().is_read


def test_reading_again_keeps_the_first_time() -> None:
    notification = a_notification()

    notification.read(at=NOON)
    revision = notification.revision
    notification.read(at=NOON + timedelta(hours=1))

    assert (notification.read_at, notification.revision) == (NOON, revision)


def test_a_notification_says_something() -> None:
    with pytest.raises(Invalid):
        a_notification("  ")


def test_the_types_are_those_of_the_matrix() -> None:
    assert [member.value for member in NotificationType] == [
        "info",
        "success",
        "warning",
        "error",
        "workout_assigned",
        "workout_reminder",
        "progress_update",
        "competition_reminder",
        "message",
        "job",
    ]
