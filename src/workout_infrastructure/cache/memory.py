"""The cache of one process: bounded, least recently used out first."""

import itertools
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic

from workout_infrastructure.cache.stamps import Entry, Kept, Stamp


@dataclass(slots=True)
class _Held:
    entry: Entry
    ends_at: float
    """When it ends unless it is read."""
    last_at: float
    """When it ends however often it is read."""
    reads: int = 0


class MemoryCache:
    """
    Entries and tag versions in dictionaries; ``longest_seconds`` caps every lifetime.

    Entries are at most ``capacity``, tag versions ten times that.
    """

    def __init__(
        self,
        *,
        capacity: int = 10_000,
        longest_seconds: float = float("inf"),
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._capacity, self._longest, self._clock = capacity, longest_seconds, clock
        self._entries: OrderedDict[str, _Held] = OrderedDict()
        self._versions: dict[str, str] = {}
        self._numbers = itertools.count()
        self._never_bumped = str(next(self._numbers))

    def __len__(self) -> int:
        """Count the entries, expired ones included."""
        return len(self._entries)

    async def get(self, key: str) -> Kept | None:
        """Return what is kept under the key, unless it expired or is stale."""
        held, now = self._entries.get(key), self._clock()
        if held is None:
            return None
        if held.ends_at <= now or self._is_stale(held.entry.stamp):
            del self._entries[key]
            return None
        self._entries.move_to_end(key)
        held.reads += 1
        slides = held.entry.slides
        if slides is not None:
            held.ends_at = min(now + slides, held.last_at)
        return Kept(held.entry.value, held.reads, held.entry.seconds, held.last_at - now)

    async def set(self, key: str, entry: Entry) -> None:
        """Keep an entry; the least recently used one makes room."""
        now = self._clock()
        longest = self._longest if entry.seconds is None else min(entry.seconds, self._longest)
        self._entries[key] = _Held(entry, now + min(entry.lives, longest), now + longest)
        self._entries.move_to_end(key)
        if len(self._entries) > self._capacity:
            self._entries.popitem(last=False)

    async def stamp(self, tags: tuple[str, ...]) -> Stamp:
        """Return the present version of each tag."""
        return {tag: self._versions.get(tag, self._never_bumped) for tag in tags}

    async def remove(self, *keys: str) -> None:
        """Forget entries."""
        for key in keys:
            self._entries.pop(key, None)

    async def bump(self, tags: tuple[str, ...]) -> None:
        """Give each tag a version it never had."""
        self.bump_now(tags)

    def bump_now(self, tags: Iterable[str]) -> None:
        """Do it without giving way to anybody."""
        if len(self._versions) > 10 * self._capacity:
            # Forgetting versions takes a new one for all tags, so every older stamp is stale.
            self._versions.clear()
            self._entries.clear()
            self._never_bumped = str(next(self._numbers))
        for tag in tags:
            self._versions[tag] = str(next(self._numbers))

    def _is_stale(self, stamp: Stamp) -> bool:
        return any(
            self._versions.get(tag, self._never_bumped) != version for tag, version in stamp.items()
        )
