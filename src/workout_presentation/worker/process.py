"""One worker process: relay, jobs, schedules and probes, started and stopped together."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

import structlog


class Part(Protocol):
    """Runs until cancelled."""

    async def run(self) -> None:
        """Run."""
        ...


class Stoppable(Part, Protocol):
    """Runs until it was asked to stop."""

    def stop(self) -> None:
        """Ask it to finish what it has begun, and to return from ``run``."""
        ...


Hook = Callable[[], Awaitable[None]]


class WorkerProcess:
    """
    Runs its parts until told to stop.

    Jobs under way are finished first: while they run, the probes still answer.
    """

    def __init__(
        self,
        *,
        relay: Part,
        scheduler: Part,
        dispatcher: Part,
        jobs: Sequence[Stoppable],
        health: Stoppable,
        opening: Hook,
        closing: Hook,
    ) -> None:
        self._endless = (relay, scheduler, dispatcher)
        self._jobs, self._health = jobs, health
        self._opening, self._closing = opening, closing

    async def run(self, stopping: asyncio.Event) -> None:
        """
        Work until ``stopping`` is set.

        Raises:
            Exception: a part ended by itself, which is a bug; everything is stopped first.
        """
        await self._opening()
        endless = [asyncio.create_task(part.run()) for part in self._endless]
        jobs = [asyncio.create_task(lane.run()) for lane in self._jobs]
        health = asyncio.create_task(self._health.run())
        told = asyncio.create_task(stopping.wait())
        structlog.get_logger().info("worker started")
        try:
            await asyncio.wait([*endless, *jobs, told], return_when=asyncio.FIRST_COMPLETED)
        finally:
            await self._stop(endless, jobs)
            told.cancel()
            self._health.stop()
            await health
            await self._closing()
            structlog.get_logger().info("worker stopped")
        for task in (*endless, *jobs):
            if not task.cancelled():
                task.result()

    async def _stop(
        self, endless: list[asyncio.Task[None]], jobs: list[asyncio.Task[None]]
    ) -> None:
        for task in endless:
            task.cancel()
        for lane in self._jobs:
            lane.stop()
        await asyncio.wait([*endless, *jobs])
