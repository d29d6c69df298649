"""The lane that takes jobs from Redis ends when it is asked to."""

import asyncio
from typing import Any, cast

import pytest
from arq.typing import WorkerCoroutine
from arq.worker import Worker, func

from workout_infrastructure.jobs.subscriptions import Lane
from workout_infrastructure.jobs.worker import ArqJobs


async def test_a_lane_stops_though_a_redis_call_swallows_the_cancellation(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    polling, swallowed = asyncio.Event(), asyncio.Event()

    async def nothing(_context: dict[Any, Any]) -> None: ...

    async def heart_beat(_worker: Worker) -> None:
        polling.set()
        try:
            if not swallowed.is_set():
                await asyncio.Event().wait()
        except asyncio.CancelledError:
            swallowed.set()

    monkeypatch.setattr(Worker, "heart_beat", heart_beat)
    job = func(cast("WorkerCoroutine", nothing), name="nothing")
    jobs = ArqJobs(redis_url, [job], Lane("tests", "nothing"), at_once=1)
    running = asyncio.create_task(jobs.run())
    await polling.wait()
    jobs.stop()

    done, _ = await asyncio.wait([running], timeout=5)
    running.cancel()
    assert swallowed.is_set()
    assert done == {running}
