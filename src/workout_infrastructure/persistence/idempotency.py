"""First answers, kept for a day in PostgreSQL beside the change they answer."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    Column,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    Uuid,
)

from workout_application.encoding import decode, encode
from workout_application.messaging.idempotency import IdempotencyKeyReused, StoredAnswer
from workout_infrastructure.persistence.registry import Instant, metadata
from workout_infrastructure.persistence.unit_of_work import current_work
from workout_infrastructure.security.seal import NotOurs, Seal
from workout_shared.clock import Clock

KEPT = timedelta(hours=24)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("user_id", Uuid, nullable=False),
    Column("key", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("headers", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
    PrimaryKeyConstraint("user_id", "key"),
)
Index("ix_idempotency_keys_created_at", idempotency_keys.c.created_at)

_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended($1::text, 0)) AS taken"
_FIND = """
SELECT fingerprint, status, headers, body FROM idempotency_keys
WHERE user_id = $1::uuid AND key = $2::text AND created_at > $3::timestamptz
"""
_KEEP = """
INSERT INTO idempotency_keys (user_id, key, fingerprint, status, headers, body, created_at)
VALUES ($1::uuid, $2::text, $3::text, $4::smallint, $5::text, $6::bytea, $7::timestamptz)
ON CONFLICT (user_id, key) DO UPDATE SET
    fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
    body = excluded.body, created_at = excluded.created_at
"""
_DELETE = """
WITH old AS (
    SELECT user_id, key FROM idempotency_keys WHERE created_at <= $1::timestamptz
    ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED
), gone AS (
    DELETE FROM idempotency_keys k USING old
    WHERE k.user_id = old.user_id AND k.key = old.key RETURNING 1)
SELECT count(*) FROM gone
"""


_FORGET = "DELETE FROM idempotency_keys WHERE user_id = $1::uuid"


class SqlIdempotencyStore:
    """
    Keeps answers in the transaction of the command in progress.

    They are sealed: an answer may hold what is stored nowhere else but as a hash.
    """

    def __init__(self, clock: Clock, seal: Seal) -> None:
        self._clock, self._seal = clock, seal

    async def try_lock(self, user_id: UUID, key: str) -> bool:
        """Take the key until the transaction ends."""
        row = await current_work().fetchrow(_LOCK, f"idempotency:{user_id}:{key}")
        return bool(row["taken"])

    async def find(self, user_id: UUID, key: str) -> tuple[str, StoredAnswer] | None:
        """Return fingerprint and answer kept under the key."""
        since = self._clock.now() - KEPT
        row = await current_work().fetchrow(_FIND, user_id, key, since)
        if row is None:
            return None
        headers = tuple((name, value) for name, value in decode(row["headers"]))
        try:
            body = self._seal.open(bytes(row["body"]))
        except NotOurs as error:
            # The secret was changed since: the answer is lost, but the command must not run twice.
            raise IdempotencyKeyReused("This Idempotency-Key cannot be repeated.") from error
        return row["fingerprint"], StoredAnswer(row["status"], headers, body)

    async def keep(self, user_id: UUID, key: str, fingerprint: str, answer: StoredAnswer) -> None:
        """Store the answer."""
        headers = encode([list(header) for header in answer.headers]).decode()
        await current_work().execute(
            _KEEP,
            user_id,
            key,
            fingerprint,
            answer.status,
            headers,
            self._seal.close(answer.body),
            self._clock.now(),
        )

    async def forget(self, user_id: UUID) -> None:
        """Drop the answers of one account."""
        await current_work().execute(_FORGET, user_id)

    async def delete_expired(self, *, at: datetime, limit: int) -> int:
        """Delete answers kept longer than a day."""
        row = await current_work().fetchrow(_DELETE, at - KEPT, limit)
        return int(row["count"])
