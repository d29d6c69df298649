"""The cache, as the application sees it: bytes by key, made stale by tags."""

from typing import Protocol


class CacheService(Protocol):
    """
    Keeps encoded answers; trouble with it is logged and counts as a miss, never as an error.

    A key begins with its category and a colon. Without ``seconds`` an entry slides 30 minutes
    with each read; with it, it ends that long after it was set, however often it is read.
    """

    async def get(self, key: str, /) -> bytes | None:
        """Return what is kept under the key, or None."""
        ...

    async def set(
        self, key: str, value: bytes, /, *, seconds: float | None = None, tags: tuple[str, ...] = ()
    ) -> None:
        """Keep ``value`` until it expires or one of its tags is removed."""
        ...

    async def remove(self, key: str, /) -> None:
        """Forget one entry."""
        ...

    async def remove_by_tag(self, *tags: str) -> None:
        """Make every entry with one of the tags stale."""
        ...

    async def purge(self, category: str, /) -> None:
        """Make every entry of one category stale."""
        ...
