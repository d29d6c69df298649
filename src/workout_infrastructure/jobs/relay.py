"""Turns stored events into jobs: woken after commits, and looking by itself every two seconds."""

from time import monotonic
from typing import Final

import asyncpg
import structlog

from workout_domain.kernel.errors import Unavailable
from workout_infrastructure.jobs.deliveries import Carrier, Delivery, deliveries_of, grouped
from workout_infrastructure.jobs.listening import BellListener
from workout_infrastructure.jobs.subscriptions import Subscriptions
from workout_infrastructure.observability.metrics import Metrics
from workout_infrastructure.persistence.inbox import SqlDeliveries
from workout_shared.clock import Clock

BATCH: Final = 500
SWEPT: Final = 2_000
SWEEP_SECONDS: Final = 2.0
LONGEST_BACKLOG: Final = 100
LONGEST_SILENCE_SECONDS: Final = 30.0
_TROUBLE: Final = (Unavailable, OSError, asyncpg.PostgresError, asyncpg.InterfaceError)


class OutboxRelay:
    """
    Any number may run at once: each takes batches the others have not locked.

    The database remembers what is pending, the queue only carries it: a queue that was emptied,
    or a worker that was killed, delays a delivery by its lease and loses nothing.
    """

    def __init__(
        self,
        outbox: SqlDeliveries,
        subscriptions: Subscriptions,
        queue: Carrier[Delivery],
        listener: BellListener,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        self._outbox, self._subscriptions, self._queue = outbox, subscriptions, queue
        self._listener, self._clock, self._metrics = listener, clock, metrics
        self._looked_at = monotonic()

    @property
    def is_alive(self) -> bool:
        """Whether it has reached the database lately."""
        return monotonic() - self._looked_at < LONGEST_SILENCE_SECONDS

    async def run(self) -> None:
        """Relay until cancelled; a database that is away is waited for."""
        swept_at = -SWEEP_SECONDS
        try:
            while True:
                try:
                    await self.drain()
                    if monotonic() - swept_at >= SWEEP_SECONDS:
                        swept_at = monotonic()
                        await self.sweep()
                except _TROUBLE as error:
                    structlog.get_logger().warning("relay failed, retrying", error=str(error))
                await self._listener.wait(SWEEP_SECONDS)
        finally:
            await self._listener.close()

    async def drain(self) -> int:
        """Relay everything there is; return how many messages there were."""
        drained = 0
        while True:
            total, entries = await self._outbox.relay(
                self._subscriptions.routes, at=self._clock.now(), limit=BATCH
            )
            self._looked_at = monotonic()
            drained += total
            self._metrics.relayed.inc(total)
            await self._queue.put(
                [
                    delivery
                    for subscriber, message_ids in entries
                    for delivery in deliveries_of(
                        subscriber, message_ids, self._subscriptions.largest_delivery(subscriber)
                    )
                ]
            )
            if total < BATCH:
                return drained

    async def sweep(self) -> int:
        """Deliver again what nobody finished in time; return how many entries that were."""
        self._metrics.outbox_lag.set(await self._outbox.oldest_seconds(at=self._clock.now()))
        if await self._queue.depth() >= LONGEST_BACKLOG:
            # Late, not lost: repeating what still waits would only make the queue longer.
            return 0
        overdue = await self._outbox.overdue(
            self._subscriptions.names, at=self._clock.now(), limit=SWEPT
        )
        await self._queue.put(grouped(overdue, self._subscriptions.largest_delivery))
        return len(overdue)
