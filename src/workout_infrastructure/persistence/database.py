"""The two roads to PostgreSQL: SQLAlchemy for aggregates, the bare driver for reads and appends."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from workout_application.encoding import encode
from workout_domain.kernel.errors import Unavailable


class DatabaseUnavailable(Unavailable):
    """The database does not answer, or has no connection to spare."""

    code = "database_unavailable"


_LONGEST_REMEMBERED = 64 * 1024

# A server that goes away shows in many ways; the last is how asyncpg stumbles over a goodbye
# that arrives between two statements.
_GONE = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)


@contextmanager
def _answering() -> Iterator[None]:
    """Say of a read whose server went away that the database does not answer."""
    try:
        yield
    except _GONE as error:
        if isinstance(error, ValueError):  # an argument that cannot be encoded
            raise
        raise DatabaseUnavailable("The database does not answer.") from error


class DriverPool:
    """
    A pool of bare asyncpg connections, opened as they are needed.

    asyncpg's own pool makes a task to take a connection and another to give it back, wraps it in
    a proxy and resets it by a round trip: half of what a short query costs. Every transaction
    here ends itself, so a connection is handed on as it is; one that is closed, or was left
    inside a transaction, is thrown away.
    """

    def __init__(self, url: str, *, size: int, acquire_seconds: float = 5.0) -> None:
        self._url = driver_url(url)
        self._size = size
        self._acquire_seconds = acquire_seconds
        self._idle: list[Any] = []
        self._taken = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    @property
    def size(self) -> int:
        """How many connections it may hold."""
        return self._size

    def in_use(self) -> int:
        """How many connections are busy now."""
        return self._taken

    async def acquire(self) -> Any:  # noqa: ANN401 - asyncpg ships no types
        """
        Take a connection; give it back with ``release``.

        Raises:
            DatabaseUnavailable: none could be had in time.
        """
        if self._taken >= self._size or self._waiting:
            await self._wait_for_a_place()
        else:
            self._taken += 1
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        try:
            async with asyncio.timeout(self._acquire_seconds):
                return await self._connect()
        except BaseException as error:
            self._leave_a_place()
            if isinstance(error, (OSError, TimeoutError, *_GONE, asyncpg.PostgresError)):
                raise DatabaseUnavailable("The database does not answer.") from error
            raise

    def release(self, connection: Any) -> None:  # noqa: ANN401 - as above
        """Give a connection back."""
        if connection.is_closed() or connection.is_in_transaction():
            connection.terminate()
        else:
            self._idle.append(connection)
        self._leave_a_place()

    async def _wait_for_a_place(self) -> None:
        place = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            async with asyncio.timeout(self._acquire_seconds):
                await place
        except BaseException as error:
            if place.done() and not place.cancelled():
                self._leave_a_place()
            else:
                self._waiting.remove(place)
            if isinstance(error, TimeoutError):
                raise DatabaseUnavailable("The database has no connection to spare.") from error
            raise

    def _leave_a_place(self) -> None:
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)  # handed over, so still taken
                return
        self._taken -= 1

    async def _connect(self) -> Any:  # noqa: ANN401 - as above
        # Statements of reports are longer than those asyncpg remembers by itself.
        connection = await asyncpg.connect(
            self._url, command_timeout=60, max_cacheable_statement_size=_LONGEST_REMEMBERED
        )
        try:
            # Reads go straight to JSON: an identifier as text is cheaper than as an object.
            await connection.set_type_codec(
                "uuid", encoder=str, decoder=str, schema="pg_catalog", format="text"
            )
        except BaseException:
            connection.terminate()
            raise
        return connection

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Any]:
        """Take a connection for the length of the block."""
        connection = await self.acquire()
        try:
            yield connection
        finally:
            self.release(connection)

    async def fetch(self, sql: str, *arguments: object) -> list[Any]:
        """
        Run a query on any connection and return its rows.

        Raises:
            DatabaseUnavailable: there is none, or it broke.
        """
        connection = await self.acquire()
        try:
            with _answering():
                rows: list[Any] = await connection.fetch(sql, *arguments)
            return rows
        finally:
            self.release(connection)

    async def fetchrow(self, sql: str, *arguments: object) -> Any:  # noqa: ANN401 - a record or None
        """
        Run a query on any connection and return its first row, or None.

        Raises:
            DatabaseUnavailable: there is none, or it broke.
        """
        connection = await self.acquire()
        try:
            with _answering():
                return await connection.fetchrow(sql, *arguments)
        finally:
            self.release(connection)

    async def close(self) -> None:
        """Close the connections nobody uses; the pool opens others on next use."""
        while self._idle:
            await self._idle.pop().close()


def create_engine(url: str, *, size: int) -> AsyncEngine:
    """Make the SQLAlchemy engine: pre-ping survives a database restart, waits stay short."""
    return create_async_engine(
        sqlalchemy_url(url),
        pool_size=size,
        max_overflow=0,
        pool_timeout=5,
        pool_pre_ping=True,
        pool_recycle=1800,
        json_serializer=lambda value: encode(value).decode(),
    )


def driver_url(url: str) -> str:
    """Write a database URL the way asyncpg reads it."""
    return url.replace("postgresql+asyncpg://", "postgresql://", 1)


def sqlalchemy_url(url: str) -> str:
    """Write a database URL the way SQLAlchemy reads it, for asyncpg."""
    parts = urlsplit(driver_url(url))
    query = urlencode(parse_qsl(parts.query))
    return urlunsplit(("postgresql+asyncpg", parts.netloc, parts.path, query, ""))
