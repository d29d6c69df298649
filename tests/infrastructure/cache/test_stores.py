"""One contract for both stores: the same cases on memory and on a real Redis."""

from collections.abc import AsyncIterator
from typing import Any, Protocol
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from workout_infrastructure.cache.memory import MemoryCache
from workout_infrastructure.cache.redis_cache import RedisCache
from workout_infrastructure.cache.stamps import Entry, TaggedStore

MINUTE = 60.0


class Aging(Protocol):
    """A store whose entries can be made older."""

    @property
    def store(self) -> TaggedStore:
        """The store."""
        ...

    async def age(self, seconds: float) -> None:
        """Let time pass."""
        ...


class AgingMemory:
    """Memory with a clock of its own."""

    def __init__(self) -> None:
        self.now = 0.0
        self.store = MemoryCache(clock=lambda: self.now)

    async def age(self, seconds: float) -> None:
        """Move the clock."""
        self.now += seconds


class AgingRedis:
    """Redis, where time passes by taking it from what the entries have left."""

    def __init__(self, url: str) -> None:
        self.prefix = f"workout:{uuid4().hex}:"
        self.store = RedisCache(url, prefix=self.prefix, timeout_seconds=5)
        self.redis: Any = Redis.from_url(url)

    async def age(self, seconds: float) -> None:
        """Bring the end of every entry closer."""
        async for key in self.redis.scan_iter(f"{self.prefix}*"):
            left = await self.redis.pttl(key) - int(seconds * 1000)
            await (self.redis.pexpire(key, left) if left > 0 else self.redis.delete(key))


@pytest.fixture(params=["memory", "redis"])
async def aging(request: pytest.FixtureRequest) -> AsyncIterator[Aging]:
    """Return each store in turn."""
    if request.param == "memory":
        yield AgingMemory()
        return
    redis = AgingRedis(request.getfixturevalue("redis_url"))
    yield redis
    await redis.store.close()
    await redis.redis.aclose()


async def keep(store: TaggedStore, *tags: str, seconds: float | None = None) -> None:
    """Keep a value under the present versions of the tags."""
    await store.set("reports:a", Entry(b"\x00value", await store.stamp(tags), seconds))


@pytest.mark.requirement("CAC-01")
async def test_what_was_set_is_read_until_it_is_removed(aging: Aging) -> None:
    store = aging.store
    assert await store.get("reports:a") is None
    await keep(store)
    assert await store.get("reports:a") == b"\x00value"

    await store.remove("reports:a")

    assert await store.get("reports:a") is None


@pytest.mark.requirement("CAC-02")
async def test_an_entry_without_an_end_slides_half_an_hour_with_each_read(aging: Aging) -> None:
    await keep(aging.store)
    for _ in range(3):
        await aging.age(29 * MINUTE)
        assert await aging.store.get("reports:a") is not None

    await aging.age(31 * MINUTE)

    assert await aging.store.get("reports:a") is None


@pytest.mark.requirement("CAC-02")
async def test_an_entry_with_an_end_ends_however_often_it_is_read(aging: Aging) -> None:
    await keep(aging.store, seconds=10 * MINUTE)
    for _ in range(3):
        await aging.age(3 * MINUTE)
        assert await aging.store.get("reports:a") is not None

    await aging.age(2 * MINUTE)

    assert await aging.store.get("reports:a") is None


@pytest.mark.requirement("CAC-01")
async def test_a_bumped_tag_makes_its_entries_stale_and_no_others(aging: Aging) -> None:
    store = aging.store
    await keep(store, "user.1", "reports")
    await store.set("reports:b", Entry(b"other", await store.stamp(("user.2",))))

    await store.bump(("user.1",))

    assert await store.get("reports:a") is None
    assert await store.get("reports:b") == b"other"


async def test_an_answer_overtaken_by_a_change_is_stale_from_the_start(aging: Aging) -> None:
    store = aging.store
    stamp = await store.stamp(("user.1",))
    await store.bump(("user.1",))
    await store.set("reports:a", Entry(b"old", stamp))

    assert await store.get("reports:a") is None


async def test_an_entry_kept_after_a_bump_is_read(aging: Aging) -> None:
    await aging.store.bump(("user.1",))
    await keep(aging.store, "user.1")

    assert await aging.store.get("reports:a") is not None


async def test_memory_lets_the_least_recently_used_entry_go() -> None:
    store = MemoryCache(capacity=2)
    for key in ("a", "b"):
        await store.set(key, Entry(key.encode(), {}))
    await store.get("a")

    await store.set("c", Entry(b"c", {}))

    assert [await store.get(key) for key in ("a", "b", "c")] == [b"a", None, b"c"]


async def test_memory_forgets_tags_without_bringing_old_answers_back() -> None:
    store = MemoryCache(capacity=1)
    stamp = await store.stamp(("seen",))
    for number in range(30):
        await store.bump((f"user.{number}",))
    await store.set("a", Entry(b"old", stamp))

    assert await store.get("a") is None


async def test_no_key_in_redis_lacks_an_end_or_the_prefix(redis_url: str) -> None:
    aging = AgingRedis(redis_url)
    await keep(aging.store, "user.1")
    await aging.store.bump(("user.2",))
    assert await aging.store.lock("name", "me", seconds=5)
    assert await aging.store.probe()

    keys = [key async for key in aging.redis.scan_iter(f"{aging.prefix}*")]

    assert len(keys) == 5
    assert all([await aging.redis.pttl(key) > 0 for key in keys])
    await aging.store.close()
    await aging.redis.aclose()


async def test_a_lost_tag_makes_its_entries_stale_and_begins_above_its_past(
    redis_url: str,
) -> None:
    aging = AgingRedis(redis_url)
    for _ in range(3):
        await aging.store.bump(("user.1",))
    await keep(aging.store, "user.1")
    before = await aging.store.stamp(("user.1",))
    await aging.redis.delete(f"{aging.prefix}tag:user.1")

    after = await aging.store.stamp(("user.1",))

    assert await aging.store.get("reports:a") is None
    assert int(after["user.1"]) > int(before["user.1"])
    await aging.store.close()
    await aging.redis.aclose()


async def test_a_lock_is_opened_by_its_holder_only(redis_url: str) -> None:
    aging = AgingRedis(redis_url)
    store = aging.store
    assert await store.lock("name", "me", seconds=5)
    await store.unlock("name", "you")
    assert not await store.lock("name", "you", seconds=5)

    await store.unlock("name", "me")

    assert await store.lock("name", "you", seconds=5)
    await store.close()
    await aging.redis.aclose()
