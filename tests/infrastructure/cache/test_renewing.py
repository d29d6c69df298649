"""What many ask for is made anew before it ends; categories are kept as the settings say."""

import asyncio
from collections.abc import Awaitable, Callable
from time import time
from typing import Any
from uuid import uuid4

import pytest
import structlog

from tests.waiting import until
from workout_application.messaging.messages import Shelf
from workout_infrastructure.cache.breaker import CircuitBreaker
from workout_infrastructure.cache.memory import MemoryCache
from workout_infrastructure.cache.policies import CachePolicies, CategoryPolicy
from workout_infrastructure.cache.queries import QueryCacheAdapter
from workout_infrastructure.cache.redis_cache import RedisCache
from workout_infrastructure.cache.service import FallbackCache
from workout_infrastructure.observability.metrics import Metrics
from workout_presentation.composition.settings import Environment, load_settings

VOLUME = Shelf(key="reports:ana:volume:1", category="reports", component="volume")
HUNDRED_SECONDS = CachePolicies({"reports": CategoryPolicy(seconds=100, sliding_seconds=60)})


class Time:
    """Passes when told."""

    def __init__(self) -> None:
        self.now = time()


class Made:
    """Makes answers that tell how many there were, when they may be finished."""

    def __init__(self) -> None:
        self.count = 0
        self.may_finish = asyncio.Event()
        self.may_finish.set()
        self.failure: Exception | None = None

    async def __call__(self) -> bytes:
        """Make the next one."""
        self.count += 1
        number = self.count
        await self.may_finish.wait()
        if self.failure is not None:
            raise self.failure
        return b"%d" % number


def adapter(
    clock: Time,
    *,
    redis_url: str = "",
    prefix: str = "",
    policies: CachePolicies = HUNDRED_SECONDS,
    metrics: Metrics | None = None,
) -> QueryCacheAdapter:
    """Return one process's cache of answers, on a time of the test's."""
    cache = FallbackCache(
        memory=MemoryCache(clock=lambda: clock.now),
        redis=RedisCache(redis_url, prefix=prefix, clock=lambda: clock.now) if redis_url else None,
        breaker=CircuitBreaker(),
    )
    return QueryCacheAdapter(cache, metrics or Metrics(), policies)


async def ask(
    cache: QueryCacheAdapter, make: Callable[[], Awaitable[bytes]], times: int = 1
) -> bytes:
    """Ask some times and return the last answer."""
    answers = [await cache.get_or_make(VOLUME, make) for _ in range(times)]
    return answers[-1]


@pytest.mark.requirement("CAC-29")
async def test_a_popular_answer_is_renewed_near_its_end_and_nobody_waits() -> None:
    clock, made, metrics = Time(), Made(), Metrics()
    cache = adapter(clock, metrics=metrics)
    await ask(cache, made, times=4)
    clock.now += 50
    assert await ask(cache, made) == b"1"
    clock.now += 35
    made.may_finish.clear()

    while_it_is_renewed = await ask(cache, made, times=5)
    made.may_finish.set()
    await until(lambda: 'result="renewed"' in metrics.text().decode())
    clock.now += 40

    assert while_it_is_renewed == b"1"
    assert await ask(cache, made) == b"2"
    assert made.count == 2
    text = metrics.text().decode()
    assert 'component="volume",result="miss"} 1.0' in text
    assert 'component="volume",result="renewed"} 1.0' in text


@pytest.mark.requirement("CAC-29")
async def test_two_processes_renew_a_popular_answer_once(redis_url: str) -> None:
    clock, made, prefix = Time(), Made(), f"workout:{uuid4().hex}:"
    one, two = (adapter(clock, redis_url=redis_url, prefix=prefix) for _ in range(2))
    await ask(one, made, times=4)
    clock.now += 85

    await asyncio.gather(*(ask(cache, made, times=10) for cache in (one, two)))

    assert await until(lambda: made.count == 2)
    clock.now += 16
    assert await ask(two, made) == b"2"
    assert made.count == 2
    await one.close()
    await two.close()


async def test_an_answer_few_ask_for_is_not_renewed() -> None:
    clock, made = Time(), Made()
    cache = adapter(clock)
    await ask(cache, made, times=2)
    clock.now += 50
    await ask(cache, made)
    clock.now += 51

    assert await ask(cache, made) == b"2"


async def test_a_renewal_that_fails_is_logged_and_readers_miss_nothing() -> None:
    clock, made = Time(), Made()
    cache = adapter(clock)
    await ask(cache, made, times=4)
    clock.now += 50
    await ask(cache, made)
    clock.now += 35
    made.failure = LookupError("nothing there")

    with structlog.testing.capture_logs() as lines:
        assert await ask(cache, made) == b"1"
        await until(lambda: lines)

    assert lines[0]["event"] == "answer not renewed"
    assert lines[0]["key"] == VOLUME.key
    assert await ask(cache, made) == b"1"
    await cache.close()


async def test_a_process_that_ends_gives_up_its_renewals() -> None:
    clock, made = Time(), Made()
    cache = adapter(clock)
    await ask(cache, made, times=4)
    clock.now += 55
    await ask(cache, made)
    clock.now += 30
    made.may_finish.clear()
    await ask(cache, made)
    await until(lambda: made.count == 2)

    await asyncio.wait_for(cache.close(), 5)

    assert not vars(cache)["_renewals"]


# settings


def reports(**settings: Any) -> CachePolicies:
    """Return the policies of these settings."""
    return load_settings(
        environment=Environment.TEST, database_url="postgresql://nobody@localhost/no", **settings
    ).cache_policies


@pytest.mark.requirement("REP-06")
def test_reports_slide_five_minutes_and_end_after_thirty_unless_set() -> None:
    assert reports().of("reports") == CategoryPolicy(seconds=30 * 60, sliding_seconds=5 * 60)
    assert reports(
        cache_reports_seconds=60, cache_reports_sliding_seconds=10, cache_reports=False
    ).of("reports") == CategoryPolicy(seconds=60, sliding_seconds=10, is_on=False)


@pytest.mark.requirement("CAC-13")
async def test_a_category_set_to_one_second_is_kept_one_second() -> None:
    clock, made = Time(), Made()
    cache = adapter(clock, policies=reports(cache_reports_seconds=1))
    await ask(cache, made)
    clock.now += 0.9
    assert await ask(cache, made) == b"1"
    clock.now += 0.2

    assert await ask(cache, made) == b"2"


@pytest.mark.requirement("CAC-13", "CAC-30")
async def test_a_category_that_is_switched_off_is_made_each_time() -> None:
    made, metrics = Made(), Metrics()
    cache = adapter(Time(), policies=reports(cache_reports=False), metrics=metrics)

    assert await ask(cache, made, times=3) == b"3"
    assert 'component="volume",result="off"} 3.0' in metrics.text().decode()


async def test_a_query_may_be_kept_for_a_shorter_time_than_its_category() -> None:
    clock, made = Time(), Made()
    cache = adapter(clock)
    short = Shelf(key="reports:a", category="reports", component="roster", seconds=30)
    await cache.get_or_make(short, made)
    clock.now += 31

    assert await cache.get_or_make(short, made) == b"2"
