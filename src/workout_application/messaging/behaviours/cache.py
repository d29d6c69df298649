"""For queries that declare it: answers come from the cache while their tags stand."""

from typing import Any

from workout_application.messaging.actor import Actor
from workout_application.messaging.keeping import Keeper
from workout_application.messaging.mediator import Proceed
from workout_application.messaging.messages import CachedQuery, Message


class Cache:
    """Serves cached queries; all others pass."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper

    async def handle(self, message: Message[Any], actor: Actor, proceed: Proceed) -> Any:  # noqa: ANN401 - as in Behaviour
        """Answer from the cache where the query allows."""
        if not isinstance(message, CachedQuery):
            return await proceed(message, actor)
        return await self._keeper.kept(
            message.shelf(actor), message.answer, lambda: proceed(message, actor)
        )
