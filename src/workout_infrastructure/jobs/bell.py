"""Wakes workers after commits, without a notification in every transaction."""

import asyncio
from typing import Final

import structlog

from workout_domain.kernel.errors import Unavailable
from workout_infrastructure.persistence.database import DriverPool

OUTBOX: Final = "outbox"
JOBS: Final = "jobs"
SHORTEST_PAUSE_SECONDS: Final = 0.004


class Bell:
    """
    Rings at most every few milliseconds, however many commits there are.

    ``pg_notify`` inside each transaction halves the rate of small concurrent writers (they queue
    for the notification lock), so one task rings for all; whoever listens also looks by itself,
    which covers a lost ring.
    """

    def __init__(self, pool: DriverPool, channel: str) -> None:
        self._pool, self._channel = pool, channel
        self._task: asyncio.Task[None] | None = None
        self._again = False

    def ring(self) -> None:
        """Ask whoever listens to look; never waits."""
        self._again = True
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        while self._again:
            self._again = False
            try:
                await self._pool.fetchrow("SELECT pg_notify($1, '')", self._channel)
            except (Unavailable, OSError) as error:
                structlog.get_logger().warning(
                    "bell failed", channel=self._channel, error=str(error)
                )
            await asyncio.sleep(SHORTEST_PAUSE_SECONDS)
