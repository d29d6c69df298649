"""One transaction: aggregates, events and pushes together; only the pipeline commits."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from workout_application.messaging.actor import Actor
from workout_application.messaging.live import LiveChannel, LiveEvent
from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import DomainError
from workout_domain.kernel.events import DomainEvent
from workout_infrastructure.persistence.audit import INSERT_ENTRIES, audit_rows
from workout_infrastructure.persistence.database import DatabaseUnavailable, DriverPool
from workout_infrastructure.persistence.failures import translated
from workout_infrastructure.persistence.outbox import (
    INSERT_MESSAGES,
    Recorded,
    message_rows,
    recorded,
)
from workout_shared.identifiers import Identifiers


class UnitOfWorkMissing(RuntimeError):
    """A repository was used outside a command."""


_BEGIN = "BEGIN"
# The server would plan the longest of these statements anew for every argument, which takes several
# times as long as running it. It is one message, so it costs no trip.
_BEGIN_HOT = "BEGIN; SET LOCAL plan_cache_mode = force_generic_plan"


class TwoRoads(RuntimeError):
    """A command that appends asked for an aggregate's session: that would be two transactions."""


class SqlUnitOfWork:
    """
    The transaction of one command, opened on first use.

    It takes one of two roads: aggregates through a SQLAlchemy ``session``, or, for the hot
    appends, the bare driver alone. ``fetch``, ``fetchrow`` and ``execute`` follow it.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        pool: DriverPool,
        actor: Actor,
        *,
        appends: bool,
        is_hot: bool = False,
    ) -> None:
        self._sessions, self._pool, self._actor = sessions, pool, actor
        self._appends, self._begin = appends, _BEGIN_HOT if is_hot else _BEGIN
        self._session: AsyncSession | None = None
        self._driver: Any = None
        self._seen: dict[int, Aggregate] = {}
        self._events: list[Recorded] = []
        self._announced: list[LiveEvent] = []
        self.has_work_for_workers = False

    @property
    def session(self) -> AsyncSession:
        """
        The SQLAlchemy session of this transaction.

        Raises:
            TwoRoads: the command appends, so it has no session.
        """
        if self._appends:
            raise TwoRoads("A command that appends loads no aggregate.")
        if self._session is None:
            self._session = self._sessions()
        return self._session

    async def fetchrow(self, sql: str, *arguments: object) -> Any:  # noqa: ANN401 - a row or None
        """Run driver SQL (``$1`` style) and return the first row, by column name."""
        if self._appends:
            return await (await self._begun_driver()).fetchrow(sql, *arguments)
        connection = await self.session.connection()
        return (await connection.exec_driver_sql(sql, arguments)).mappings().first()

    async def fetch(self, sql: str, *arguments: object) -> list[Any]:
        """Run driver SQL and return all rows, by column name."""
        if self._appends:
            rows: list[Any] = await (await self._begun_driver()).fetch(sql, *arguments)
            return rows
        connection = await self.session.connection()
        return list((await connection.exec_driver_sql(sql, arguments)).mappings())

    async def execute(self, sql: str, *arguments: object) -> None:
        """Run a driver SQL statement that answers nothing."""
        if self._appends:
            await (await self._begun_driver()).execute(sql, *arguments)
            return
        connection = await self.session.connection()
        await connection.exec_driver_sql(sql, arguments)

    async def _begun_driver(self) -> Any:  # noqa: ANN401 - asyncpg's proxy type is private
        if self._driver is None:
            driver = await self._pool.acquire()
            self._driver = driver
            await driver.execute(self._begin)
        return self._driver

    def watch(self, aggregate: Aggregate) -> None:
        """Hold a strong reference, so that its events survive until the commit."""
        self._seen[id(aggregate)] = aggregate

    def record(self, event: DomainEvent) -> None:
        """Note an event of an append that loaded no aggregate."""
        self._events.append(recorded(event))

    def collect(self) -> None:
        """Take what the aggregates have recorded so far, as caused by what is handled now."""
        for aggregate in self._seen.values():
            self._events.extend(recorded(event) for event in aggregate.take_events())

    def announce(self, event: LiveEvent) -> None:
        """Push ``event`` after the commit."""
        self._announced.append(event)

    def wake_workers(self) -> None:
        """Let workers look for due jobs after the commit."""
        self.has_work_for_workers = True

    async def commit(self, identifiers: Identifiers) -> tuple[list[LiveEvent], list[Recorded]]:
        """Write state and events together; return the pushes and the events stored."""
        self.collect()
        events = self._events
        if self._session is not None:
            await self._session.flush()
        if events:
            ids = [identifiers.new() for _ in events]
            await self.execute(INSERT_MESSAGES, *message_rows(events, ids, self._actor))
            await self._write_audit_log([one for one in events if one.event.audited], identifiers)
        if self._session is not None:
            await self._session.commit()
        elif self._driver is not None:
            await self._driver.execute("COMMIT")
        return self._announced, events

    async def _write_audit_log(self, events: list[Recorded], identifiers: Identifiers) -> None:
        if events:
            ids = [identifiers.new() for _ in events]
            await self.execute(INSERT_ENTRIES, *audit_rows(events, ids, self._actor))

    async def rollback(self) -> None:
        """Undo everything; quiet where nothing was begun or the connection is gone."""
        if self._session is not None:
            await self._session.rollback()
        elif self._driver is not None:
            try:
                await self._driver.execute("ROLLBACK")
            except Exception as error:
                # With its connection the transaction is gone as well, which was the aim.
                if not isinstance(translated(error), DatabaseUnavailable):
                    raise

    async def close(self) -> None:
        """Give the connection back."""
        if self._session is not None:
            await self._session.close()
        elif self._driver is not None:
            self._pool.release(self._driver)


_current: ContextVar[SqlUnitOfWork | None] = ContextVar("unit_of_work", default=None)


def current_work() -> SqlUnitOfWork:
    """
    Return the unit of work of the command in progress; repositories ask for it on each use.

    Raises:
        UnitOfWorkMissing: no command is in progress.
    """
    work = _current.get()
    if work is None:
        raise UnitOfWorkMissing("Repositories work only inside a command.")
    return work


CurrentWork = Callable[[], SqlUnitOfWork]


class SqlUnitsOfWork:
    """Opens units of work, and after each commit hands pushes on and wakes the relay."""

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        pool: DriverPool,
        identifiers: Identifiers,
        live: LiveChannel,
        events_stored: Callable[[list[Recorded]], None],
        jobs_stored: Callable[[], None],
    ) -> None:
        self._sessions, self._pool, self._identifiers = sessions, pool, identifiers
        self._live, self._events_stored, self._jobs_stored = live, events_stored, jobs_stored

    @asynccontextmanager
    async def transaction(
        self, actor: Actor, *, appends: bool, is_hot: bool = False
    ) -> AsyncIterator[SqlUnitOfWork]:
        """
        Open one; commit when the block returns, roll back when it raises.

        A refusal that keeps its changes commits and is raised all the same.
        """
        work = SqlUnitOfWork(self._sessions, self._pool, actor, appends=appends, is_hot=is_hot)
        token = _current.set(work)
        try:
            try:
                yield work
                await self._commit(work)
            except BaseException as error:  # noqa: BLE001 - every end but a commit rolls back
                await self._end_badly(work, error)
        finally:
            _current.reset(token)
            await work.close()

    async def _end_badly(self, work: SqlUnitOfWork, error: BaseException) -> None:
        if isinstance(error, DomainError) and error.keeps_changes:
            try:
                await self._commit(work)
            except BaseException as failure:  # noqa: BLE001 - as above: what failed is undone
                error = failure
            else:
                raise error
        await work.rollback()
        refusal = translated(error)
        if refusal is error:
            raise error
        raise refusal from error

    async def _commit(self, work: SqlUnitOfWork) -> None:
        pushes, events = await work.commit(self._identifiers)
        for push in pushes:
            self._live.publish(push)
        if events:
            self._events_stored(events)
        if work.has_work_for_workers:
            self._jobs_stored()


class SqlAnnouncements:
    """Announces pushes through the unit of work in progress."""

    def announce(self, event: LiveEvent) -> None:
        """Push ``event`` once the transaction has committed."""
        current_work().announce(event)


class SqlEventRecorder:
    """Records events of appends with the unit of work in progress."""

    def record(self, event: DomainEvent) -> None:
        """Store the event with the command's changes."""
        current_work().record(event)
