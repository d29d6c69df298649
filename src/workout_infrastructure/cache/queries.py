"""Answers of queries, kept: however many wait for one, it is made once."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog

from workout_application.messaging.messages import Shelf
from workout_infrastructure.cache.policies import LAST_PART, POPULAR_READS, CachePolicies
from workout_infrastructure.cache.service import FallbackCache
from workout_infrastructure.cache.stamps import Entry, Kept, Stamp
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
    a making that began before it. What many ask for is made anew before it ends, while they get
    the kept answer.
    """

    def __init__(self, cache: FallbackCache, metrics: Metrics, policies: CachePolicies) -> None:
        self._cache, self._metrics, self._policies = cache, metrics, policies
        self._flights: dict[str, asyncio.Task[bytes]] = {}
        self._renewals: dict[str, asyncio.Task[None]] = {}
        self._log: Any = structlog.get_logger()

    async def get_or_make(self, shelf: Shelf, make: Make) -> bytes:
        """Return the kept answer, or make it and keep it."""
        if not self._policies.of(shelf.category).is_on:
            self._count(shelf, "off")
            return await make()
        kept = await self._cache.read(shelf.key)
        if kept is None:
            self._count(shelf, "miss")
            return await self._made_once(shelf, make)
        self._count(shelf, "hit")
        if _should_renew(kept) and shelf.key not in self._renewals:
            renewal = asyncio.create_task(self._renew(shelf, make, kept.seconds_left or 0))
            self._renewals[shelf.key] = renewal
            renewal.add_done_callback(lambda _: self._renewals.pop(shelf.key, None))
        return kept.value

    async def close(self) -> None:
        """Give up what is being renewed."""
        renewals = list(self._renewals.values())
        for renewal in renewals:
            renewal.cancel()
        await asyncio.gather(*renewals, return_exceptions=True)

    def _count(self, shelf: Shelf, result: str) -> None:
        self._metrics.cache.labels(shelf.category, shelf.component, result).inc()

    async def _made_once(self, shelf: Shelf, make: Make) -> bytes:
        stamp = await self._cache.stamp(shelf.key, shelf.tags)
        name = f"{shelf.key}@{'.'.join(stamp.values())}"
        flight = self._flights.get(name)
        if flight is None:
            flight = asyncio.create_task(self._make(shelf, name, stamp, make))
            self._flights[name] = flight
            flight.add_done_callback(lambda done: self._landed(name, done))
        # Shielded: the first caller may give up without taking the answer from the others.
        return await asyncio.shield(flight)

    async def _make(self, shelf: Shelf, name: str, stamp: Stamp, make: Make) -> bytes:
        holder = secrets.token_hex(8)
        is_ours = await self._cache.lock(name, holder, seconds=LOCK_SECONDS)
        try:
            # Somebody may have made it between our look and our lock.
            look = self._cache.get if is_ours else self._made_elsewhere
            kept = await look(shelf.key)
            return await self._make_and_keep(shelf, stamp, make) if kept is None else kept
        finally:
            await self._cache.unlock(name, holder)

    async def _make_and_keep(self, shelf: Shelf, stamp: Stamp, make: Make) -> bytes:
        answer = await make()
        policy = self._policies.of(shelf.category)
        seconds = min((one for one in (shelf.seconds, policy.seconds) if one), default=None)
        await self._cache.keep(shelf.key, Entry(answer, stamp, seconds, policy.sliding_seconds))
        return answer

    async def _made_elsewhere(self, key: str) -> bytes | None:
        for _ in range(MOST_PAUSES):
            await asyncio.sleep(PAUSE_SECONDS)
            kept = await self._cache.get(key)
            if kept is not None:
                return kept
        return None

    async def _renew(self, shelf: Shelf, make: Make, left: float) -> None:
        # Not unlocked: whether it succeeds or fails, nobody tries again for as long as it holds.
        seconds = min(LOCK_SECONDS, left)
        if not await self._cache.lock(f"{shelf.key}@renewal", "anybody", seconds=seconds):
            return
        stamp = await self._cache.stamp(shelf.key, shelf.tags)
        try:
            await self._make_and_keep(shelf, stamp, make)
        except Exception as error:  # noqa: BLE001 - readers have the kept answer and miss nothing
            self._count(shelf, "not_renewed")
            self._log.warning("answer not renewed", key=shelf.key, error=repr(error))
        else:
            self._count(shelf, "renewed")

    def _landed(self, name: str, flight: asyncio.Task[bytes]) -> None:
        self._flights.pop(name, None)
        if not flight.cancelled():
            # Looked at here, so that a failure nobody waits for any more is not reported twice.
            flight.exception()


def _should_renew(kept: Kept) -> bool:
    if kept.seconds is None or kept.seconds_left is None or kept.reads < POPULAR_READS:
        return False
    return kept.seconds_left < kept.seconds * LAST_PART
