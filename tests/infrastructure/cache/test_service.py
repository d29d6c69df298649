"""The product's cache while Redis is there, gone, silent and back."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import structlog

from workout_application.messaging.messages import Shelf
from workout_infrastructure.cache.breaker import BreakerState, CircuitBreaker
from workout_infrastructure.cache.memory import MemoryCache
from workout_infrastructure.cache.policies import CachePolicies
from workout_infrastructure.cache.queries import QueryCacheAdapter
from workout_infrastructure.cache.redis_cache import RedisCache
from workout_infrastructure.cache.service import FallbackCache, build_cache
from workout_infrastructure.observability.metrics import Metrics


def on(key: str) -> Shelf:
    """Return where an answer of user 1 is kept."""
    return Shelf(key=key, category="reports", component="volume", tags=("user.1",))


BOUND_SECONDS = 3.0


def a_cache(url: str, *, prefix: str | None = None) -> FallbackCache:
    """Return a cache over a Redis that may not be there."""
    return FallbackCache(
        memory=MemoryCache(),
        redis=RedisCache(url, prefix=prefix or f"workout:{uuid4().hex}:"),
        breaker=CircuitBreaker(cool_down=0),
    )


@asynccontextmanager
async def silent_server() -> AsyncIterator[str]:
    """Accept connections and never say anything."""
    over = asyncio.Event()

    async def say_nothing(_reader: object, writer: asyncio.StreamWriter) -> None:
        await over.wait()
        writer.close()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    try:
        yield f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0"
    finally:
        over.set()
        server.close()


class Gate:
    """A way to Redis that can be shut: a relay of bytes in front of it."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._port = 0

    async def open(self) -> str:
        """Let connections through; returns the URL of the gate, always the same."""
        self._server = await asyncio.start_server(self._relay, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]
        return f"redis://:{self._url.password or ''}@127.0.0.1:{self._port}{self._url.path}"

    async def shut(self) -> None:
        """Cut all connections and refuse new ones."""
        assert self._server is not None
        self._server.close()
        for writer in self._writers:
            writer.close()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = self._url.hostname or "", self._url.port or 0
        onward_reader, onward_writer = await asyncio.open_connection(host, port)
        self._writers |= {writer, onward_writer}
        await asyncio.gather(_pump(reader, onward_writer), _pump(onward_reader, writer))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


def counting(answer: bytes = b"answer") -> tuple[Callable[[], Awaitable[bytes]], list[int]]:
    """Return something to make an answer with, and the list that grows each time it does."""
    made: list[int] = []

    async def make() -> bytes:
        made.append(1)
        for _ in range(5):
            await asyncio.sleep(0)
        return answer

    return make, made


async def test_without_a_redis_memory_serves_for_the_full_time() -> None:
    cache = build_cache("", "test")
    await cache.set("reports:a", b"1", tags=("user.1",))
    assert await cache.get("reports:a") == b"1"

    await cache.remove_by_tag("user.1")

    assert await cache.get("reports:a") is None
    assert not cache.is_shared


@pytest.mark.requirement("CAC-01", "CAC-27")
@pytest.mark.parametrize("kind", ["memory", "redis"])
async def test_a_category_is_purged_alone(kind: str, redis_url: str) -> None:
    cache = build_cache("", "test") if kind == "memory" else a_cache(redis_url)
    await cache.set("reports:a", b"1")
    await cache.set("catalogue:a", b"2")

    await cache.purge("reports")

    assert await cache.get("reports:a") is None
    assert await cache.get("catalogue:a") == b"2"
    await cache.close()


async def test_two_processes_share_answers_and_changes(redis_url: str) -> None:
    prefix = f"workout:{uuid4().hex}:"
    one, two = a_cache(redis_url, prefix=prefix), a_cache(redis_url, prefix=prefix)
    await one.set("reports:a", b"1", tags=("user.1",))
    assert await two.get("reports:a") == b"1"

    await two.remove_by_tag("user.1")

    assert await one.get("reports:a") is None
    await one.close()
    await two.close()


@pytest.mark.requirement("CAC-03")
@pytest.mark.parametrize("fault", ["gone", "silent"])
async def test_trouble_with_redis_is_logged_with_the_key_and_memory_serves(fault: str) -> None:
    async with silent_server() as silent:
        cache = a_cache(silent if fault == "silent" else "redis://127.0.0.1:1/0")
        began = monotonic()
        with structlog.testing.capture_logs() as lines:
            await cache.set("reports:a", b"1", tags=("user.1",))
            kept = await cache.get("reports:a")
            await cache.remove_by_tag("user.1")
            gone = await cache.get("reports:a")
        await cache.close()

    assert (kept, gone) == (b"1", None)
    assert monotonic() - began < BOUND_SECONDS
    assert {"cache failed"} == {line["event"] for line in lines}
    assert "reports:a" in {line["key"] for line in lines}


@pytest.mark.requirement("CAC-03")
async def test_a_silent_redis_costs_many_requests_little_in_all() -> None:
    async with silent_server() as silent:
        cache = build_cache(silent, "test")
        queries = QueryCacheAdapter(cache, Metrics(), CachePolicies())
        make, _ = counting()
        began = monotonic()
        answers = await asyncio.gather(
            *(queries.get_or_make(on(f"reports:{number}"), make) for number in range(200))
        )
        await cache.close()

    assert set(answers) == {b"answer"}
    assert monotonic() - began < BOUND_SECONDS
    assert cache.breaker.state is BreakerState.OPEN


async def test_an_open_breaker_leaves_redis_alone() -> None:
    cache = build_cache("redis://127.0.0.1:1/0", "test")
    for _ in range(3):
        await cache.get("reports:a")

    with structlog.testing.capture_logs() as lines:
        await cache.get("reports:a")

    assert lines == []


async def test_what_became_stale_during_an_outage_stays_stale_after_it(redis_url: str) -> None:
    gate = Gate(redis_url)
    cache = a_cache(await gate.open())
    await cache.set("reports:a", b"before", tags=("user.1",))
    await cache.set("reports:b", b"before")
    await gate.shut()
    await cache.remove_by_tag("user.1")
    await cache.remove("reports:b")
    await gate.open()

    assert await cache.get("reports:a") is None
    assert await cache.get("reports:b") is None
    assert cache.breaker.state is BreakerState.CLOSED
    await cache.set("reports:a", b"after", tags=("user.1",))
    assert await cache.get("reports:a") == b"after"
    await cache.close()
    await gate.shut()


async def test_the_probe_tells_health(redis_url: str) -> None:
    there, gone = a_cache(redis_url), a_cache("redis://127.0.0.1:1/0")

    assert await there.probe() is True
    assert await gone.probe() is None
    await there.close()


# answers of queries


@pytest.mark.requirement("CAC-28")
@pytest.mark.parametrize("kind", ["memory", "redis"])
async def test_many_at_once_make_an_answer_once(kind: str, redis_url: str) -> None:
    cache = build_cache("", "test") if kind == "memory" else a_cache(redis_url)
    queries = QueryCacheAdapter(cache, Metrics(), CachePolicies())
    make, made = counting()

    answers = await asyncio.gather(*(queries.get_or_make(on("reports:a"), make) for _ in range(50)))

    assert set(answers) == {b"answer"}
    assert len(made) == 1
    await cache.close()


@pytest.mark.requirement("CAC-28")
async def test_two_processes_at_once_make_an_answer_once(redis_url: str) -> None:
    prefix = f"workout:{uuid4().hex}:"
    caches = [a_cache(redis_url, prefix=prefix) for _ in range(2)]
    adapters = [QueryCacheAdapter(one, Metrics(), CachePolicies()) for one in caches]
    make, made = counting()

    answers = await asyncio.gather(
        *(adapters[number % 2].get_or_make(on("reports:a"), make) for number in range(50))
    )

    assert set(answers) == {b"answer"}
    assert len(made) == 1
    for cache in caches:
        await cache.close()


async def test_who_asks_after_a_change_never_joins_a_making_from_before_it() -> None:
    cache = build_cache("", "test")
    queries = QueryCacheAdapter(cache, Metrics(), CachePolicies())
    began, may_finish = asyncio.Event(), asyncio.Event()

    async def slow() -> bytes:
        began.set()
        await may_finish.wait()
        return b"old"

    early = asyncio.create_task(queries.get_or_make(on("reports:a"), slow))
    await began.wait()
    await cache.remove_by_tag("user.1")
    make, _ = counting(b"new")
    late = await queries.get_or_make(on("reports:a"), make)
    may_finish.set()

    assert (late, await early) == (b"new", b"old")
    assert await queries.get_or_make(on("reports:a"), make) == b"new"


async def test_a_first_caller_who_gives_up_takes_nothing_from_the_others() -> None:
    queries = QueryCacheAdapter(build_cache("", "test"), Metrics(), CachePolicies())
    began, may_finish = asyncio.Event(), asyncio.Event()

    async def slow() -> bytes:
        assert not began.is_set()
        began.set()
        await may_finish.wait()
        return b"answer"

    first = asyncio.create_task(queries.get_or_make(on("reports:a"), slow))
    second = asyncio.create_task(queries.get_or_make(on("reports:a"), slow))
    await began.wait()
    first.cancel()
    may_finish.set()

    assert await second == b"answer"


async def test_a_failure_reaches_the_caller_and_is_not_kept() -> None:
    queries = QueryCacheAdapter(build_cache("", "test"), Metrics(), CachePolicies())

    async def fail() -> bytes:
        raise LookupError("nothing there")

    with pytest.raises(LookupError):
        await queries.get_or_make(on("reports:a"), fail)
    make, _ = counting()

    assert await queries.get_or_make(on("reports:a"), make) == b"answer"


@pytest.mark.requirement("CAC-15")
async def test_hits_and_misses_are_counted_by_category_and_component() -> None:
    metrics: Any = Metrics()
    queries = QueryCacheAdapter(build_cache("", "test"), metrics, CachePolicies())
    make, _ = counting()
    for _ in range(3):
        await queries.get_or_make(on("reports:a"), make)

    text = metrics.text().decode()
    counted = 'workout_cache_requests_total{category="reports",component="volume",result="%s"} %s'
    assert counted % ("miss", 1.0) in text
    assert counted % ("hit", 2.0) in text
