"""What both caches agree on: how long entries live, and the versions they were made under."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

SLIDING_SECONDS: Final = 30 * 60.0

Stamp = Mapping[str, str]
"""The version of each tag at the moment an answer began to be made."""


@dataclass(frozen=True, slots=True)
class Entry:
    """
    An answer to keep.

    Each read lets it live ``sliding_seconds`` more, but never beyond ``seconds`` after it was set.
    With the latter alone reads change nothing; with neither it slides half an hour.
    """

    value: bytes
    stamp: Stamp
    seconds: float | None = None
    sliding_seconds: float | None = None

    @property
    def slides(self) -> float | None:
        """How long each read lets it live, or None where reads change nothing."""
        if self.sliding_seconds is None and self.seconds is None:
            return SLIDING_SECONDS
        return self.sliding_seconds

    @property
    def lives(self) -> float:
        """How long it lives unread."""
        return min(one for one in (self.slides, self.seconds) if one is not None)


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as it was read: its answer, how often it was read, and when it ends at last."""

    value: bytes
    reads: int = 1
    seconds: float | None = None
    seconds_left: float | None = None


class TaggedStore(Protocol):
    """
    Entries whose tags have versions.

    An entry is readable only while each of its tags has the version of the entry's stamp. The
    stamp is taken before the answer is made, so an answer that was overtaken by a change is
    stale from the start.
    """

    async def get(self, key: str, /) -> Kept | None:
        """Return what is kept under the key, unless it expired or is stale."""
        ...

    async def set(self, key: str, entry: Entry, /) -> None:
        """Keep an entry."""
        ...

    async def stamp(self, tags: tuple[str, ...], /) -> Stamp:
        """Return the present version of each tag."""
        ...

    async def remove(self, *keys: str) -> None:
        """Forget entries."""
        ...

    async def bump(self, tags: tuple[str, ...], /) -> None:
        """Give each tag a version it never had."""
        ...


def category_of(key: str) -> str:
    """Return the first segment of a key or tag."""
    return key.partition(":")[0]


def tag_of_category(category: str) -> str:
    """Return the tag every entry of a category has, so that the category can be purged."""
    return f"category.{category}"
