"""Takes jobs from arq's queue, and begins anew when Redis was away."""

import asyncio
import signal
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final, cast

import orjson
import structlog
from arq.typing import WorkerCoroutine
from arq.worker import Function, Worker, func
from redis.exceptions import RedisError

from workout_infrastructure.jobs.queue import REACT, connect, queue_name, serialize
from workout_infrastructure.jobs.reactions import Reactor
from workout_infrastructure.jobs.running import JobRunner
from workout_infrastructure.jobs.subscriptions import WORK, Lane
from workout_infrastructure.persistence.job_runs import Ticket

JOB_SECONDS: Final = 60
COMPLETION_SECONDS: Final = 20
POLL_SECONDS: Final = 0.05
RETRY_SECONDS: Final = 1.0


def react_job(reactor: Reactor) -> Function:
    """Make the job that reacts to deliveries."""

    async def react(_context: dict[Any, Any], subscriber: str, message_ids: list[str]) -> None:
        await reactor.react(subscriber, message_ids)

    return func(cast("WorkerCoroutine", react), name=REACT)


def work_job(runner: JobRunner, *, longest_seconds: float) -> Function:
    """Make the job that carries out background jobs, of which the longest takes so many seconds."""

    async def work(_context: dict[Any, Any], job_id: str, type_: str, attempts: int) -> None:
        await runner.run(Ticket(job_id, type_, attempts))

    timeout = longest_seconds + COMPLETION_SECONDS
    return func(cast("WorkerCoroutine", work), name=WORK, timeout=timeout)


class ArqJobs:
    """The jobs of one lane, in one worker process."""

    def __init__(
        self, redis_url: str, functions: Sequence[Function], lane: Lane, *, at_once: int
    ) -> None:
        self._url, self._functions, self._at_once = redis_url, functions, at_once
        self._queue_name = queue_name(lane)
        self._worker: Worker | None = None
        self._is_stopping = False

    async def run(self) -> None:
        """Work until stopped."""
        while not self._is_stopping:
            worker = self._worker = self._new_worker()
            try:
                await worker.async_run()
            except (RedisError, OSError) as error:
                structlog.get_logger().warning("jobs lost redis, retrying", error=str(error))
                await self._close(worker)
                await asyncio.sleep(RETRY_SECONDS)
            except asyncio.CancelledError:
                await self._close(worker)
                if not self._is_stopping:
                    raise

    def stop(self) -> None:
        """Take no new jobs, let running ones finish, then return from ``run``."""
        self._is_stopping = True
        if self._worker is not None:
            self._worker.handle_sig_wait_for_completion(signal.SIGTERM)

    def _stop_polling(self, _signal: signal.Signals | None = None) -> None:
        """Cancel arq's polling until it ends: a Redis call may swallow one cancellation."""
        polling = self._worker.main_task if self._worker is not None else None
        if polling is not None and not polling.done():
            polling.cancel()
            asyncio.get_running_loop().call_later(POLL_SECONDS, self._stop_polling)

    def _new_worker(self) -> Worker:
        worker = Worker(
            self._functions,
            queue_name=self._queue_name,
            redis_pool=connect(self._url),
            handle_signals=False,
            job_completion_wait=COMPLETION_SECONDS,
            max_jobs=self._at_once,
            job_timeout=JOB_SECONDS,
            keep_result=0,
            poll_delay=POLL_SECONDS,
            log_results=False,
            job_serializer=serialize,
            job_deserializer=orjson.loads,
        )
        worker.on_stop = self._stop_polling
        return worker

    async def _close(self, worker: Worker) -> None:
        with suppress(RedisError, OSError):
            await worker.close()
