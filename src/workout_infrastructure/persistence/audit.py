"""The audit log: security events, written in the transaction that brought them about."""

from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index, String, Table, Text, Uuid

from workout_application.messaging.actor import Actor
from workout_application.messaging.origin import origin
from workout_infrastructure.persistence.outbox import Recorded, payload_of
from workout_infrastructure.persistence.registry import Instant, metadata

# No references: what somebody did outlives the account.
audit_log = Table(
    "audit_log",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("occurred_at", Instant, nullable=False),
    Column("action", Text, nullable=False),
    Column("actor_id", Uuid),
    Column("subject_id", Uuid, nullable=False),
    Column("ip_address", String(45)),
    Column("correlation_id", Text, nullable=False),
    Column("details", JSON, nullable=False),
)
Index("ix_audit_log_occurred_at", audit_log.c.occurred_at)
Index("ix_audit_log_actor_id", audit_log.c.actor_id, audit_log.c.occurred_at)
Index("ix_audit_log_subject_id", audit_log.c.subject_id, audit_log.c.occurred_at)

INSERT_ENTRIES = """
INSERT INTO audit_log
    (id, occurred_at, action, actor_id, subject_id, ip_address, correlation_id, details)
SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::uuid[], $5::uuid[],
                     $6::text[], $7::text[], $8::json[])
"""


def audit_rows(records: list[Recorded], ids: list[UUID], actor: Actor) -> tuple[list[Any], ...]:
    """Lay security events out as the columns ``INSERT_ENTRIES`` takes."""
    events = [record.event for record in records]
    address = origin.get().ip_address
    return (
        ids,
        [event.occurred_at for event in events],
        [event.kind for event in events],
        [actor.user_id] * len(events),
        [event.aggregate_id for event in events],
        [address] * len(events),
        [record.correlation_id for record in records],
        [payload_of(event).decode() for event in events],
    )
