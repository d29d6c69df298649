"""Limits hold among processes, and go on while Redis is down, slow, emptied or killed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.asyncio import Redis

from tests.waiting import until
from workout_application.platform.limits import Quota
from workout_infrastructure.cache.breaker import BreakerState, CircuitBreaker
from workout_infrastructure.clock import SystemClock
from workout_infrastructure.local import EmbeddedRedis
from workout_infrastructure.security.limits import (
    FallbackRateLimiter,
    MemoryWindows,
    quota_of,
)

Made = Callable[..., FallbackRateLimiter]
QUOTAS = {"few": "3/minute", "many": "1000/minute"}
BOUND_SECONDS = 3.0


@pytest.fixture
async def made() -> AsyncIterator[Made]:
    """Return a maker of limiters, one for each process that is played."""
    limiters: list[FallbackRateLimiter] = []

    def make(url: str = "", prefix: str = "", **options: Any) -> FallbackRateLimiter:
        prefix = prefix or f"test:{uuid4().hex}:"
        limiter = FallbackRateLimiter(
            QUOTAS, SystemClock(), redis_url=url, prefix=prefix, **options
        )
        limiters.append(limiter)
        return limiter

    yield make
    for limiter in limiters:
        await limiter.close()


@pytest.fixture
def own_redis(tmp_path: Path) -> Any:
    """Return a Redis nobody else uses, which may be emptied and killed."""
    redis = EmbeddedRedis(tmp_path, durable=False)
    redis.start()
    yield redis
    redis.erase()


async def allowed(limiter: FallbackRateLimiter, times: int, who: str = "ana") -> list[bool]:
    """Hit the limit of three that many times, one after another."""
    return [(await limiter.hit("few", who)).is_allowed for _ in range(times)]


@pytest.mark.parametrize(
    ("text", "amount", "seconds"),
    [
        ("20/minute", 20, 60),
        ("300 per 10 minutes", 300, 600),
        ("5/hour", 5, 3600),
        ("1/second", 1, 1),
    ],
)
def test_a_quota_is_read_as_people_write_it(text: str, amount: int, seconds: int) -> None:
    assert quota_of(text) == Quota(amount, seconds)


@pytest.mark.parametrize(
    "text", ["", "20", "0/minute", "-1/minute", "x/minute", "1/fortnight", "1/second;9/hour"]
)
def test_what_is_not_one_quota_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Write one quota"):
        quota_of(text)


@given(
    amount=st.integers(1, 5),
    seconds=st.integers(1, 10),
    pauses=st.lists(st.integers(0, 6), max_size=40),
)
def test_no_window_ever_holds_more_than_its_quota(
    amount: int, seconds: int, pauses: list[int]
) -> None:
    now = 0.0
    windows = MemoryWindows(clock=lambda: now)
    passed: list[float] = []
    for pause in pauses:
        now += pause
        usage = windows.hit("p", "i", Quota(amount, seconds))
        within = [moment for moment in passed if moment > now - seconds]
        assert usage.is_allowed == (len(within) < amount)
        passed += [now] if usage.is_allowed else []
        assert usage.remaining == amount - len(within) - usage.is_allowed
        assert 1 <= usage.resets_in <= seconds


def test_after_the_time_it_names_one_more_passes() -> None:
    now = 0.0
    windows, quota = MemoryWindows(clock=lambda: now), Quota(2, 60)
    windows.hit("p", "i", quota)
    now = 20.0
    windows.hit("p", "i", quota)
    refused = windows.hit("p", "i", quota)
    now += refused.resets_in

    again = [windows.hit("p", "i", quota).is_allowed for _ in range(2)]

    assert (refused.is_allowed, refused.remaining, refused.resets_in) == (False, 0, 40)
    assert again == [True, False]


def test_memory_is_bounded_whoever_comes() -> None:
    windows = MemoryWindows(capacity=100)
    for number in range(1000):
        windows.hit("p", str(number), Quota(1, 60))

    assert len(windows) == 100


async def test_without_a_redis_the_limits_are_kept_in_memory(made: Made) -> None:
    limiter = made()

    assert await allowed(limiter, 5) == [True, True, True, False, False]
    assert await allowed(limiter, 1, "bea") == [True]


@pytest.mark.requirement("SEC-07")
async def test_two_processes_count_together(made: Made, redis_url: str) -> None:
    prefix = f"test:{uuid4().hex}:"
    one, other = made(redis_url, prefix), made(redis_url, prefix)

    found = [(await limiter.hit("few", "ana")) for limiter in (one, other, one, other, one)]

    assert [usage.is_allowed for usage in found] == [True, True, True, False, False]
    assert [usage.remaining for usage in found] == [2, 1, 0, 0, 0]
    assert all(1 <= usage.resets_in <= 60 for usage in found)


async def test_of_many_at_once_exactly_as_many_pass(made: Made, redis_url: str) -> None:
    prefix = f"test:{uuid4().hex}:"
    limiters = [made(redis_url, prefix), made(redis_url, prefix)]

    found = await asyncio.gather(*(limiters[n % 2].hit("few", "ana") for n in range(40)))

    assert sum(usage.is_allowed for usage in found) == 3


async def test_what_redis_refused_is_not_counted_in_memory(
    made: Made, own_redis: EmbeddedRedis
) -> None:
    one, other = made(own_redis.start(), "same:"), made(own_redis.start(), "same:")
    await allowed(one, 3)
    refused = await allowed(other, 5)
    async with Redis.from_url(own_redis.start()) as redis:
        await redis.flushall()

    assert refused == [False] * 5
    assert await allowed(other, 4) == [True, True, True, False]


@pytest.mark.requirement("SEC-07")
async def test_a_redis_that_is_emptied_forgets_nothing_for_this_process(
    made: Made, own_redis: EmbeddedRedis
) -> None:
    limiter = made(own_redis.start())
    before = await allowed(limiter, 3)
    async with Redis.from_url(own_redis.start()) as redis:
        await redis.flushall()
        await redis.script_flush()

    assert (before, await allowed(limiter, 2)) == ([True] * 3, [False, False])
    assert await allowed(limiter, 4, "bea") == [True, True, True, False]


@pytest.mark.requirement("SEC-07")
async def test_a_redis_that_is_killed_in_the_middle_breaks_nothing_and_is_used_again(
    made: Made, own_redis: EmbeddedRedis
) -> None:
    url = own_redis.start()
    limiter = made(url, breaker=CircuitBreaker(cool_down=0.05))
    before = await allowed(limiter, 2)
    own_redis.stop()
    began = monotonic()
    during = await allowed(limiter, 3)
    others = [await allowed(limiter, 4, who) for who in ("bea", "cleo")]
    took = monotonic() - began
    state = limiter.breaker.state
    assert own_redis.start() == url

    async def counts_again() -> bool:
        await limiter.hit("many", "somebody")
        return limiter.breaker.state is BreakerState.CLOSED

    await until(counts_again, what="Redis to be used again")
    assert (before, during) == ([True, True], [True, False, False])
    assert others == [[True, True, True, False]] * 2
    assert state is not BreakerState.CLOSED
    assert took < BOUND_SECONDS


async def test_a_redis_that_says_nothing_holds_nobody_up(made: Made) -> None:
    over = asyncio.Event()

    async def say_nothing(_reader: object, writer: asyncio.StreamWriter) -> None:
        await over.wait()
        writer.close()

    silent = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    limiter = made(f"redis://127.0.0.1:{silent.sockets[0].getsockname()[1]}/0")
    began = monotonic()

    found = await allowed(limiter, 5)
    at_once = await asyncio.gather(*(limiter.hit("many", str(n)) for n in range(100)))

    assert found == [True, True, True, False, False]
    assert all(usage.is_allowed for usage in at_once)
    assert monotonic() - began < BOUND_SECONDS
    over.set()
    silent.close()


async def test_nothing_in_redis_tells_who_was_counted(made: Made, redis_url: str) -> None:
    prefix = f"test:{uuid4().hex}:"
    await made(redis_url, prefix).hit("few", "192.0.2.7 ana@example.com")
    async with Redis.from_url(redis_url) as redis:
        keys = [key.decode() async for key in redis.scan_iter(match=f"{prefix}*")]
        lives = [await redis.ttl(key) for key in keys]

    assert len(keys) == 1
    assert "ana" not in keys[0]
    assert "192" not in keys[0].removeprefix(prefix)
    assert all(0 < life <= 60 for life in lives)
