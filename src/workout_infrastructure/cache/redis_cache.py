"""The shared cache: one round trip per operation, no key without an end, no search for keys."""

import json
import time
from typing import Any, Final

from redis.asyncio import BlockingConnectionPool, Redis

from workout_infrastructure.cache.stamps import SLIDING_SECONDS, Entry, Stamp

# Tag versions outlive every absolute entry; an entry whose tag is forgotten counts as stale.
TAG_SECONDS: Final = 7 * 24 * 3600
LONGEST_ENTRY_SECONDS: Final = 24 * 3600.0

_GET: Final = """
local entry = redis.call('HMGET', KEYS[1], 'value', 'stamp', 'slides')
if not entry[1] then return false end
for tag, version in pairs(cjson.decode(entry[2])) do
  if redis.call('GET', ARGV[1] .. tag) ~= version then
    redis.call('DEL', KEYS[1])
    return false
  end
end
if entry[3] == '1' then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return entry[1]
"""
# A counter that Redis forgot begins again at the present microsecond, hence above every version
# it had before: an entry made under an older one can never look fresh again.
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
  redis.call('SET', key, ARGV[1], 'NX')
  redis.call('INCR', key)
  redis.call('EXPIRE', key, ARGV[2])
end
"""
_UNLOCK: Final = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""


class RedisCache:
    """Entries are hashes, tags are counters; every key carries ``prefix``."""

    def __init__(
        self, url: str, *, prefix: str, timeout_seconds: float = 0.25, connections: int = 32
    ) -> None:
        pool: Any = BlockingConnectionPool.from_url(
            url,
            max_connections=connections,
            timeout=timeout_seconds * 2,
            socket_timeout=timeout_seconds,
            socket_connect_timeout=timeout_seconds,
        )
        self._redis: Any = Redis(connection_pool=pool)
        self._pool = pool
        self._prefix, self._tags, self._locks = (prefix, f"{prefix}tag:", f"{prefix}lock:")
        self._get = self._redis.register_script(_GET)
        self._stamp = self._redis.register_script(_STAMP)
        self._bump = self._redis.register_script(_BUMP)
        self._unlock = self._redis.register_script(_UNLOCK)

    async def get(self, key: str) -> bytes | None:
        """Return what is kept under the key, unless it expired or is stale."""
        sliding = int(SLIDING_SECONDS * 1000)
        value: bytes | None = await self._get(keys=[self._prefix + key], args=[self._tags, sliding])
        return value

    async def set(self, key: str, entry: Entry) -> None:
        """Keep an entry; an absolute one at most a day, which is less than its tags are kept."""
        name = self._prefix + key
        fields = {
            "value": entry.value,
            "stamp": json.dumps(dict(entry.stamp)),
            "slides": int(entry.seconds is None),
        }
        seconds = SLIDING_SECONDS if entry.seconds is None else entry.seconds
        async with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.hset(name, mapping=fields)
            pipeline.pexpire(name, max(1, int(min(seconds, LONGEST_ENTRY_SECONDS) * 1000)))
            await pipeline.execute()

    async def stamp(self, tags: tuple[str, ...]) -> Stamp:
        """Return the present version of each tag."""
        if not tags:
            return {}
        versions = await self._stamp(keys=self._tag_keys(tags), args=[_microseconds(), TAG_SECONDS])
        return {tag: version.decode() for tag, version in zip(tags, versions, strict=True)}

    async def remove(self, *keys: str) -> None:
        """Forget entries."""
        if keys:
            await self._redis.delete(*(self._prefix + key for key in keys))

    async def bump(self, tags: tuple[str, ...]) -> None:
        """Give each tag a version it never had."""
        if tags:
            await self._bump(keys=self._tag_keys(tags), args=[_microseconds(), TAG_SECONDS])

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
        name = f"{self._prefix}health-check"
        await self._redis.set(name, b"test", ex=60)
        return bool(await self._redis.get(name) == b"test")

    async def close(self) -> None:
        """Close all connections."""
        await self._redis.aclose()
        await self._pool.disconnect()

    def _tag_keys(self, tags: tuple[str, ...]) -> list[str]:
        return [self._tags + tag for tag in tags]


def _microseconds() -> int:
    return time.time_ns() // 1000
