"""For queries that declare it: answers come from the cache while their tags stand."""

from typing import Any, Protocol

from workout_application.messaging.actor import Actor
from workout_application.messaging.mediator import Proceed
from workout_application.messaging.messages import CachePolicy, Message


class QueryCache(Protocol):
    """Keeps encoded answers by key, tagged; trouble with it counts as a miss."""

    async def get_or_make(self, key: str, policy: CachePolicy, make: Any, /) -> bytes:  # noqa: ANN401 - an async thunk
        """Return the kept answer, or make it once however many callers wait, and keep it."""
        ...


class Cache:
    """
    Serves declared queries from the cache; their answers are bytes.

    A cached query offers ``cache`` (a ``CachePolicy``) and ``cache_key(actor)``, which must
    name everything the answer depends on, also what the actor may see.
    """

    def __init__(self, cache: QueryCache) -> None:
        self._cache = cache

    async def handle(self, message: Message[Any], actor: Actor, proceed: Proceed) -> Any:  # noqa: ANN401 - as in Behaviour
        policy: CachePolicy | None = getattr(message, "cache", None)
        if policy is None:
            return await proceed(message, actor)
        key: str = message.cache_key(actor)  # type: ignore[attr-defined]  # declared beside cache

        async def make() -> bytes:
            answer: bytes = await proceed(message, actor)
            return answer

        return await self._cache.get_or_make(key, policy, make)
