"""Tokens that were mailed or handed out to be used once; only their hashes are stored."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Column, Index, SmallInteger, String, Table, Text

from workout_application.identity.ports import Purpose
from workout_infrastructure.persistence.registry import Instant, metadata, reference
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_infrastructure.security.codes import RandomCodes

MOST_ATTEMPTS: Final = 5

one_time_tokens = Table(
    "one_time_tokens",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("user_id", reference("users.id", cascade=True), nullable=False),
    # What it is good for, and for nothing else: confirm_email, reset_password, second_factor.
    Column("purpose", String(32), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
)
Index("ix_one_time_tokens_user_id", one_time_tokens.c.user_id, one_time_tokens.c.purpose)
Index("ix_one_time_tokens_expires_at", one_time_tokens.c.expires_at)

_REPLACE = """
UPDATE one_time_tokens SET used_at = $3::timestamptz
WHERE user_id = $1::uuid AND purpose = $2::text AND used_at IS NULL
"""
# Two mails to one person at once would else leave both their tokens good.
_HOLD = "SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))"
_ISSUE = """
INSERT INTO one_time_tokens (token_hash, user_id, purpose, created_at, expires_at)
VALUES ($1::text, $2::uuid, $3::text, $4::timestamptz, $5::timestamptz)
"""
_PRESENT = """
UPDATE one_time_tokens SET attempts = attempts + 1
WHERE token_hash = $1::text AND purpose = $2::text AND used_at IS NULL
AND expires_at > $3::timestamptz AND attempts < $4 RETURNING user_id::text
"""
# The account before its tokens, as whoever changes its password locks them.
_HOLD_OWNER = """
SELECT u.id FROM users u WHERE u.deleted_at IS NULL AND u.id = (
    SELECT t.user_id FROM one_time_tokens t WHERE t.token_hash = $1::text)
FOR NO KEY UPDATE
"""
_WITHDRAW = """
UPDATE one_time_tokens SET used_at = $3::timestamptz
WHERE user_id = $1::uuid AND purpose = ANY ($2::text[]) AND used_at IS NULL
"""
_SPEND = """
UPDATE one_time_tokens SET used_at = $2::timestamptz WHERE token_hash = $1::text
"""


class SqlOneTimeTokens:
    """One-time tokens inside the command or reaction in progress."""

    def __init__(self, work: CurrentWork, codes: RandomCodes) -> None:
        self._work, self._codes = work, codes

    async def issue(
        self, user_id: UUID, purpose: Purpose, *, lifetime: timedelta, at: datetime
    ) -> str:
        """Make a token and keep its hash."""
        token = self._codes.fresh()
        if purpose is not Purpose.SECOND_FACTOR:
            await self._work().execute(_HOLD, f"{purpose} {user_id}")
            await self._work().execute(_REPLACE, user_id, purpose, at)
        await self._work().execute(
            _ISSUE, self._codes.digest(token), user_id, purpose, at, at + lifetime
        )
        return token

    async def present(self, token: str, purpose: Purpose, *, at: datetime) -> UUID | None:
        """Return whose token it is; the update holds its row until the command ends."""
        digest = self._codes.digest(token)
        await self._work().fetchrow(_HOLD_OWNER, digest)
        row = await self._work().fetchrow(_PRESENT, digest, purpose, at, MOST_ATTEMPTS)
        return None if row is None else UUID(row["user_id"])

    async def withdraw(self, user_id: UUID, *, at: datetime) -> None:
        """Mark resets and challenges as used; confirming an address stays possible."""
        purposes = [Purpose.RESET_PASSWORD, Purpose.SECOND_FACTOR]
        await self._work().execute(_WITHDRAW, user_id, purposes, at)

    async def spend(self, token: str, *, at: datetime) -> None:
        """Mark it as used."""
        await self._work().execute(_SPEND, self._codes.digest(token), at)


_DELETE_EXPIRED = """
WITH old AS (
    SELECT token_hash FROM one_time_tokens WHERE expires_at <= $1::timestamptz
    ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
), gone AS (
    DELETE FROM one_time_tokens t USING old WHERE t.token_hash = old.token_hash RETURNING 1)
SELECT count(*) FROM gone
"""


class SqlExpiredOneTimeTokens:
    """One-time tokens past their time, used or not."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def delete_expired(self, *, at: datetime, limit: int) -> int:
        """Delete a batch of them."""
        row = await self._work().fetchrow(_DELETE_EXPIRED, at, limit)
        return int(row["count"])
