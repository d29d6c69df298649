"""The two ends of delivery in SQL: from the outbox to each inbox, and out of an inbox once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from workout_application.encoding import decode
from workout_application.messaging.reactions import ReceivedEvent
from workout_application.platform.ports import ParkedEvent
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.unit_of_work import SqlUnitOfWork, current_work

LEASE: Final = timedelta(seconds=30)
KEPT: Final = timedelta(days=7)
MOST_ATTEMPTS: Final = 5
LONGEST_ERROR: Final = 2000

# One statement is one transaction: a message is marked if and only if its entries exist.
_RELAY = """
WITH batch AS (
    SELECT id, kind FROM outbox_messages WHERE relayed_at IS NULL
    ORDER BY id LIMIT $5 FOR UPDATE SKIP LOCKED
), marked AS (
    UPDATE outbox_messages o SET relayed_at = $1::timestamptz FROM batch WHERE o.id = batch.id
), routed AS (
    INSERT INTO inbox_entries (subscriber, message_id, available_at)
    SELECT route.subscriber, batch.id, $2::timestamptz
    FROM batch JOIN unnest($3::text[], $4::text[]) AS route (subscriber, kind)
    ON route.kind = batch.kind
    ON CONFLICT DO NOTHING RETURNING subscriber, message_id
)
SELECT NULL AS subscriber, NULL AS message_ids, count(*) AS total FROM batch
UNION ALL
SELECT subscriber, array_agg(message_id ORDER BY message_id), 0 FROM routed GROUP BY subscriber
"""
_OVERDUE = """
WITH due AS (
    SELECT subscriber, message_id FROM inbox_entries
    WHERE status = 'pending' AND available_at <= $1::timestamptz AND subscriber = ANY ($3::text[])
    ORDER BY available_at LIMIT $4 FOR UPDATE SKIP LOCKED
)
UPDATE inbox_entries e SET available_at = $2::timestamptz FROM due
WHERE e.subscriber = due.subscriber AND e.message_id = due.message_id
RETURNING e.subscriber, e.message_id
"""
_OLDEST = """
SELECT extract(epoch FROM $1::timestamptz - occurred_at)::float8 AS seconds
FROM outbox_messages WHERE relayed_at IS NULL ORDER BY id LIMIT 1
"""
# Locked rows are skipped: whoever holds them is reacting now, and says so by its commit.
_TAKE = """
WITH free AS (
    SELECT message_id FROM inbox_entries
    WHERE subscriber = $1::text AND message_id = ANY ($2::uuid[]) AND status = 'pending'
    AND (not_before IS NULL OR not_before <= $3::timestamptz)
    ORDER BY message_id FOR UPDATE SKIP LOCKED
), taken AS (
    UPDATE inbox_entries e SET status = 'done', finished_at = $3::timestamptz FROM free
    WHERE e.subscriber = $1::text AND e.message_id = free.message_id RETURNING e.message_id
)
SELECT m.id, m.kind, m.version, m.payload::text AS payload, m.actor_id, m.correlation_id,
       m.occurred_at
FROM taken JOIN outbox_messages m ON m.id = taken.message_id ORDER BY m.id
"""
# Waits 10, 20, 40, 80 seconds, each up to a fifth longer, so that failures do not meet again.
_FAILED = """
UPDATE inbox_entries SET attempts = attempts + 1, last_error = $4::text,
    status = CASE WHEN attempts + 1 >= $5 THEN 'parked' ELSE 'pending' END,
    finished_at = CASE WHEN attempts + 1 >= $5 THEN $3::timestamptz END,
    available_at = $3::timestamptz + rest.pause, not_before = $3::timestamptz + rest.pause
FROM (
    SELECT make_interval(
        secs => LEAST(10 * 2 ^ e.attempts * (1 + 0.2 * random()), 600)) AS pause
    FROM inbox_entries e WHERE e.subscriber = $1::text AND e.message_id = $2::uuid
) AS rest
WHERE subscriber = $1::text AND message_id = $2::uuid AND status = 'pending'
RETURNING status
"""


_PARKED = """
SELECT e.subscriber, e.message_id, m.kind, e.attempts, e.finished_at, e.last_error
FROM inbox_entries e JOIN outbox_messages m ON m.id = e.message_id
WHERE e.status = 'parked' ORDER BY e.finished_at DESC LIMIT $1
"""
_REPLAY = """
WITH again AS (
    UPDATE inbox_entries SET status = 'pending', attempts = 0, finished_at = NULL,
           not_before = NULL, available_at = $2::timestamptz
    WHERE status = 'parked' AND ($1::uuid IS NULL OR message_id = $1::uuid) RETURNING 1)
SELECT count(*) FROM again
"""
# A message with an entry that is pending or parked stays, however old.
_DELETE = """
WITH old AS (
    SELECT m.id FROM outbox_messages m
    WHERE m.relayed_at <= $1::timestamptz AND NOT EXISTS (
        SELECT 1 FROM inbox_entries e WHERE e.message_id = m.id AND e.status <> 'done')
    ORDER BY m.id LIMIT $2 FOR UPDATE SKIP LOCKED
), entries AS (
    DELETE FROM inbox_entries e USING old WHERE e.message_id = old.id
), gone AS (DELETE FROM outbox_messages m USING old WHERE m.id = old.id RETURNING 1)
SELECT count(*) FROM gone
"""


class SqlDeliveries:
    """The relay's side: messages become entries, entries that nobody finished come again."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def relay(
        self, routes: Sequence[tuple[str, str]], *, at: datetime, limit: int
    ) -> tuple[int, list[tuple[str, list[str]]]]:
        """Mark a batch as relayed and write its entries; return its size, and who gets what."""
        subscribers = [subscriber for subscriber, _ in routes]
        kinds = [kind for _, kind in routes]
        rows = await self._pool.fetch(_RELAY, at, at + LEASE, subscribers, kinds, limit)
        total = next(row["total"] for row in rows if row["subscriber"] is None)
        return total, [
            (row["subscriber"], row["message_ids"]) for row in rows if row["subscriber"] is not None
        ]

    async def overdue(
        self, subscribers: Sequence[str], *, at: datetime, limit: int
    ) -> list[tuple[str, str]]:
        """Lease pending entries whose time has come anew; return subscribers and messages."""
        rows = await self._pool.fetch(_OVERDUE, at, at + LEASE, list(subscribers), limit)
        return [(row["subscriber"], row["message_id"]) for row in rows]

    async def oldest_seconds(self, *, at: datetime) -> float:
        """Return the age of the oldest message not yet relayed; 0 where there is none."""
        row = await self._pool.fetchrow(_OLDEST, at)
        return 0.0 if row is None else max(0.0, row["seconds"])


class SqlEventKeeping:
    """What an operator and the clock do with events that were handled, or could not be."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def parked(self, limit: int) -> list[ParkedEvent]:
        """Return the entries that failed for good, newest first."""
        rows = await self._pool.fetch(_PARKED, limit)
        return [
            ParkedEvent(
                subscriber=row["subscriber"],
                message_id=UUID(row["message_id"]),
                kind=row["kind"],
                attempts=row["attempts"],
                parked_at=row["finished_at"],
                last_error=row["last_error"] or "",
            )
            for row in rows
        ]

    async def replay(self, message_id: UUID | None, *, at: datetime) -> int:
        """Let parked entries of one message, or all, be tried again; return how many."""
        row = await current_work().fetchrow(_REPLAY, message_id, at)
        return int(row["count"])

    async def delete_expired(self, *, at: datetime, limit: int) -> int:
        """Delete messages that everybody handled a week ago, with their entries."""
        row = await current_work().fetchrow(_DELETE, at - KEPT, limit)
        return int(row["count"])


async def take(
    work: SqlUnitOfWork, subscriber: str, message_ids: Sequence[str], *, at: datetime
) -> list[ReceivedEvent]:
    """Mark entries as done in this transaction and return their events, oldest first."""
    rows = await work.fetch(_TAKE, subscriber, list(message_ids), at)
    return [_received(row) for row in rows]


async def note_failure(subscriber: str, message_id: str, error: str, *, at: datetime) -> str:
    """Let a failed entry rest, or park it after the last attempt; return its status."""
    text = error.replace("\x00", "")[:LONGEST_ERROR]
    row = await current_work().fetchrow(_FAILED, subscriber, message_id, at, text, MOST_ATTEMPTS)
    return "done" if row is None else str(row["status"])


def _received(row: Any) -> ReceivedEvent:  # noqa: ANN401 - asyncpg's record
    return ReceivedEvent(
        id=UUID(row["id"]),
        kind=row["kind"],
        version=row["version"],
        payload=decode(row["payload"]),
        occurred_at=row["occurred_at"],
        actor_id=None if row["actor_id"] is None else UUID(row["actor_id"]),
        correlation_id=row["correlation_id"],
    )
