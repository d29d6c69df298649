"""Around the transaction: once a command has committed, the answers it made stale are dropped."""

from collections.abc import Mapping
from typing import Any, Protocol

from workout_application.messaging.actor import Actor
from workout_application.messaging.mediator import Proceed
from workout_application.messaging.messages import Command, Message


class TagCache(Protocol):
    """Keeps answers by tag; trouble with it never fails a command."""

    async def remove_by_tag(self, *tags: str) -> None:
        """Make every answer with one of the tags stale."""
        ...


class Outdate:
    """
    Drops the tags a command makes stale, before its caller hears of the success.

    A command declares its own context's tags; what it makes stale in other contexts, which it
    knows nothing of, the composition adds as ``elsewhere``. So a caller's own change shows in
    their next read. Answers are kept under the tags' versions
    from before they were made, so a read that raced with the commit cannot be kept past it.
    """

    def __init__(
        self, cache: TagCache, elsewhere: Mapping[type[Message[Any]], tuple[str, ...]]
    ) -> None:
        self._cache, self._elsewhere = cache, elsewhere

    async def handle(self, message: Message[Any], actor: Actor, proceed: Proceed) -> Any:  # noqa: ANN401 - as in Behaviour
        """Go on, then drop what became stale."""
        answer = await proceed(message, actor)
        tags = self._elsewhere.get(type(message), ())
        if isinstance(message, Command):
            tags = (*message.outdates, *tags)
        if tags:
            await self._cache.remove_by_tag(*tags)
        return answer
