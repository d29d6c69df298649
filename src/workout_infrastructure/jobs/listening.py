"""Hears the bell that rings after commits."""

import asyncio
from contextlib import suppress
from typing import Final

import asyncpg
import structlog

from workout_infrastructure.persistence.database import driver_url

CONNECT_SECONDS: Final = 5.0


class BellListener:
    """Waits for a commit somewhere, on a connection of its own; a lost one is opened again."""

    def __init__(self, database_url: str, channel: str) -> None:
        self._url, self._channel = driver_url(database_url), channel
        self._rung = asyncio.Event()
        self._connection: asyncpg.Connection | None = None

    async def wait(self, seconds: float) -> None:
        """Return when the bell rings, at the latest after ``seconds``."""
        await self._connect()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        self._rung.clear()

    async def close(self) -> None:
        """Give the connection back."""
        connection, self._connection = self._connection, None
        if connection is not None and not connection.is_closed():
            await connection.close()

    async def _connect(self) -> None:
        if self._connection is not None and not self._connection.is_closed():
            return
        try:
            self._connection = await asyncpg.connect(self._url, timeout=CONNECT_SECONDS)
            await self._connection.add_listener(self._channel, self._ring)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            structlog.get_logger().warning(
                "commits are not heard", channel=self._channel, error=str(error)
            )
            return
        # What was committed while nobody listened is looked for at once.
        self._rung.set()

    def _ring(self, *_notification: object) -> None:
        self._rung.set()
