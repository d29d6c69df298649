"""Carries jobs out: an attempt begins, its command is sent, and what became of it is noted."""

import asyncio
import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from time import perf_counter
from typing import Final

import msgspec
import structlog

from workout_application.messaging.actor import SYSTEM
from workout_application.messaging.correlation import causation_id, correlation_id
from workout_application.messaging.jobs import JobLost, JobRun, job_in_progress
from workout_application.messaging.mediator import Mediator
from workout_domain.kernel.errors import DomainError, Unavailable
from workout_infrastructure.observability.metrics import Metrics
from workout_infrastructure.persistence.job_runs import LEASE, Failure, SqlJobRuns, Ticket
from workout_infrastructure.persistence.jobs import JobTypeUnknown

RENEWED_PER_LEASE: Final = 3


class JobRunner:
    """
    Runs jobs by their tickets.

    A ticket that comes twice, to one worker or to two, finds the job begun. Success is noted in
    the transaction of the command, so an effect is kept once, whatever dies in between.
    """

    def __init__(self, runs: SqlJobRuns, mediator: Mediator, metrics: Metrics) -> None:
        self._runs, self._mediator, self._metrics = runs, mediator, metrics

    async def run(self, ticket: Ticket) -> None:
        """Carry out one job, if it is still to be done."""
        try:
            run = await self._runs.begin(ticket)
        except JobTypeUnknown as error:
            # Of another release: its workers do it, or it waits until this one knows it.
            structlog.get_logger().warning("unknown job", type=ticket.type, error=str(error))
            return
        if run is None:
            return
        started = perf_counter()
        with _known_as(run):
            outcome = await self._attempt(run)
        self._metrics.jobs.labels(run.type.name, outcome).inc()
        self._metrics.job_seconds.labels(run.type.name).observe(perf_counter() - started)

    async def _attempt(self, run: JobRun) -> str:
        try:
            async with self._kept_alive(run), asyncio.timeout(run.type.timeout_seconds):
                await self._send(run)
        except JobLost:
            structlog.get_logger().warning("job lost", type=run.type.name, job_id=str(run.job_id))
            return "lost"
        except asyncio.CancelledError:
            await self._runs.put_back(run)
            raise
        except Exception as error:  # noqa: BLE001 - a bug in one job must not stop the others
            return await self._note_failure(run, error)
        return "succeeded"

    async def _send(self, run: JobRun) -> None:
        command = msgspec.convert(run.arguments, run.type.command)
        await self._mediator.send(command, actor=SYSTEM)

    @asynccontextmanager
    async def _kept_alive(self, run: JobRun) -> AsyncIterator[None]:
        renewing = asyncio.create_task(self._renew(run))
        try:
            yield
        finally:
            renewing.cancel()
            with suppress(asyncio.CancelledError):
                await renewing

    async def _renew(self, run: JobRun) -> None:
        is_ours = True
        while is_ours:
            await asyncio.sleep(LEASE.total_seconds() / RENEWED_PER_LEASE)
            try:
                is_ours = await self._runs.renew(run)
            except (Unavailable, OSError) as error:
                structlog.get_logger().warning("lease not renewed", error=str(error))

    async def _note_failure(self, run: JobRun, error: Exception) -> str:
        failure = failure_of(error)
        state = await self._runs.fail(run, failure)
        structlog.get_logger().warning(
            "job failed",
            type=run.type.name,
            job_id=str(run.job_id),
            attempt=run.attempt,
            state=state,
            exc_info=error,
        )
        return state or "lost"


def failure_of(error: Exception) -> Failure:
    """
    Say of an error what the owner may know, and whether trying again is in vain.

    A refusal is a decision: the same command would be refused again, unless it says otherwise.
    """
    trace = "".join(traceback.format_exception(error))
    if isinstance(error, DomainError):
        return Failure(
            code=error.code, message=error.message, trace=trace, is_final=not error.retryable
        )
    if isinstance(error, TimeoutError):
        return Failure(
            code="job_timed_out", message="It took too long.", trace=trace, is_final=False
        )
    return Failure(
        code="internal_error",
        message="Something went wrong on our side.",
        trace=trace,
        is_final=False,
    )


@contextmanager
def _known_as(run: JobRun) -> Iterator[None]:
    job = job_in_progress.set(run)
    correlation = correlation_id.set(run.correlation_id)
    causation = causation_id.set(str(run.job_id))
    try:
        yield
    finally:
        causation_id.reset(causation)
        correlation_id.reset(correlation)
        job_in_progress.reset(job)
