"""The few events that leave a line: which, at what level, and with which fields."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from workout_domain.identity.events import SignInsLockedOut, UserRegistered
from workout_infrastructure.observability.event_log import EventLog

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.requirement("IAM-24")
def test_a_lock_out_is_a_warning_that_names_account_and_address() -> None:
    event = SignInsLockedOut(
        occurred_at=NOON, user_id=UUID(int=7), ip_address="192.0.2.7", locked_until=NOON
    )

    with capture_logs() as lines:
        EventLog().committed(event, correlation_id="abc")

    assert lines == [
        {
            "event": "suspicious sign-ins locked out",
            "log_level": "warning",
            "correlation_id": "abc",
            "user_id": str(UUID(int=7)),
            "ip_address": "192.0.2.7",
        }
    ]


def test_most_events_leave_none() -> None:
    with capture_logs() as lines:
        EventLog().committed(
            UserRegistered(occurred_at=NOON, user_id=UUID(int=7)), correlation_id="abc"
        )

    assert lines == []
