"""Every attempt to sign in, right or wrong; what was typed is not kept."""

import hashlib
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Column, Index, String, Table, Text, Uuid

from workout_application.identity.ports import (
    COUNTED_FAILURES,
    SignInAttempt,
    Standing,
)
from workout_application.messaging.origin import Origin, origin
from workout_domain.identity.lock_out import LockOut
from workout_domain.identity.login_session import Device
from workout_infrastructure.persistence.registry import Instant, metadata, reference
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_infrastructure.security.devices import read_user_agent
from workout_shared.addresses import network_of
from workout_shared.identifiers import Identifiers

REMEMBERED: Final = timedelta(days=90)

login_history = Table(
    "login_history",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", reference("users.id", cascade=True)),
    Column("login_time", Instant, nullable=False),
    Column("ip_address", String(45)),
    Column("user_agent", String(512)),
    Column("device_type", String(50), nullable=False),
    Column("platform", String(50), nullable=False),
    Column("method", String(32), nullable=False),
    Column("is_successful", Boolean, nullable=False),
    # Why it failed: wrong_password, wrong_code, second_factor_required, locked, …
    Column("failure", String(32)),
    # What is odd about it: many_failures, new_device, new_address.
    Column("marks", ARRAY(Text), nullable=False, server_default="{}"),
    # Which counter of failures it belongs to, and until when it shut that counter's door.
    Column("bucket", Text, nullable=False),
    Column("locked_until", Instant),
)
Index("ix_login_history_login_time", login_history.c.login_time)
Index("ix_login_history_user_id", login_history.c.user_id, login_history.c.login_time)
Index(
    "ix_login_history_bucket",
    login_history.c.user_id,
    login_history.c.bucket,
    login_history.c.login_time,
)

# Attempts on one account wait for each other, so that twenty at once are counted like twenty in a
# row. The lock is taken by a statement of its own: the next one must see what the last one wrote.
_QUEUE_UP = "SELECT pg_advisory_xact_lock(hashtextextended('sign_in:' || $1::text, 0))"
_STANDING = """
WITH known AS (
    SELECT max(u.reviewed_at) AS reviewed_at, count(h.id) > 0 AS has_history,
           coalesce(bool_or(h.user_agent IS NOT DISTINCT FROM $3::text), false) AS agent,
           coalesce(bool_or(h.ip_address IS NOT DISTINCT FROM $2::text), false) AS address,
           coalesce(bool_or(h.user_agent IS NOT DISTINCT FROM $3::text
                            AND h.ip_address IS NOT DISTINCT FROM $2::text), false) AS device
    FROM users u LEFT JOIN login_history h
        ON h.user_id = u.id AND h.is_successful AND h.login_time > $6::timestamptz
    WHERE u.id = $1::uuid AND u.deleted_at IS NULL
), place AS (
    SELECT known.*, CASE WHEN known.device THEN $4::text ELSE $5::text END AS bucket FROM known
), counter AS (
    SELECT max(h.locked_until) AS locked_until,
           greatest(max(h.login_time) FILTER (WHERE h.is_successful), max(h.locked_until),
                    $7::timestamptz) AS counted_from
    FROM place JOIN login_history h ON h.user_id = $1::uuid AND h.bucket = place.bucket
        AND (place.reviewed_at IS NULL OR h.login_time > place.reviewed_at)
    WHERE h.login_time > $7::timestamptz OR h.locked_until > $7::timestamptz
)
SELECT place.bucket, place.has_history AND NOT place.agent AS is_new,
       place.has_history AND NOT place.address AS is_new_address,
       CASE WHEN counter.locked_until > $8::timestamptz THEN counter.locked_until END
           AS locked_until,
       (SELECT count(*) FROM login_history h
        WHERE h.user_id = $1::uuid AND h.bucket = place.bucket AND h.failure = ANY ($9::text[])
        AND h.login_time > coalesce(counter.counted_from, $7::timestamptz)
        AND (place.reviewed_at IS NULL OR h.login_time > place.reviewed_at)) AS failures
FROM place, counter
"""
_WRITE = """
INSERT INTO login_history (id, user_id, login_time, ip_address, user_agent, device_type, platform,
    method, is_successful, failure, marks, bucket, locked_until)
VALUES ($1::uuid, $2::uuid, $3::timestamptz, $4::text, $5::text, $6::text, $7::text, $8::text,
    $9::boolean, $10::text, $11::text[], $12::text, $13::timestamptz)
"""


class SqlSignInJournal:
    """The history of sign-ins inside the command in progress."""

    def __init__(self, work: CurrentWork, rule: LockOut, identifiers: Identifiers) -> None:
        self._work, self._rule, self._identifiers = work, rule, identifiers

    async def standing(self, user_id: UUID | None, *, at: datetime) -> Standing:
        """
        Read what earlier attempts say.

        An unknown account costs the same statements as a known one.
        """
        came_from = origin.get()
        device_bucket, address_bucket = _buckets(came_from)
        # Strangers wait for nobody: how long they did would tell them from an account.
        await self._work().execute(_QUEUE_UP, str(user_id or self._identifiers.new()))
        row = await self._work().fetchrow(
            _STANDING,
            user_id,
            came_from.ip_address,
            came_from.user_agent,
            device_bucket,
            address_bucket,
            at - REMEMBERED,
            at - max(self._rule.window, self._rule.pause),
            at,
            list(COUNTED_FAILURES),
        )
        return Standing(
            bucket=row["bucket"] or address_bucket,
            device=_device(came_from, row),
            failures=row["failures"],
            locked_until=row["locked_until"],
        )

    async def write(self, attempt: SignInAttempt, *, at: datetime) -> None:
        """Add one attempt."""
        device = attempt.standing.device
        await self._work().execute(
            _WRITE,
            self._identifiers.new(),
            attempt.user_id,
            at,
            device.ip_address,
            device.user_agent,
            device.device_type,
            device.platform,
            attempt.method,
            attempt.failure is None,
            attempt.failure,
            _marks(attempt),
            attempt.standing.bucket,
            attempt.locks_until,
        )


def _buckets(came_from: Origin) -> tuple[str, str]:
    address = came_from.ip_address or ""
    device = f"{address}\n{came_from.user_agent or ''}".encode()
    return f"device:{hashlib.sha256(device).hexdigest()[:32]}", f"address:{network_of(address)}"


def _device(came_from: Origin, row: Any) -> Device:  # noqa: ANN401 - asyncpg's record
    agent = read_user_agent(came_from.user_agent or "")
    return Device(
        ip_address=came_from.ip_address,
        user_agent=came_from.user_agent,
        device_type=agent.device_type,
        platform=agent.platform,
        is_new=bool(row["is_new"]),
        is_new_address=bool(row["is_new_address"]),
    )


def _marks(attempt: SignInAttempt) -> list[str]:
    device = attempt.standing.device
    marks = {
        "many_failures": attempt.locks_until is not None,
        "new_device": attempt.failure is None and device.is_new,
        "new_address": attempt.failure is None and device.is_new_address,
    }
    return [mark for mark, holds in marks.items() if holds]
