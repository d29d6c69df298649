"""The product's cache: Redis while it answers, this process's memory otherwise; never an error."""

import itertools
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

import structlog

from workout_infrastructure.cache.breaker import BreakerState, CircuitBreaker
from workout_infrastructure.cache.memory import MemoryCache
from workout_infrastructure.cache.redis_cache import RedisCache
from workout_infrastructure.cache.stamps import (
    Entry,
    Stamp,
    TaggedStore,
    category_of,
    tag_of_category,
)

T = TypeVar("T")

# Without Redis, processes cannot tell one another what became stale: this long may one of them
# not know. A single process without Redis keeps entries for as long as they ask.
FALLBACK_SECONDS: Final = 5.0


class FallbackCache:
    """
    Implements the cache port over two stores.

    What must become stale while Redis does not answer is owed to it: the debt is paid before
    the first read after its return, so an outage never brings an old answer back.
    """

    def __init__(
        self, *, memory: MemoryCache, redis: RedisCache | None, breaker: CircuitBreaker
    ) -> None:
        self._memory, self._redis, self.breaker = memory, redis, breaker
        # What Redis has not heard of yet, each with the number of the call that asked for it.
        self._owed_tags: dict[str, int] = {}
        self._owed_keys: dict[str, int] = {}
        self._calls = itertools.count()
        self._log: Any = structlog.get_logger()

    @property
    def is_shared(self) -> bool:
        """Whether a Redis is configured at all."""
        return self._redis is not None

    async def get(self, key: str) -> bytes | None:
        """Return what is kept under the key, or None."""
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
        """Close the connections."""
        if self._redis is not None:
            await self._redis.close()

    async def _either(self, what: str, key: str, use: Callable[[TaggedStore], Awaitable[T]]) -> T:
        if self._redis is not None and await self._pay(key) and self.breaker.lets_through():
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
        tags, keys = dict(self._owed_tags), dict(self._owed_keys)
        if not tags and not keys:
            return True
        if self._redis is not None:

            async def pay(redis: RedisCache) -> bool:
                await redis.bump(tuple(tags))
                await redis.remove(*keys)
                return True

            if not await self._on_redis("remove", key, pay):
                return False
        _settle(self._owed_tags, tags)
        _settle(self._owed_keys, keys)
        return True

    def _failed(self, what: str, key: str, error: Exception) -> None:
        self.breaker.failed()
        self._log.warning(
            "cache failed", operation=what, key=key, error=f"{type(error).__name__}: {error}"
        )


def build_cache(redis_url: str, environment: str) -> FallbackCache:
    """Wire the cache of one process; nothing connects yet."""
    if not redis_url:
        return FallbackCache(memory=MemoryCache(), redis=None, breaker=CircuitBreaker())
    return FallbackCache(
        memory=MemoryCache(longest_seconds=FALLBACK_SECONDS),
        redis=RedisCache(redis_url, prefix=f"workout:{environment}:"),
        breaker=CircuitBreaker(listener=_announce),
    )


def _announce(old: BreakerState, new: BreakerState) -> None:
    structlog.get_logger().warning("redis circuit", state=new.value, before=old.value)


def _settle(owed: dict[str, int], paid: dict[str, int]) -> None:
    for name, call in paid.items():
        # Owed again in the meantime, it is a new debt: the payment may have come too early for it.
        if owed.get(name) == call:
            del owed[name]
