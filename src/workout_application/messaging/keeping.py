"""Answers that are kept: made once, read back as what they were."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from workout_application.encoding import NotReadable, pack, unpack
from workout_application.messaging.messages import Shelf

R = TypeVar("R")


class QueryCache(Protocol):
    """Keeps packed answers by key, tagged; trouble with it counts as a miss."""

    async def get_or_make(self, shelf: Shelf, make: Callable[[], Awaitable[bytes]], /) -> bytes:
        """
        Return the kept answer, or make it once however many callers wait, and keep it.

        ``make`` may be called again later, in the background, to renew an answer many ask for.
        """
        ...


class Keeper:
    """
    Keeps answers of any form that packs.

    Whoever asks has decided before that the caller may have the answer: it is the same for all who
    come with this shelf.
    """

    def __init__(self, cache: QueryCache) -> None:
        self._cache = cache

    async def kept(self, shelf: Shelf, form: type[R], make: Callable[[], Awaitable[R]]) -> R:
        """Return the kept answer of this form, or make it."""

        async def packed() -> bytes:
            return pack(await make())

        answer = await self._cache.get_or_make(shelf, packed)
        try:
            read: R = unpack(answer, form)
        except NotReadable:
            # Another release of the product kept it; its form is not ours.
            return await make()
        return read
