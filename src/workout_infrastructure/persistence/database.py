"""The two roads to PostgreSQL: SQLAlchemy for aggregates, the bare driver for reads and appends."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from workout_domain.kernel.errors import Unavailable


class DatabaseUnavailable(Unavailable):
    """The database does not answer, or has no connection to spare."""

    code = "database_unavailable"


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


class _PlainConnection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg ships no types
    """A pooled connection that is not reset on release: every transaction here ends itself."""

    def get_reset_query(self) -> str:
        return ""


async def _as_text(connection: asyncpg.Connection) -> None:
    # Reads go straight to JSON: an identifier as text is cheaper than as an object.
    await connection.set_type_codec(
        "uuid", encoder=str, decoder=str, schema="pg_catalog", format="text"
    )


class DriverPool:
    """
    A pool of bare asyncpg connections.

    Opened on first use, so that a process whose database is down still starts and says so.
    """

    def __init__(self, url: str, *, size: int, acquire_seconds: float = 5.0) -> None:
        self._url = driver_url(url)
        self._size = size
        self._acquire_seconds = acquire_seconds
        self._pool: asyncpg.Pool | None = None
        self._opening: Any = None

    @property
    def size(self) -> int:
        """How many connections it may hold."""
        return self._size

    def in_use(self) -> int:
        """How many connections are busy now."""
        pool = self._pool
        return 0 if pool is None else pool.get_size() - pool.get_idle_size()

    async def acquire(self) -> Any:  # noqa: ANN401 - asyncpg's proxy type is private
        """
        Take a connection; give it back with ``release``.

        Raises:
            DatabaseUnavailable: none could be had in time.
        """
        try:
            pool = self._pool or await self._open()
            return await pool.acquire(timeout=self._acquire_seconds)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise DatabaseUnavailable("The database does not answer.") from error

    async def release(self, connection: Any) -> None:  # noqa: ANN401 - as above
        """Give a connection back."""
        if self._pool is not None:
            await self._pool.release(connection)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Any]:
        """Take a connection for the length of the block."""
        connection = await self.acquire()
        try:
            yield connection
        finally:
            await self.release(connection)

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
            await self.release(connection)

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
            await self.release(connection)

    async def close(self) -> None:
        """Close all connections; the pool opens again on next use."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.close()

    async def _open(self) -> asyncpg.Pool:
        pool = await asyncpg.create_pool(
            self._url,
            min_size=min(2, self._size),
            max_size=self._size,
            init=_as_text,
            connection_class=_PlainConnection,
            command_timeout=60,
        )
        if self._pool is not None:
            # Two first users raced; one pool is enough.
            await pool.close()
            return self._pool
        self._pool = pool
        return pool


def create_engine(url: str, *, size: int) -> AsyncEngine:
    """Make the SQLAlchemy engine: pre-ping survives a database restart, waits stay short."""
    return create_async_engine(
        sqlalchemy_url(url),
        pool_size=size,
        max_overflow=0,
        pool_timeout=5,
        pool_pre_ping=True,
        pool_recycle=1800,
    )


def driver_url(url: str) -> str:
    """Write a database URL the way asyncpg reads it."""
    return url.replace("postgresql+asyncpg://", "postgresql://", 1)


def sqlalchemy_url(url: str) -> str:
    """Write a database URL the way SQLAlchemy reads it, for asyncpg."""
    parts = urlsplit(driver_url(url))
    query = urlencode(parse_qsl(parts.query))
    return urlunsplit(("postgresql+asyncpg", parts.netloc, parts.path, query, ""))
