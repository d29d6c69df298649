"""The product's cache: Redis while it answers, this process's memory otherwise; never an error."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Any, Final, TypeVar

import structlog

from workout_infrastructure.cache.breaker import BreakerState, CircuitBreaker
from workout_infrastructure.cache.memory import MemoryCache
from workout_infrastructure.cache.redis_cache import RedisCache
from workout_infrastructure.cache.stamps import (
    Entry,
    Kept,
    Stamp,
    TaggedStore,
    category_of,
    tag_of_category,
)

T = TypeVar("T")

# Without Redis, processes cannot tell one another what became stale: this long may one of them
# not know. A single process without Redis keeps entries for as long as they ask.
FALLBACK_SECONDS: Final = 5.0
# Commits of so short a time are told to Redis together: telling it takes 0.2 ms of the processor.
COALESCING_SECONDS: Final = 0.02
RETRY_SECONDS: Final = 1.0
# Beyond it whole categories become stale, so that an outage costs no memory without end.
MOST_OWED: Final = 50_000

TagsOf = Callable[[Any], Iterable[str]]
"""Names the tags of what something that happened makes stale."""


class FallbackCache:
    """
    Implements the cache port over two stores.

    What must become stale is owed to Redis until it has heard of it. The debt is paid before the
    next read of this process, so neither an outage nor a hurry ever brings an old answer back, and
    in the background, so that other processes hear of it within milliseconds.
    """

    def __init__(
        self, *, memory: MemoryCache, redis: RedisCache | None, breaker: CircuitBreaker
    ) -> None:
        self._memory, self._redis, self.breaker = memory, redis, breaker
        # What Redis has not heard of yet, each with the number of the call that asked for it.
        self._owed_tags: dict[str, int] = {}
        self._owed_keys: dict[str, int] = {}
        # What happened, and what works out which tags that makes stale: done on paying.
        self._happened: list[tuple[TagsOf, Any]] = []
        self._soon: asyncio.TimerHandle | None = None
        self._payment: asyncio.Task[bool] | None = None
        self._paying: asyncio.Task[bool] | None = None
        self._calls = itertools.count()
        self._log: Any = structlog.get_logger()

    @property
    def is_shared(self) -> bool:
        """Whether a Redis is configured at all."""
        return self._redis is not None

    async def get(self, key: str) -> bytes | None:
        """Return what is kept under the key, or None."""
        kept = await self.read(key)
        return None if kept is None else kept.value

    async def read(self, key: str) -> Kept | None:
        """Return what is kept under the key, and how it is doing."""
        return await self._either("get", key, lambda store: store.get(key))

    async def set(
        self, key: str, value: bytes, *, seconds: float | None = None, tags: tuple[str, ...] = ()
    ) -> None:
        """Keep a value made just now."""
        await self.keep(key, Entry(value, await self.stamp(key, tags), seconds))

    async def stamp(self, key: str, tags: tuple[str, ...]) -> Stamp:
        """Return the versions an answer that begins to be made now is kept under."""
        every = (*tags, tag_of_category(category_of(key)))
        return await self._either("stamp", key, lambda store: store.stamp(every))

    async def keep(self, key: str, entry: Entry) -> None:
        """Keep an answer under the stamp taken before it was made."""
        await self._either("set", key, lambda store: store.set(key, entry))

    async def remove(self, key: str) -> None:
        """Forget one entry."""
        await self._memory.remove(key)
        self._owed_keys[key] = next(self._calls)
        await self._pay(key)

    async def remove_by_tag(self, *tags: str) -> None:
        """Make every entry with one of the tags stale."""
        await self._memory.bump(tags)
        self._owed_tags.update(dict.fromkeys(tags, next(self._calls)))
        await self._pay(",".join(tags))

    def outdate_soon(self, tags_of: TagsOf, happened: object) -> None:
        """
        Make every entry stale whose tags ``tags_of(happened)`` names; never waits.

        For this process at once, for the others within milliseconds. Nothing is worked out before
        it is needed: this stands in the product's hottest path.
        """
        self._happened.append((tags_of, happened))
        if self._soon is None:
            self._pay_in(COALESCING_SECONDS)

    async def outdate_unless_since(self, tags: tuple[str, ...], at: datetime) -> None:
        """Make entries stale by those tags that nobody outdated since the instant."""

        async def bump(redis: RedisCache) -> bool:
            await redis.bump_unless_since(tags, at)
            return True

        if self._redis is not None and not await self._on_redis("remove", ",".join(tags), bump):
            self._owed_tags.update(dict.fromkeys(tags, next(self._calls)))
            self._pay_in(RETRY_SECONDS)

    async def purge(self, category: str) -> None:
        """Make every entry of one category stale."""
        await self.remove_by_tag(tag_of_category(category))

    async def lock(self, name: str, holder: str, *, seconds: float) -> bool:
        """Take a lock among processes; without Redis there is nobody to keep out."""

        async def take(redis: RedisCache) -> bool:
            return await redis.lock(name, holder, seconds=seconds)

        is_taken = await self._on_redis("lock", name, take)
        return True if is_taken is None else is_taken

    async def unlock(self, name: str, holder: str) -> None:
        """Open a lock."""
        await self._on_redis("unlock", name, lambda redis: redis.unlock(name, holder))

    async def probe(self) -> bool | None:
        """Tell whether Redis gives back what was written; None when it does not answer."""
        return await self._on_redis("probe", "health-check", lambda redis: redis.probe())

    async def close(self) -> None:
        """Pay what is owed and close the connections."""
        await self._pay("close")
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
        if self._redis is not None:
            await self._redis.close()

    async def _either(self, what: str, key: str, use: Callable[[TaggedStore], Awaitable[T]]) -> T:
        is_told = await self._pay(key)
        if self._redis is not None and is_told and self.breaker.lets_through():
            try:
                answer = await use(self._redis)
            except Exception as error:  # noqa: BLE001 - a cache must not break a request
                self._failed(what, key, error)
            else:
                self.breaker.succeeded()
                return answer
        return await use(self._memory)

    async def _on_redis(
        self, what: str, key: str, use: Callable[[RedisCache], Awaitable[T]]
    ) -> T | None:
        if self._redis is None or not self.breaker.lets_through():
            return None
        try:
            answer = await use(self._redis)
        except Exception as error:  # noqa: BLE001 - a cache must not break a request
            self._failed(what, key, error)
            return None
        self.breaker.succeeded()
        return answer

    async def _pay(self, key: str) -> bool:
        """Tell whether Redis has heard of everything that is stale now."""
        self._work_out()
        # One payment at a time, or those who read at once would each outdate the others' answers.
        # The one under way may have begun too early; the next has not.
        for _ in range(2):
            if not self._owed_tags and not self._owed_keys:
                return True
            if self._payment is None or self._payment.done():
                self._payment = asyncio.get_running_loop().create_task(self._pay_at_once(key))
            if not await asyncio.shield(self._payment):
                return False
        return True

    async def _pay_at_once(self, key: str) -> bool:
        tags, keys = dict(self._owed_tags), dict(self._owed_keys)
        if self._redis is not None:

            async def pay(redis: RedisCache) -> bool:
                await redis.bump(tuple(tags))
                await redis.remove(*keys)
                return True

            if not await self._on_redis("remove", key, pay):
                self._pay_in(RETRY_SECONDS)
                return False
        _settle(self._owed_tags, tags)
        _settle(self._owed_keys, keys)
        return True

    def _work_out(self) -> None:
        if not self._happened:
            return
        happened, self._happened = self._happened, []
        tags = dict.fromkeys(tag for tags_of, what in happened for tag in tags_of(what))
        self._memory.bump_now(tags)
        self._owed_tags.update(dict.fromkeys(tags, next(self._calls)))
        if len(self._owed_tags) > MOST_OWED:
            self._owed_tags = dict.fromkeys(map(_coarser, self._owed_tags), next(self._calls))

    def _pay_in(self, seconds: float) -> None:
        if self._soon is None:
            loop = asyncio.get_running_loop()
            self._soon = loop.call_later(seconds, self._start_paying)

    def _start_paying(self) -> None:
        self._soon = None
        self._paying = asyncio.get_running_loop().create_task(self._pay("soon"))

    def _failed(self, what: str, key: str, error: Exception) -> None:
        self.breaker.failed()
        self._log.warning(
            "cache failed", operation=what, key=key, error=f"{type(error).__name__}: {error}"
        )


def key_prefix(environment: str) -> str:
    """
    Return what every key in Redis begins with: ``<app>:<environment>:<tenant>:``.

    Behind it stand category, owner and name. There is one tenant.
    """
    return f"workout:{environment}:main:"


def build_cache(redis_url: str, environment: str, entries: int = 10_000) -> FallbackCache:
    """Wire the cache of one process; nothing connects yet."""
    if not redis_url:
        memory = MemoryCache(capacity=entries)
        return FallbackCache(memory=memory, redis=None, breaker=CircuitBreaker())
    return FallbackCache(
        memory=MemoryCache(capacity=entries, longest_seconds=FALLBACK_SECONDS),
        redis=RedisCache(redis_url, prefix=key_prefix(environment)),
        breaker=CircuitBreaker(listener=_announce),
    )


def _announce(old: BreakerState, new: BreakerState) -> None:
    structlog.get_logger().warning("redis circuit", state=new.value, before=old.value)


def _coarser(tag: str) -> str:
    """Name a whole category instead of one owner's part of it."""
    return tag_of_category(category_of(tag)) if ":" in tag else tag


def _settle(owed: dict[str, int], paid: dict[str, int]) -> None:
    for name, call in paid.items():
        # Owed again in the meantime, it is a new debt: the payment may have come too early for it.
        if owed.get(name) == call:
            del owed[name]
