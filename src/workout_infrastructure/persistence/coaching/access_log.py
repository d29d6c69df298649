"""
The athletes' access log: table, buffer, reader.

Reads are noted in the process and written together, so that noting one costs the reader nothing;
a process that crashes loses what it noted in the last 0.3 seconds. Changes are written in the
transaction that makes them.
"""

import asyncio
from collections.abc import Sequence
from contextvars import Context
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import structlog
from sqlalchemy import Column, Index, Integer, String, Table, Uuid

from workout_application.coaching.ports import AccessFilter
from workout_application.coaching.views import AccessEntryView
from workout_application.encoding import encode
from workout_application.messaging.actor import SYSTEM, Actor
from workout_application.messaging.coach_access import AccessAction, Subject, Touch
from workout_domain.kernel.errors import DomainError
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.lists import SqlList
from workout_infrastructure.persistence.registry import Instant, metadata, text_enum
from workout_infrastructure.persistence.unit_of_work import (
    CurrentWork,
    SqlUnitOfWork,
    SqlUnitsOfWork,
)
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers
from workout_shared.pages import CursorRequest, CursorSlice

FLUSH_SECONDS: Final = 0.3
FOLDED_WITHIN: Final = timedelta(minutes=1)
MOST_WAITING: Final = 20_000

# No references: a batch must not fail because one account in it went away meanwhile.
access_log = Table(
    "coaching_access_log",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("occurred_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("count", Integer, nullable=False),
    Column("athlete_id", Uuid, nullable=False),
    Column("trainer_id", Uuid, nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("action", text_enum(AccessAction, "action"), nullable=False),
    Column("subject", text_enum(Subject, "subject"), nullable=False),
    Column("subject_id", Uuid),
    Column("operation", String(100), nullable=False),
)
Index(
    "ix_coaching_access_log_athlete_id",
    access_log.c.athlete_id,
    access_log.c.occurred_at,
    access_log.c.id,
)
Index("ix_coaching_access_log_occurred_at", access_log.c.occurred_at)

_INSERT: Final = """
INSERT INTO coaching_access_log
    (id, occurred_at, last_at, count, athlete_id, trainer_id, user_id, action, subject, subject_id,
     operation)
"""
_NOTE_CHANGE: Final = f"""
{_INSERT} VALUES ($1::uuid, $2::timestamptz, $2::timestamptz, 1, $3::uuid, $4::uuid, $5::uuid,
                  $6::text, $7::text, $8::uuid, $9::text)
"""
_NOTE_CHANGES: Final = f"""
{_INSERT} SELECT n.id, $2::timestamptz, $2::timestamptz, 1, n.athlete_id, n.trainer_id, n.user_id,
                 n.action, n.subject, n.subject_id, n.operation
FROM unnest($1::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::uuid[],
            $9::text[])
AS n (id, athlete_id, trainer_id, user_id, action, subject, subject_id, operation)
"""
# One batch at a time: two processes that note the same read within a minute make one row, whichever
# of them writes first.
_TAKE_TURNS: Final = "SELECT pg_advisory_xact_lock(hashtextextended('coaching_access_log', 0))"
_KEEP_READS: Final = f"""
WITH noted AS (
    SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::integer[],
                         $5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::text[], $10::uuid[],
                         $11::text[])
    AS n (id, occurred_at, last_at, count, athlete_id, trainer_id, user_id, action, subject,
          subject_id, operation)
), folded AS (
    UPDATE coaching_access_log l
    SET count = l.count + n.count, occurred_at = least(l.occurred_at, n.occurred_at),
        last_at = greatest(l.last_at, n.last_at)
    FROM noted n
    WHERE l.id = (
        SELECT k.id FROM coaching_access_log k
        WHERE k.athlete_id = n.athlete_id AND k.occurred_at > n.last_at - $12::interval
        AND k.occurred_at < n.occurred_at + $12::interval
        AND k.last_at < n.occurred_at + $12::interval
        AND k.trainer_id = n.trainer_id AND k.action = n.action
        AND k.subject = n.subject AND k.operation = n.operation
        AND k.subject_id IS NOT DISTINCT FROM n.subject_id
        ORDER BY k.occurred_at DESC LIMIT 1)
    RETURNING n.id
)
{_INSERT} SELECT n.* FROM noted n WHERE n.id NOT IN (SELECT folded.id FROM folded)
"""
_FORGET: Final = """
WITH gone AS (
    DELETE FROM coaching_access_log WHERE id IN (
        SELECT id FROM coaching_access_log WHERE occurred_at < $1::timestamptz
        ORDER BY occurred_at LIMIT $2 FOR UPDATE SKIP LOCKED)
    RETURNING 1)
SELECT count(*) AS count FROM gone
"""


@dataclass(slots=True)
class _Noted:
    """Reads of the same thing by the same coach, not written yet."""

    id: UUID
    touch: Touch
    occurred_at: datetime
    last_at: datetime
    count: int = 1


class SqlAccessLog:
    """Notes reads in memory and changes in the command's transaction."""

    def __init__(
        self,
        units_of_work: SqlUnitsOfWork,
        work: CurrentWork,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._units_of_work, self._work = units_of_work, work
        self._identifiers, self._clock = identifiers, clock
        self._open: dict[Touch, _Noted] = {}
        self._waiting: list[_Noted] = []
        self._turn = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    def note_read(self, touch: Touch) -> None:
        """Note a read; it is written with others a moment later."""
        now = self._clock.now()
        known = self._open.get(touch)
        if known is not None and now - known.occurred_at < FOLDED_WITHIN:
            known.count, known.last_at = known.count + 1, max(known.last_at, now)
        elif len(self._waiting) < MOST_WAITING:
            self._open[touch] = _Noted(self._identifiers.new(), touch, now, now)
            self._waiting.append(self._open[touch])
        else:
            structlog.get_logger().error("access log is full", operation=touch.what.operation)
        self._soon()

    async def note_change(self, touch: Touch) -> None:
        """Note a change; it is undone with the command."""
        await self._work().execute(
            _NOTE_CHANGE, self._identifiers.new(), self._clock.now(), *_columns(touch)
        )

    async def note_changes(self, touches: Sequence[Touch]) -> None:
        """Note several changes; they are undone with the command."""
        if not touches:
            return
        ids = [self._identifiers.new() for _ in touches]
        columns = [list(column) for column in zip(*map(_columns, touches), strict=True)]
        await self._work().execute(_NOTE_CHANGES, ids, self._clock.now(), *columns)

    async def flush(self) -> None:
        """
        Write what was noted so far.

        Raises:
            DatabaseUnavailable: it is kept, to be written later.
        """
        async with self._turn:
            noted, self._waiting, self._open = self._waiting, [], {}
            if not noted:
                return
            try:
                async with self._units_of_work.transaction(SYSTEM, appends=True) as work:
                    await _keep(work, noted)
            except BaseException:
                self._waiting = [*noted, *self._waiting]
                raise

    async def stop(self) -> None:
        """Write what is left; where the database is gone, say how much was lost."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        try:
            await self.flush()
        except (DomainError, OSError) as error:
            lost = len(self._waiting)
            structlog.get_logger().error("access log lost entries", lost=lost, error=str(error))

    def _soon(self) -> None:
        if self._task is None or self._task.done():
            # A context of its own: the request's transaction is none of this task's business.
            loop = asyncio.get_running_loop()
            self._task = loop.create_task(self._flush_soon(), context=Context())

    async def _flush_soon(self) -> None:
        while self._waiting:
            await asyncio.sleep(FLUSH_SECONDS)
            try:
                await self.flush()
            except (DomainError, OSError) as error:
                structlog.get_logger().warning("access log waits", error=str(error))


async def _keep(work: SqlUnitOfWork, noted: list[_Noted]) -> None:
    columns = zip(*(_columns(one.touch) for one in noted), strict=True)
    await work.fetchrow(_TAKE_TURNS)
    await work.execute(
        _KEEP_READS,
        [one.id for one in noted],
        [one.occurred_at for one in noted],
        [one.last_at for one in noted],
        [one.count for one in noted],
        *(list(column) for column in columns),
        FOLDED_WITHIN,
    )


def _columns(touch: Touch) -> tuple[object, ...]:
    what = touch.what
    return (
        touch.athlete_id,
        touch.trainer_id,
        touch.user_id,
        touch.action.value,
        what.subject.value,
        what.subject_id,
        what.operation,
    )


_COLUMNS: Final = """
l.id, l.occurred_at, l.last_at, l.count, l.trainer_id, l.user_id,
(SELECT u.first_name || ' ' || u.last_name FROM users u
 WHERE u.id = l.user_id AND u.deleted_at IS NULL) AS name,
l.action, l.subject, l.subject_id, l.operation
"""
_CONDITIONS: Final = {
    "athlete": "l.athlete_id = {0}::uuid",
    "trainer_id": "l.trainer_id = {0}::uuid",
    "action": "l.action = {0}::text",
    "from_date": "l.occurred_at >= {0}::timestamptz",
    "to_date": "l.occurred_at <= {0}::timestamptz",
}
_FILTERS: Final = ("trainer_id", "action", "from_date", "to_date")


class SqlAccessLogReader:
    """Shows an athlete their own log, what this process noted included."""

    def __init__(self, pool: DriverPool, log: SqlAccessLog) -> None:
        self._log = log
        self._list = SqlList(
            pool,
            columns=_COLUMNS,
            table="coaching_access_log",
            alias="l",
            newest_by="occurred_at",
            sorts={},
            conditions=_CONDITIONS,
            shown=_shown,
            can_be_deleted=False,
        )

    async def run(
        self, where: AccessFilter, request: CursorRequest, *, visible_to: Actor
    ) -> CursorSlice[bytes]:
        """Return the run of ``AccessEntryView`` after a cursor, newest first."""
        await self._log.flush()
        given = ((name, getattr(where, name)) for name in _FILTERS)
        filters = tuple((name, (value,)) for name, value in given if value is not None)
        return await self._list.run((("athlete", (visible_to.athlete_id,)), *filters), request)


class SqlAccessLogKeeping:
    """Forgets old entries inside the command in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def forget_before(self, moment: datetime, *, limit: int) -> int:
        """Delete at most ``limit`` entries older than ``moment``; return how many."""
        row = await self._work().fetchrow(_FORGET, moment, limit)
        return int(row["count"])


def _shown(row: Any) -> bytes:  # noqa: ANN401 - asyncpg's record
    return encode(AccessEntryView(**row))
