"""Answers of queries, kept: however many wait for one, it is made once."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import Final

from workout_application.messaging.messages import CachePolicy
from workout_infrastructure.cache.service import FallbackCache
from workout_infrastructure.cache.stamps import Entry, Stamp
from workout_infrastructure.observability.metrics import Metrics

Make = Callable[[], Awaitable[bytes]]

LOCK_SECONDS: Final = 5.0
PAUSE_SECONDS: Final = 0.02
MOST_PAUSES: Final = 25


class QueryCacheAdapter:
    """
    Implements the query cache over the product's cache.

    Callers of this process share one making; among processes a short lock lets one make while
    the others look again. Both go by key *and* stamp: whoever asks after a change never joins
    a making that began before it.
    """

    def __init__(self, cache: FallbackCache, metrics: Metrics) -> None:
        self._cache, self._metrics = cache, metrics
        self._flights: dict[str, asyncio.Task[bytes]] = {}

    async def get_or_make(self, key: str, policy: CachePolicy, make: Make) -> bytes:
        """Return the kept answer, or make it and keep it."""
        kept = await self._cache.get(key)
        self._metrics.cache.labels(policy.category, "miss" if kept is None else "hit").inc()
        if kept is not None:
            return kept
        stamp = await self._cache.stamp(key, policy.tags)
        name = f"{key}@{'.'.join(stamp.values())}"
        flight = self._flights.get(name)
        if flight is None:
            flight = asyncio.create_task(self._make(key, name, policy, stamp, make))
            self._flights[name] = flight
            flight.add_done_callback(lambda done: self._landed(name, done))
        # Shielded: the first caller may give up without taking the answer from the others.
        return await asyncio.shield(flight)

    async def _make(
        self, key: str, name: str, policy: CachePolicy, stamp: Stamp, make: Make
    ) -> bytes:
        holder = secrets.token_hex(8)
        if not await self._cache.lock(name, holder, seconds=LOCK_SECONDS):
            kept = await self._made_elsewhere(key)
            if kept is not None:
                return kept
        try:
            answer = await make()
            await self._cache.keep(key, Entry(answer, stamp, policy.seconds))
        finally:
            await self._cache.unlock(name, holder)
        return answer

    async def _made_elsewhere(self, key: str) -> bytes | None:
        for _ in range(MOST_PAUSES):
            await asyncio.sleep(PAUSE_SECONDS)
            kept = await self._cache.get(key)
            if kept is not None:
                return kept
        return None

    def _landed(self, name: str, flight: asyncio.Task[bytes]) -> None:
        self._flights.pop(name, None)
        if not flight.cancelled():
            # Looked at here, so that a failure nobody waits for any more is not reported twice.
            flight.exception()
