"""The shared cache: one round trip per operation, no key without an end, no search for keys."""

import itertools
import json
import secrets
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from redis.asyncio import BlockingConnectionPool, Redis

from workout_infrastructure.cache.stamps import Entry, Kept, Stamp

# Tag versions outlive every absolute entry; an entry whose tag is forgotten counts as stale.
TAG_SECONDS: Final = 7 * 24 * 3600
LONGEST_ENTRY_SECONDS: Final = 24 * 3600.0
# Redis does nothing else while it bumps: so many take it about a millisecond.
LARGEST_BATCH: Final = 1000

# Answers with value, reads, whole life and what is left of it; the last two are 0 without an end.
_GET: Final = """
local entry = redis.call('HMGET', KEYS[1], 'value', 'stamp', 'slides', 'lives', 'ends')
if not entry[1] then return false end
for tag, version in pairs(cjson.decode(entry[2])) do
  if redis.call('GET', ARGV[1] .. tag) ~= version then
    redis.call('DEL', KEYS[1])
    return false
  end
end
local slides, lives, left = tonumber(entry[3]), tonumber(entry[4]), 0
if lives > 0 then
  left = tonumber(entry[5]) - tonumber(ARGV[2])
  if left <= 0 then
    redis.call('DEL', KEYS[1])
    return false
  end
  if slides > left then slides = left end
end
if slides > 0 then redis.call('PEXPIRE', KEYS[1], slides) end
return {entry[1], redis.call('HINCRBY', KEYS[1], 'reads', 1), lives, left}
"""
# A tag that Redis forgot gets a version that never was, so that an entry made under an older one
# can never look fresh again.
_STAMP: Final = """
local versions = {}
for index, key in ipairs(KEYS) do
  redis.call('SET', key, ARGV[1], 'NX')
  redis.call('EXPIRE', key, ARGV[2])
  versions[index] = redis.call('GET', key)
end
return versions
"""
_BUMP: Final = """
for _, key in ipairs(KEYS) do
  redis.call('SET', key, ARGV[1], 'EX', ARGV[2])
end
"""
# A tag nobody stamped needs no bump; one that was bumped since the instant has had it.
_BUMP_UNLESS_SINCE: Final = """
for _, key in ipairs(KEYS) do
  local version = redis.call('GET', key)
  if version and tonumber(string.match(version, '^%d+')) < tonumber(ARGV[3]) then
    redis.call('SET', key, ARGV[1], 'EX', ARGV[2])
  end
end
"""
_UNLOCK: Final = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""


class RedisCache:
    """Entries are hashes, tags are texts; every key carries ``prefix``."""

    def __init__(
        self,
        url: str,
        *,
        prefix: str,
        timeout_seconds: float = 0.25,
        connections: int = 32,
        clock: Callable[[], float] = time.time,
    ) -> None:
        pool: Any = BlockingConnectionPool.from_url(
            url,
            max_connections=connections,
            timeout=timeout_seconds * 2,
            socket_timeout=timeout_seconds,
            socket_connect_timeout=timeout_seconds,
        )
        self._redis: Any = Redis(connection_pool=pool)
        self._pool, self._clock = pool, clock
        # With a number behind it, a version of this process never comes again.
        self._nonce, self._numbers = secrets.token_hex(6), itertools.count()
        self._prefix, self._tags, self._locks = (prefix, f"{prefix}tag:", f"{prefix}lock:")
        self._get = self._redis.register_script(_GET)
        self._stamp = self._redis.register_script(_STAMP)
        self._bump = self._redis.register_script(_BUMP)
        self._bump_unless_since = self._redis.register_script(_BUMP_UNLESS_SINCE)
        self._unlock = self._redis.register_script(_UNLOCK)

    async def get(self, key: str) -> Kept | None:
        """Return what is kept under the key, unless it expired or is stale."""
        answer = await self._get(
            keys=[self._prefix + key], args=[self._tags, _milliseconds(self._clock())]
        )
        if answer is None:
            return None
        value, reads, lives, left = answer
        if not lives:
            return Kept(value, reads)
        return Kept(value, reads, lives / 1000, left / 1000)

    async def set(self, key: str, entry: Entry) -> None:
        """Keep an entry, at most a day unread, which is less than its tags are kept."""
        name = self._prefix + key
        lives = 0 if entry.seconds is None else _milliseconds(entry.seconds)
        fields = {
            "value": entry.value,
            "stamp": json.dumps({_owned(tag): version for tag, version in entry.stamp.items()}),
            "slides": _milliseconds(entry.slides or 0),
            "lives": lives,
            "ends": _milliseconds(self._clock()) + lives,
        }
        async with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.delete(name)
            pipeline.hset(name, mapping=fields)
            pipeline.pexpire(name, max(1, _milliseconds(min(entry.lives, LONGEST_ENTRY_SECONDS))))
            await pipeline.execute()

    async def stamp(self, tags: tuple[str, ...]) -> Stamp:
        """Return the present version of each tag."""
        if not tags:
            return {}
        # Made by nobody's change: whoever asks since when there was one is told never.
        never = f"0.{self._nonce}.{next(self._numbers)}"
        versions = await self._stamp(keys=self._tag_keys(tags), args=[never, TAG_SECONDS])
        return {tag: version.decode() for tag, version in zip(tags, versions, strict=True)}

    async def remove(self, *keys: str) -> None:
        """Forget entries."""
        if keys:
            await self._redis.delete(*(self._prefix + key for key in keys))

    async def bump(self, tags: tuple[str, ...]) -> None:
        """Give each tag a version it never had."""
        for some in _batches(tags):
            await self._bump(keys=self._tag_keys(some), args=[self._version(), TAG_SECONDS])

    async def bump_unless_since(self, tags: tuple[str, ...], at: datetime) -> None:
        """Do it for the tags that nobody bumped since the instant."""
        for some in _batches(tags):
            await self._bump_unless_since(
                keys=self._tag_keys(some),
                args=[self._version(), TAG_SECONDS, _microseconds(at.timestamp())],
            )

    async def lock(self, name: str, holder: str, *, seconds: float) -> bool:
        """Take a lock unless somebody has it; it opens by itself after ``seconds``."""
        taken = await self._redis.set(
            self._locks + name, holder, nx=True, px=max(1, int(seconds * 1000))
        )
        return bool(taken)

    async def unlock(self, name: str, holder: str) -> None:
        """Open the lock if ``holder`` still has it."""
        await self._unlock(keys=[self._locks + name], args=[holder])

    async def probe(self) -> bool:
        """Write a value, read it back and compare."""
        name = f"{self._prefix}health:shared:check"
        await self._redis.set(name, b"test", ex=60)
        return bool(await self._redis.get(name) == b"test")

    async def close(self) -> None:
        """Close all connections."""
        await self._redis.aclose()
        await self._pool.disconnect()

    def _tag_keys(self, tags: tuple[str, ...]) -> list[str]:
        return [self._tags + _owned(tag) for tag in tags]

    def _version(self) -> str:
        return f"{_microseconds(self._clock())}.{self._nonce}.{next(self._numbers)}"


def _owned(tag: str) -> str:
    """Name an owner where a tag has none, as every key does."""
    return tag if ":" in tag else f"shared:{tag}"


def _batches(tags: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(tags), LARGEST_BATCH):
        yield tags[start : start + LARGEST_BATCH]


def _milliseconds(seconds: float) -> int:
    return int(seconds * 1000)


def _microseconds(seconds: float) -> int:
    return int(seconds * 1_000_000)
