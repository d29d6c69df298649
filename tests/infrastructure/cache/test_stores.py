"""One contract for both stores: the same cases on memory and on a real Redis."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from time import time
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
        self.ahead = 0.0
        self.store = RedisCache(
            url, prefix=self.prefix, timeout_seconds=5, clock=lambda: time() + self.ahead
        )
        self.redis: Any = Redis.from_url(url)

    async def age(self, seconds: float) -> None:
        """Move the clock, and bring the end of every entry closer."""
        self.ahead += seconds
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


async def keep(
    store: TaggedStore,
    *tags: str,
    seconds: float | None = None,
    sliding_seconds: float | None = None,
) -> None:
    """Keep a value under the present versions of the tags."""
    stamp = await store.stamp(tags)
    await store.set("reports:a", Entry(b"\x00value", stamp, seconds, sliding_seconds))


async def value(store: TaggedStore, key: str = "reports:a") -> bytes | None:
    """Read what is kept."""
    kept = await store.get(key)
    return None if kept is None else kept.value


@pytest.mark.requirement("CAC-01")
async def test_what_was_set_is_read_until_it_is_removed(aging: Aging) -> None:
    store = aging.store
    assert await store.get("reports:a") is None
    await keep(store)
    assert await value(store) == b"\x00value"

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


@pytest.mark.requirement("REP-06")
async def test_reads_let_an_entry_live_on_but_never_beyond_its_end(aging: Aging) -> None:
    await keep(aging.store, seconds=30 * MINUTE, sliding_seconds=5 * MINUTE)
    for _ in range(7):
        await aging.age(4 * MINUTE)
        assert await aging.store.get("reports:a") is not None

    await aging.age(3 * MINUTE)

    assert await aging.store.get("reports:a") is None


@pytest.mark.requirement("REP-06")
async def test_unread_an_entry_ends_before_its_end(aging: Aging) -> None:
    await keep(aging.store, seconds=30 * MINUTE, sliding_seconds=5 * MINUTE)

    await aging.age(6 * MINUTE)

    assert await aging.store.get("reports:a") is None


async def test_a_read_tells_how_often_it_was_read_and_how_long_it_lives(aging: Aging) -> None:
    await keep(aging.store, seconds=30 * MINUTE, sliding_seconds=5 * MINUTE)
    await aging.store.get("reports:a")
    await aging.age(3 * MINUTE)

    kept = await aging.store.get("reports:a")

    assert kept is not None
    assert (kept.reads, kept.seconds) == (2, 30 * MINUTE)
    assert kept.seconds_left == pytest.approx(27 * MINUTE, abs=2)


async def test_an_entry_set_anew_begins_anew(aging: Aging) -> None:
    await keep(aging.store, seconds=10 * MINUTE)
    await aging.store.get("reports:a")
    await aging.age(9 * MINUTE)
    await keep(aging.store, seconds=10 * MINUTE)
    await aging.age(9 * MINUTE)

    kept = await aging.store.get("reports:a")

    assert kept is not None
    assert kept.reads == 1


@pytest.mark.requirement("CAC-01")
async def test_a_bumped_tag_makes_its_entries_stale_and_no_others(aging: Aging) -> None:
    store = aging.store
    await keep(store, "user.1", "reports")
    await store.set("reports:b", Entry(b"other", await store.stamp(("user.2",))))

    await store.bump(("user.1",))

    assert await store.get("reports:a") is None
    assert await value(store, "reports:b") == b"other"


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

    assert [await value(store, key) for key in ("a", "b", "c")] == [b"a", None, b"c"]


async def test_memory_forgets_tags_without_bringing_old_answers_back() -> None:
    store = MemoryCache(capacity=1)
    stamp = await store.stamp(("seen",))
    for number in range(30):
        await store.bump((f"user.{number}",))
    await store.set("a", Entry(b"old", stamp))

    assert await store.get("a") is None


@pytest.mark.requirement("CAC-22")
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


async def test_a_lost_tag_makes_its_entries_stale_and_never_has_an_old_version_again(
    redis_url: str,
) -> None:
    aging = AgingRedis(redis_url)
    await keep(aging.store, "user.1")
    versions = set()
    for _ in range(3):
        await aging.store.bump(("user.1",))
        versions.add((await aging.store.stamp(("user.1",)))["user.1"])
        await aging.redis.delete(f"{aging.prefix}tag:shared:user.1")
        versions.add((await aging.store.stamp(("user.1",)))["user.1"])

    assert await aging.store.get("reports:a") is None
    assert len(versions) == 6
    await aging.store.close()
    await aging.redis.aclose()


async def test_a_tag_is_bumped_a_second_time_only_where_there_was_no_first(redis_url: str) -> None:
    aging = AgingRedis(redis_url)
    store, happened = aging.store, datetime.now(UTC)
    await keep(store, "missed")
    await store.set("reports:b", Entry(b"before", await store.stamp(("told",))))
    await store.bump(("told",))
    await store.set("reports:c", Entry(b"after", await store.stamp(("told",))))

    await store.bump_unless_since(("missed", "told", "never stamped"), happened)

    assert await value(store) is None
    assert await value(store, "reports:b") is None
    assert await value(store, "reports:c") == b"after"
    await store.bump_unless_since(("told",), datetime.now(UTC) + timedelta(seconds=1))
    assert await value(store, "reports:c") is None
    assert not await aging.redis.exists(f"{aging.prefix}tag:shared:never stamped")
    await store.close()
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
