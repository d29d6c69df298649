"""The cache of one process: bounded, least recently used out first."""

import itertools
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from workout_infrastructure.cache.stamps import SLIDING_SECONDS, Entry, Stamp


@dataclass(slots=True)
class _Kept:
    entry: Entry
    ends_at: float


class MemoryCache:
    """
    Entries and tag versions in dictionaries; ``longest_seconds`` caps every lifetime.

    Entries are at most ``capacity``, tag versions ten times that.
    """

    def __init__(
        self,
        *,
        capacity: int = 10_000,
        longest_seconds: float | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._capacity, self._longest, self._clock = capacity, longest_seconds, clock
        self._entries: OrderedDict[str, _Kept] = OrderedDict()
        self._versions: dict[str, str] = {}
        self._numbers = itertools.count()
        self._never_bumped = str(next(self._numbers))

    def __len__(self) -> int:
        """Count the entries, expired ones included."""
        return len(self._entries)

    async def get(self, key: str) -> bytes | None:
        """Return what is kept under the key, unless it expired or is stale."""
        kept = self._entries.get(key)
        if kept is None:
            return None
        if kept.ends_at <= self._clock() or self._is_stale(kept.entry.stamp):
            del self._entries[key]
            return None
        self._entries.move_to_end(key)
        if kept.entry.seconds is None and self._longest is None:
            kept.ends_at = self._clock() + SLIDING_SECONDS
        return kept.entry.value

    async def set(self, key: str, entry: Entry) -> None:
        """Keep an entry; the least recently used one makes room."""
        seconds = SLIDING_SECONDS if entry.seconds is None else entry.seconds
        if self._longest is not None:
            seconds = min(seconds, self._longest)
        self._entries[key] = _Kept(entry, self._clock() + seconds)
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
