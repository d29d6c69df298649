"""P6, second half: the worker's relay woken, drained, and delivering to a subscriber."""

import asyncio
import contextlib
import json
import os
import statistics
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, ClassVar, Final

import asyncpg
from dependency_injector import providers
from uuid_utils.compat import uuid7

from benchmarks.load import no_collections, percentile
from benchmarks.report import Figure, at_least, at_most, known, say, spread
from benchmarks.stage import Stage
from workout_application.messaging.reactions import ReceivedEvent
from workout_infrastructure.jobs.deliveries import Delivery
from workout_infrastructure.observability.logs import configure_logs
from workout_presentation.composition.container import Container, build_container
from workout_presentation.composition.settings import load_settings

KIND: Final = "bench.happened"
UNHEARD: Final = "bench.unheard"
WAKES: Final = 300
WAKE_PAUSE: Final = 0.01
DRAINED: Final = 40_000
DELIVERED: Final = 10_000
_PAYLOAD: Final = json.dumps({"session_id": str(uuid7()), "sequence": 7, "set_id": str(uuid7())})
_INSERT: Final = """
INSERT INTO outbox_messages
    (id, kind, version, aggregate_id, payload, correlation_id, occurred_at)
VALUES ($1, $2, 1, $1, $3, 'bench', now())
"""


class _Counting:
    """The one subscriber: it does nothing but count."""

    name: ClassVar[str] = "benchmark"
    subscribes_to: ClassVar[tuple[str, ...]] = (KIND,)
    queue: ClassVar[str] = "default"

    def __init__(self, wanted: int = 0) -> None:
        self.count, self._wanted = 0, wanted
        self.had_enough = asyncio.Event()

    async def react(self, _message: ReceivedEvent) -> None:
        self.count += 1
        if self.count == self._wanted:
            self.had_enough.set()


class _Noting:
    """A queue that only notes when it was handed something."""

    def __init__(self) -> None:
        self.handed: asyncio.Queue[float] = asyncio.Queue()

    async def put(self, deliveries: Sequence[Delivery]) -> None:
        for _ in deliveries:
            self.handed.put_nowait(perf_counter())

    async def depth(self) -> int:
        return 0


async def measure(stage: Stage) -> list[Figure]:
    """Run the relay of the worker, and then relay and jobs together, in this process."""
    say("P6 outbox")
    with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):  # noqa: ASYNC230, PTH123 - a device
        configure_logs("INFO")
    connection = await asyncpg.connect(stage.database_url)
    try:
        # What the other figures left would be relayed first.
        await connection.execute("TRUNCATE outbox_messages, inbox_entries")
        wakes = await _wakes(stage, connection)
        unheard = [await _drained(stage, connection, UNHEARD) for _ in range(stage.rounds)]
        heard = [await _drained(stage, connection, KIND) for _ in range(stage.rounds)]
        delivered = [await _delivered(stage, connection) for _ in range(stage.rounds)]
    finally:
        await connection.close()
    say(f"  relayed/s {spread(unheard)}  relayed to one inbox/s {spread(heard)}")
    say(f"  events/s to one subscriber {spread(delivered)}")
    return [
        at_most(
            "P6",
            "relay: committed and rung to fetched, p99",
            10.0,
            percentile(wakes, 0.99) * 1e3,
            " ms",
            p50_ms=round(percentile(wakes, 0.5) * 1e3, 3),
            slowest_ms=round(max(wakes) * 1e3, 3),
        ),
        at_least(
            "P6",
            "relay: fetched and marked",
            20_000,
            statistics.median(unheard),
            " rows/s",
            rounds=[round(one) for one in unheard],
        ),
        known(
            "P6",
            "relay: the same with an inbox entry each",
            f"{statistics.median(heard):,.0f} rows/s",
            rounds=[round(one) for one in heard],
        ),
        at_least(
            "P6",
            "worker: outbox to one subscriber's reaction",
            2_000,
            statistics.median(delivered),
            " events/s",
            rounds=[round(one) for one in delivered],
        ),
    ]


async def _wakes(stage: Stage, connection: Any) -> list[float]:
    """Commit one event at a time and ring the bell of an API process."""
    queue, found = _Noting(), []
    async with _worker(stage, _Counting()) as container:
        container.jobs.queue.override(providers.Object(queue))
        relay = container.jobs.relay()
        running = asyncio.create_task(relay.run())
        await asyncio.sleep(0.5)
        with no_collections():
            for _ in range(WAKES):
                await connection.execute(_INSERT, uuid7(), KIND, _PAYLOAD)
                committed = perf_counter()
                container.bell().ring()
                found.append(await queue.handed.get() - committed)
                await asyncio.sleep(WAKE_PAUSE)
        await _cancelled(running)
    return found


async def _drained(stage: Stage, connection: Any, kind: str) -> float:
    await _fill(connection, kind, DRAINED)
    async with _worker(stage, _Counting()) as container:
        container.jobs.queue.override(providers.Object(_Noting()))
        relay = container.jobs.relay()
        await container.pool().fetchrow("SELECT 1")
        with no_collections():
            started = perf_counter()
            assert await relay.drain() == DRAINED
            elapsed = perf_counter() - started
    return DRAINED / elapsed


async def _delivered(stage: Stage, connection: Any) -> float:
    """Let relay, queue and jobs of one worker empty a filled outbox."""
    await _fill(connection, KIND, DELIVERED)
    reaction = _Counting(DELIVERED)
    async with _worker(stage, reaction) as container:
        lanes, relay = container.jobs.workers(), container.jobs.relay()
        with no_collections():
            started = perf_counter()
            tasks = [asyncio.create_task(part.run()) for part in (*lanes, relay)]
            async with asyncio.timeout(60):
                await reaction.had_enough.wait()
            elapsed = perf_counter() - started
        for lane in lanes:
            lane.stop()
        await _cancelled(tasks.pop())
        await asyncio.gather(*tasks, return_exceptions=True)
        await container.jobs.arq().close()
    pending = await connection.fetchval("SELECT count(*) FROM inbox_entries WHERE status <> 'done'")
    assert not pending, pending
    return DELIVERED / elapsed


async def _fill(connection: Any, kind: str, count: int) -> None:
    await connection.execute("TRUNCATE outbox_messages, inbox_entries")
    now = datetime.now(UTC)
    await connection.copy_records_to_table(
        "outbox_messages",
        columns=[
            *("id", "kind", "version", "aggregate_id", "payload", "correlation_id"),
            "occurred_at",
        ],
        records=[
            (id_, kind, 1, id_, _PAYLOAD, "bench", now) for id_ in (uuid7() for _ in range(count))
        ],
    )
    await connection.execute("VACUUM ANALYZE outbox_messages, inbox_entries")


@asynccontextmanager
async def _worker(stage: Stage, reaction: _Counting) -> AsyncIterator[Container]:
    container = build_container(
        load_settings(
            environment="production",
            database_url=stage.database_url,
            redis_url=stage.redis_url,
            jwt_secret=stage.secret,
        )
    )
    container.reactions.override(providers.Object([reaction]))
    try:
        yield container
    finally:
        await container.cache().close()
        await container.pool().close()
        await container.engine().dispose()


async def _cancelled(task: asyncio.Task[Any]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
