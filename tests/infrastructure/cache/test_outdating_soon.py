"""Answers made stale by what was committed: at once here, soon elsewhere, never for ever."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from tests.infrastructure.cache.test_service import Gate, a_cache, counting, on
from tests.waiting import until
from workout_infrastructure.cache.policies import CachePolicies
from workout_infrastructure.cache.queries import QueryCacheAdapter
from workout_infrastructure.cache.service import MOST_OWED, build_cache
from workout_infrastructure.observability.metrics import Metrics


def tags_of(event: Any) -> tuple[str, ...]:
    """Name an event's tags."""
    return tuple(event.tags)


def an_event(*tags: str) -> SimpleNamespace:
    """Make something that happened."""
    return SimpleNamespace(tags=tags)


@pytest.mark.parametrize("kind", ["memory", "redis"])
async def test_the_next_read_of_this_process_is_fresh(kind: str, redis_url: str) -> None:
    cache = build_cache("", "test") if kind == "memory" else a_cache(redis_url)
    await cache.set("reports:a", b"before", tags=("reports:ana:sets",))
    await cache.set("reports:b", b"other", tags=("reports:ben:sets",))

    cache.outdate_soon(tags_of, an_event("reports:ana:sets"))

    assert await cache.get("reports:a") is None
    assert await cache.get("reports:b") == b"other"
    await cache.close()


@pytest.mark.requirement("CAC-31")
async def test_other_processes_hear_of_it_without_anybody_reading_here(redis_url: str) -> None:
    prefix = f"workout:{uuid4().hex}:"
    one, two = a_cache(redis_url, prefix=prefix), a_cache(redis_url, prefix=prefix)
    await two.set("reports:a", b"before", tags=("reports:ana:sets",))

    one.outdate_soon(tags_of, an_event("reports:ana:sets"))

    async def is_gone() -> bool:
        return await two.get("reports:a") is None

    await until(is_gone, within=2)
    await one.close()
    await two.close()


async def test_what_happens_together_is_told_together(redis_url: str) -> None:
    prefix = f"workout:{uuid4().hex}:"
    cache, redis = a_cache(redis_url, prefix=prefix), Redis.from_url(redis_url)
    for number in range(200):
        cache.outdate_soon(tags_of, an_event(f"reports:{number}:sets"))
    assert await redis.keys(f"{prefix}*") == []

    await cache.get("reports:a")

    versions = {await redis.get(f"{prefix}tag:reports:{number}:sets") for number in range(200)}
    assert len(versions) == 1
    assert None not in versions
    await redis.aclose()
    await cache.close()


async def test_many_who_read_right_after_a_change_make_an_answer_once(redis_url: str) -> None:
    cache = a_cache(redis_url)
    queries = QueryCacheAdapter(cache, Metrics(), CachePolicies())
    make, made = counting()
    cache.outdate_soon(tags_of, an_event("user.1"))

    await asyncio.gather(*(queries.get_or_make(on("reports:a"), make) for _ in range(50)))
    await queries.get_or_make(on("reports:a"), make)

    assert len(made) == 1
    await cache.close()


async def test_what_happens_while_redis_is_away_is_told_when_it_is_back(redis_url: str) -> None:
    gate, prefix = Gate(redis_url), f"workout:{uuid4().hex}:"
    cut_off, other = a_cache(await gate.open(), prefix=prefix), a_cache(redis_url, prefix=prefix)
    await other.set("reports:a", b"before", tags=("user.1",))
    await gate.shut()
    cut_off.outdate_soon(tags_of, an_event("user.1"))
    assert await cut_off.get("reports:a") is None
    assert await other.get("reports:a") == b"before"

    await gate.open()

    async def is_gone() -> bool:
        return await other.get("reports:a") is None

    await until(is_gone)
    await cut_off.close()
    await other.close()
    await gate.shut()


async def test_a_long_outage_costs_no_memory_without_end(redis_url: str) -> None:
    gate, prefix = Gate(redis_url), f"workout:{uuid4().hex}:"
    cache, other = a_cache(await gate.open(), prefix=prefix), a_cache(redis_url, prefix=prefix)
    await other.set("reports:a", b"before", tags=("reports:7:sets",))
    await other.set("catalogue:a", b"before", tags=("catalogue",))
    await gate.shut()
    tags = [f"reports:{number}:sets" for number in range(MOST_OWED)]
    cache.outdate_soon(tags_of, an_event(*tags, "catalogue"))
    assert await cache.get("reports:a") is None
    assert len(vars(cache)["_owed_tags"]) == 2

    await gate.open()
    await cache.get("reports:a")

    assert await other.get("reports:a") is None
    assert await other.get("catalogue:a") is None
    await cache.close()
    await other.close()
    await gate.shut()


async def test_a_process_that_ends_tells_what_it_still_owes(redis_url: str) -> None:
    prefix = f"workout:{uuid4().hex}:"
    ending, other = a_cache(redis_url, prefix=prefix), a_cache(redis_url, prefix=prefix)
    await other.set("reports:a", b"before", tags=("user.1",))
    ending.outdate_soon(tags_of, an_event("user.1"))

    await ending.close()

    assert await other.get("reports:a") is None
    await other.close()


async def test_a_second_try_that_fails_is_owed(redis_url: str) -> None:
    gate, prefix = Gate(redis_url), f"workout:{uuid4().hex}:"
    worker, other = a_cache(await gate.open(), prefix=prefix), a_cache(redis_url, prefix=prefix)
    await other.set("reports:a", b"before", tags=("user.1",))
    await gate.shut()
    await worker.outdate_unless_since(("user.1",), datetime.now(UTC))

    await gate.open()
    await worker.get("reports:b")

    assert await other.get("reports:a") is None
    await worker.close()
    await other.close()
    await gate.shut()
