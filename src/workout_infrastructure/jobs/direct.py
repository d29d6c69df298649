"""Without Redis, or while it is down, deliveries are handled in this process."""

import asyncio
from collections.abc import Sequence
from typing import Final, Protocol

import structlog
from redis.exceptions import RedisError

from workout_infrastructure.jobs.deliveries import Delivery, DeliveryQueue

PAUSE_SECONDS: Final = 5.0


class Reacts(Protocol):
    """Handles deliveries."""

    async def react(self, subscriber: str, message_ids: Sequence[str], /) -> None:
        """React to the messages."""
        ...


class DirectQueue:
    """Runs a few deliveries at a time as tasks of this process."""

    def __init__(self, reactor: Reacts, *, at_once: int) -> None:
        self._reactor = reactor
        self._places = asyncio.Semaphore(at_once)
        self._tasks: set[asyncio.Task[None]] = set()

    async def put(self, deliveries: Sequence[Delivery]) -> None:
        """Start handling them."""
        for delivery in deliveries:
            task = asyncio.create_task(self._handle(delivery))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def depth(self) -> int:
        """Tell how many wait or run."""
        return len(self._tasks)

    async def finish(self) -> None:
        """Wait for what was handed over."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def _handle(self, delivery: Delivery) -> None:
        async with self._places:
            try:
                await self._reactor.react(delivery.subscriber, delivery.message_ids)
            except Exception as error:  # noqa: BLE001 - it stays pending and is delivered again
                structlog.get_logger().warning("delivery failed", exc_info=error)


class QueueWithFallback:
    """Uses one queue, and another for some seconds after the first has failed."""

    def __init__(self, queue: DeliveryQueue, fallback: DeliveryQueue) -> None:
        self._queue, self._fallback = queue, fallback
        self._closed_until = 0.0

    async def put(self, deliveries: Sequence[Delivery]) -> None:
        """Hand deliveries over."""
        if not deliveries:
            return
        if self._now() >= self._closed_until:
            try:
                await self._queue.put(deliveries)
            except (RedisError, OSError) as error:
                self._close(error)
            else:
                return
        await self._fallback.put(deliveries)

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
        structlog.get_logger().warning("queue away, reacting in this process", error=str(error))

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
