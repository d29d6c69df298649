"""Hands due jobs to the queue: woken after commits, and looking by itself every second."""

from time import monotonic
from typing import Final

import asyncpg
import structlog

from workout_domain.kernel.errors import Unavailable
from workout_infrastructure.jobs.deliveries import Carrier
from workout_infrastructure.jobs.listening import BellListener
from workout_infrastructure.observability.metrics import Metrics
from workout_infrastructure.persistence.job_runs import SqlJobRuns, Ticket

BATCH: Final = 500
LOOK_SECONDS: Final = 1.0
LONGEST_SILENCE_SECONDS: Final = 30.0
_TROUBLE: Final = (Unavailable, OSError, asyncpg.PostgresError, asyncpg.InterfaceError)


class JobDispatcher:
    """
    Any number may run at once: each takes jobs the others have not locked.

    The database says what is due; the queue only carries tickets. One that was lost is handed out
    again when its lease has run out, as is a job whose worker died.
    """

    def __init__(
        self,
        runs: SqlJobRuns,
        queue: Carrier[Ticket],
        listener: BellListener,
        metrics: Metrics,
    ) -> None:
        self._runs, self._queue, self._listener, self._metrics = runs, queue, listener, metrics
        self._looked_at = monotonic()

    @property
    def is_alive(self) -> bool:
        """Whether it has reached the database lately."""
        return monotonic() - self._looked_at < LONGEST_SILENCE_SECONDS

    async def run(self) -> None:
        """Dispatch until cancelled; a database that is away is waited for."""
        try:
            while True:
                try:
                    await self.dispatch()
                except _TROUBLE as error:
                    structlog.get_logger().warning("jobs not handed out", error=str(error))
                await self._listener.wait(LOOK_SECONDS)
        finally:
            await self._listener.close()

    async def dispatch(self) -> int:
        """Hand out everything that is due; return how many jobs that were."""
        for type_ in await self._runs.give_up_lost(limit=BATCH):
            self._metrics.jobs.labels(type_, "failed").inc()
        handed_out = 0
        while True:
            tickets = await self._runs.hand_out(limit=BATCH)
            self._looked_at = monotonic()
            await self._queue.put(tickets)
            handed_out += len(tickets)
            if len(tickets) < BATCH:
                return handed_out
