"""The workers' side of jobs in SQL: due ones are handed out, attempts begin, go on and end."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from workout_application.encoding import decode, encode
from workout_application.messaging.jobs import (
    JobLost,
    JobProgress,
    JobRun,
)
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.jobs import JobTypes
from workout_infrastructure.persistence.unit_of_work import current_work
from workout_shared.clock import Clock

LEASE: Final = timedelta(seconds=30)
FIRST_PAUSE_SECONDS: Final = 10
LONGEST_PAUSE_SECONDS: Final = 600
LONGEST_TEXT: Final = 2_000
LONGEST_TRACE: Final = 20_000

# A running job whose worker fell silent in its last attempt is not tried for ever: whatever
# killed that worker would kill the next one too.
_GIVE_UP: Final = """
WITH lost AS (
    SELECT id FROM jobs WHERE state = 'running' AND attempts >= max_attempts
    AND available_at <= $1::timestamptz ORDER BY available_at LIMIT $2 FOR UPDATE SKIP LOCKED
)
UPDATE jobs j SET state = 'failed', finished_at = $1::timestamptz, updated_at = $1::timestamptz,
    revision = j.revision + 1, error_code = 'worker_lost',
    error_message = 'The worker stopped before the job was done.'
FROM lost WHERE j.id = lost.id RETURNING j.type
"""
_HAND_OUT: Final = """
WITH due AS (
    SELECT id FROM jobs
    WHERE state IN ('scheduled', 'queued', 'running', 'retrying')
    AND available_at <= $1::timestamptz AND type = ANY ($3::text[])
    AND (state <> 'running' OR attempts < max_attempts)
    ORDER BY available_at LIMIT $4 FOR UPDATE SKIP LOCKED
)
UPDATE jobs j SET state = 'queued', available_at = $2::timestamptz,
    updated_at = CASE WHEN j.state = 'queued' THEN j.updated_at ELSE $1::timestamptz END,
    revision = CASE WHEN j.state = 'queued' THEN j.revision ELSE j.revision + 1 END
FROM due WHERE j.id = due.id RETURNING j.id, j.type, j.attempts
"""
_BEGIN: Final = """
WITH free AS (
    SELECT id FROM jobs WHERE id = $1::uuid AND state = 'queued' FOR UPDATE SKIP LOCKED
)
UPDATE jobs j SET state = 'running', attempts = j.attempts + 1,
    started_at = coalesce(j.started_at, $2::timestamptz), heartbeat_at = $2::timestamptz,
    available_at = $3::timestamptz, updated_at = $2::timestamptz, revision = j.revision + 1,
    unique_key = CASE WHEN $4::boolean THEN NULL ELSE j.unique_key END
FROM free WHERE j.id = free.id
RETURNING j.id, j.arguments::text AS arguments, j.attempts, j.correlation_id
"""
_OURS: Final = "id = $1::uuid AND state = 'running' AND attempts = $2::smallint"
_BEAT: Final = f"""
UPDATE jobs SET heartbeat_at = $3::timestamptz, available_at = $4::timestamptz
WHERE {_OURS} RETURNING 1
"""
_PROGRESS: Final = f"""
UPDATE jobs SET percent_complete = GREATEST(percent_complete, LEAST($5::smallint, 100)),
    message = $6::text, stage = $7::text, current_item = $8::text,
    processed_items = $9::integer, total_items = $10::integer, details = $11::jsonb,
    heartbeat_at = $3::timestamptz, available_at = $4::timestamptz, updated_at = $3::timestamptz,
    revision = revision + 1
WHERE {_OURS} RETURNING 1
"""
_FINISH: Final = f"""
UPDATE jobs SET state = 'succeeded', percent_complete = 100, finished_at = $3::timestamptz,
    updated_at = $3::timestamptz, revision = revision + 1, result = $4::jsonb,
    result_link = $5::text, error_code = NULL, error_message = NULL, error_trace = NULL
WHERE {_OURS} RETURNING 1
"""
# Rests 10, 20, 40 … seconds, each up to a fifth longer, so that failures do not meet again.
_FAIL: Final = f"""
UPDATE jobs SET
    state = CASE WHEN $4::boolean OR attempts >= max_attempts THEN 'failed' ELSE 'retrying' END,
    finished_at = CASE WHEN $4::boolean OR attempts >= max_attempts THEN $3::timestamptz END,
    available_at = $3::timestamptz + make_interval(secs => LEAST(
        {FIRST_PAUSE_SECONDS} * 2 ^ (attempts - 1) * (1 + 0.2 * random()),
        {LONGEST_PAUSE_SECONDS})),
    error_code = $5::text, error_message = $6::text, error_trace = $7::text,
    updated_at = $3::timestamptz, revision = revision + 1
WHERE {_OURS} RETURNING state
"""
_PUT_BACK: Final = f"""
UPDATE jobs SET state = 'queued', attempts = attempts - 1, available_at = $3::timestamptz,
    updated_at = $3::timestamptz, revision = revision + 1
WHERE {_OURS}
RETURNING 1
"""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A job that is to be carried out; the queue carries nothing else of it."""

    job_id: str
    type: str
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What went wrong in an attempt; ``is_final`` where trying again would be in vain."""

    code: str
    message: str
    trace: str
    is_final: bool


class SqlJobRuns:
    """
    Attempts, each with a lease that is renewed while it lives.

    All but ``finish`` are small transactions of their own, so that everybody sees them at once.
    """

    def __init__(self, pool: DriverPool, types: JobTypes, clock: Clock) -> None:
        self._pool, self._types, self._clock = pool, types, clock

    async def hand_out(self, *, limit: int) -> list[Ticket]:
        """Lease due jobs, and those whose lease ran out; return their tickets, oldest first."""
        now = self._clock.now()
        names = [one.name for one in self._types.all]
        rows = await self._pool.fetch(_HAND_OUT, now, now + LEASE, names, limit)
        return [Ticket(row["id"], row["type"], row["attempts"]) for row in rows]

    async def give_up_lost(self, *, limit: int) -> list[str]:
        """End jobs whose worker fell silent in the last attempt; return their types."""
        rows = await self._pool.fetch(_GIVE_UP, self._clock.now(), limit)
        return [row["type"] for row in rows]

    async def begin(self, ticket: Ticket) -> JobRun | None:
        """Begin an attempt; None where the job has begun already, has ended or is gone."""
        now, type_ = self._clock.now(), self._types.find(ticket.type)
        row = await self._pool.fetchrow(_BEGIN, ticket.job_id, now, now + LEASE, type_.frees_key)
        if row is None:
            return None
        return JobRun(
            job_id=UUID(row["id"]),
            type=type_,
            arguments=decode(row["arguments"]),
            attempt=row["attempts"],
            correlation_id=row["correlation_id"],
        )

    async def renew(self, run: JobRun) -> bool:
        """Renew the lease; False where the attempt has lost its job."""
        now = self._clock.now()
        row = await self._pool.fetchrow(_BEAT, run.job_id, run.attempt, now, now + LEASE)
        return row is not None

    async def show(self, run: JobRun, progress: JobProgress) -> bool:
        """Write progress, whose percentage never falls; False where the job is lost."""
        now, details = self._clock.now(), progress.details
        row = await self._pool.fetchrow(
            _PROGRESS,
            run.job_id,
            run.attempt,
            now,
            now + LEASE,
            max(0, progress.percent_complete),
            _text(progress.message),
            _text(progress.stage),
            _text(progress.current_item),
            progress.processed_items,
            progress.total_items,
            None if details is None else encode(details).decode(),
        )
        return row is not None

    async def finish(self, run: JobRun, answer: Any) -> None:  # noqa: ANN401 - answers of all commands
        """Note success in the transaction in progress."""
        link = run.type.result_link
        row = await current_work().fetchrow(
            _FINISH,
            run.job_id,
            run.attempt,
            self._clock.now(),
            encode(answer).decode(),
            None if link is None else link(run.arguments),
        )
        if row is None:
            raise JobLost(f"Job {run.job_id} is no longer this worker's.")

    async def fail(self, run: JobRun, failure: Failure) -> str | None:
        """Note a failure; return the job's state, None where the attempt has lost its job."""
        row = await self._pool.fetchrow(
            _FAIL,
            run.job_id,
            run.attempt,
            self._clock.now(),
            failure.is_final,
            failure.code,
            _text(failure.message),
            failure.trace.replace("\x00", "")[-LONGEST_TRACE:],
        )
        return None if row is None else str(row["state"])

    async def put_back(self, run: JobRun) -> None:
        """Hand a job back unharmed: being told to stop is no failure of its."""
        await self._pool.fetchrow(_PUT_BACK, run.job_id, run.attempt, self._clock.now())


def _text(text: str | None) -> str | None:
    return None if text is None else text.replace("\x00", "")[:LONGEST_TEXT]
