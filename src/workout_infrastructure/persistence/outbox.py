"""Events leave through here: written with the state they tell of, relayed after the commit."""

from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)

from workout_application.encoding import encode
from workout_application.messaging.actor import Actor
from workout_application.messaging.correlation import causation_id, correlation_id
from workout_domain.kernel.events import DomainEvent
from workout_infrastructure.persistence.registry import Instant, metadata

outbox_messages = Table(
    "outbox_messages",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("version", SmallInteger, nullable=False),
    Column("aggregate_id", Uuid, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("actor_id", Uuid),
    Column("correlation_id", Text, nullable=False),
    Column("causation_id", Text),
    Column("occurred_at", Instant, nullable=False),
    Column("relayed_at", Instant),
)
Index(
    "ix_outbox_messages_unrelayed",
    outbox_messages.c.id,
    postgresql_where=text("relayed_at IS NULL"),
)

# `available_at` says when an entry is handed out again, `not_before` until when a failed one rests:
# a first delivery comes before the former, a retry never before the latter.
inbox_entries = Table(
    "inbox_entries",
    metadata,
    Column("subscriber", Text, nullable=False),
    Column("message_id", Uuid, nullable=False),
    Column("status", Text, nullable=False, server_default="pending"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("available_at", Instant, nullable=False),
    Column("not_before", Instant),
    Column("finished_at", Instant),
    Column("last_error", Text),
    PrimaryKeyConstraint("subscriber", "message_id"),
)
Index(
    "ix_inbox_entries_pending",
    inbox_entries.c.available_at,
    postgresql_where=text("status = 'pending'"),
)
Index("ix_inbox_entries_message_id", inbox_entries.c.message_id)

INSERT_MESSAGES = """
INSERT INTO outbox_messages
    (id, kind, version, aggregate_id, payload, actor_id, correlation_id, causation_id, occurred_at)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::smallint[], $4::uuid[], $5::json[],
                     $6::uuid[], $7::text[], $8::text[], $9::timestamptz[])
"""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with the request, and perhaps the event, that brought it about."""

    event: DomainEvent
    correlation_id: str
    causation_id: str | None


def recorded(event: DomainEvent) -> Recorded:
    """
    Tie an event to what is being handled now.

    Now, not at the commit: one unit of work may react to the events of many requests.
    """
    return Recorded(event, correlation_id.get(), causation_id.get())


def message_rows(records: list[Recorded], ids: list[UUID], actor: Actor) -> tuple[list[Any], ...]:
    """Lay events out as the columns ``INSERT_MESSAGES`` takes."""
    events = [record.event for record in records]
    return (
        ids,
        [event.kind for event in events],
        [event.version for event in events],
        [event.aggregate_id for event in events],
        [payload_of(event).decode() for event in events],
        [actor.user_id] * len(events),
        [record.correlation_id for record in records],
        [record.causation_id for record in records],
        [event.occurred_at for event in events],
    )


def payload_of(event: DomainEvent) -> bytes:
    """Encode the event's own fields; ``occurred_at`` stands in the envelope."""
    return encode(
        {
            field.name: getattr(event, field.name)
            for field in fields(event)
            if field.name != "occurred_at"
        }
    )
