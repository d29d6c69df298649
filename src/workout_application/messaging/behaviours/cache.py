"""For queries that declare it: answers come from the cache while their tags stand."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from workout_application.encoding import NotReadable, pack, unpack
from workout_application.messaging.actor import Actor
from workout_application.messaging.mediator import Proceed
from workout_application.messaging.messages import CachedQuery, CachePolicy, Message


class QueryCache(Protocol):
    """Keeps packed answers by key, tagged; trouble with it counts as a miss."""

    async def get_or_make(
        self, key: str, policy: CachePolicy, make: Callable[[], Awaitable[bytes]], /
    ) -> bytes:
        """Return the kept answer, or make it once however many callers wait, and keep it."""
        ...


class Cache:
    """Serves cached queries; all others pass."""

    def __init__(self, cache: QueryCache) -> None:
        self._cache = cache

    async def handle(self, message: Message[Any], actor: Actor, proceed: Proceed) -> Any:  # noqa: ANN401 - as in Behaviour
        """Answer from the cache where the query allows."""
        if not isinstance(message, CachedQuery):
            return await proceed(message, actor)
        return await self._kept(message, actor, proceed)

    async def _kept(self, message: CachedQuery[Any], actor: Actor, proceed: Proceed) -> Any:  # noqa: ANN401 - as in Behaviour

        async def make() -> bytes:
            return pack(await proceed(message, actor))

        packed = await self._cache.get_or_make(message.cache_key(actor), message.cache, make)
        try:
            return unpack(packed, message.answer)
        except NotReadable:
            # Another release of the product kept it; its form is not ours.
            return await proceed(message, actor)
