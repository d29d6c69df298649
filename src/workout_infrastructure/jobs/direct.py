"""Without Redis, or while it is down, deliveries and jobs are handled in this process."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

import structlog
from redis.exceptions import RedisError

from workout_infrastructure.jobs.deliveries import Carrier

T = TypeVar("T")

PAUSE_SECONDS: Final = 5.0


class DirectQueue(Generic[T]):
    """Handles a few things at a time as tasks of this process."""

    def __init__(self, handle: Callable[[T], Awaitable[None]], *, at_once: int) -> None:
        self._handle_one = handle
        self._places = asyncio.Semaphore(at_once)
        self._tasks: set[asyncio.Task[None]] = set()

    async def put(self, things: Sequence[T]) -> None:
        """Start handling them."""
        for thing in things:
            task = asyncio.create_task(self._handle(thing))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def depth(self) -> int:
        """Tell how many wait or run."""
        return len(self._tasks)

    async def finish(self) -> None:
        """Wait for what was handed over."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def _handle(self, thing: T) -> None:
        async with self._places:
            try:
                await self._handle_one(thing)
            except Exception as error:  # noqa: BLE001 - it stays pending and is delivered again
                structlog.get_logger().warning("delivery failed", exc_info=error)


class QueueWithFallback(Generic[T]):
    """Uses one queue, and another for some seconds after the first has failed."""

    def __init__(self, queue: Carrier[T], fallback: Carrier[T]) -> None:
        self._queue, self._fallback = queue, fallback
        self._closed_until = 0.0

    async def put(self, things: Sequence[T]) -> None:
        """Hand things over."""
        if not things:
            return
        if self._now() >= self._closed_until:
            try:
                await self._queue.put(things)
            except (RedisError, OSError) as error:
                self._close(error)
            else:
                return
        await self._fallback.put(things)

    async def depth(self) -> int:
        """Tell how many wait."""
        if self._now() >= self._closed_until:
            try:
                return await self._queue.depth()
            except (RedisError, OSError) as error:
                self._close(error)
        return await self._fallback.depth()

    def _close(self, error: Exception) -> None:
        self._closed_until = self._now() + PAUSE_SECONDS
        structlog.get_logger().warning("queue away, working in this process", error=str(error))

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
