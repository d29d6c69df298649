"""Background jobs as rows: asked for in the transaction of what they follow, read by owners."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from workout_application.encoding import decode, encode, raw
from workout_application.messaging.actor import Actor
from workout_application.messaging.correlation import correlation_id
from workout_application.messaging.documents import Document
from workout_application.messaging.jobs import (
    JobError,
    JobNotFound,
    JobState,
    JobType,
    JobView,
    NewJob,
)
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.json_sql import instant
from workout_infrastructure.persistence.personal_data import Part
from workout_infrastructure.persistence.registry import Instant, metadata, reference, text_enum
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers

KEPT: Final = timedelta(days=30)
FAILED_KEPT: Final = timedelta(days=90)
_OPEN: Final = "state IN ('scheduled', 'queued', 'running', 'retrying')"

# `available_at` is when a job is handed out, or handed out again: a waiting one when it is due or
# has rested, a queued or running one when whoever has it has been silent for too long.
# `attempts` also tells attempts apart: whoever holds an older number has lost the job.
jobs = Table(
    "jobs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("type", Text, nullable=False),
    Column("queue", Text, nullable=False),
    Column("state", text_enum(JobState, "state"), nullable=False),
    Column("owner_user_id", Uuid, reference("users.id", cascade=True)),
    Column("arguments", JSONB, nullable=False),
    Column("unique_key", Text),
    Column("correlation_id", Text, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("max_attempts", SmallInteger, nullable=False),
    Column("scheduled_at", Instant, nullable=False),
    Column("available_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("finished_at", Instant),
    Column("heartbeat_at", Instant),
    Column("percent_complete", SmallInteger, nullable=False, server_default="0"),
    Column("message", Text),
    Column("stage", Text),
    Column("current_item", Text),
    Column("processed_items", Integer),
    Column("total_items", Integer),
    Column("details", JSONB),
    Column("result", JSONB),
    Column("result_link", Text),
    Column("error_code", Text),
    Column("error_message", Text),
    Column("error_trace", Text),
    CheckConstraint("queue IN ('critical', 'default', 'low')", name="queue"),
    CheckConstraint("percent_complete BETWEEN 0 AND 100", name="percent_complete"),
    CheckConstraint(
        "attempts BETWEEN 0 AND max_attempts AND max_attempts >= 1", name="attempts_counted"
    ),
)
Index("ix_jobs_open_available_at", jobs.c.available_at, postgresql_where=text(_OPEN))
Index(
    "uq_jobs_open_unique_key",
    jobs.c.type,
    jobs.c.unique_key,
    unique=True,
    postgresql_where=text(f"unique_key IS NOT NULL AND {_OPEN}"),
)
Index("ix_jobs_owner_user_id", jobs.c.owner_user_id)
Index("ix_jobs_finished_at", jobs.c.finished_at, postgresql_where=text("finished_at IS NOT NULL"))

_COLUMNS: Final = """
id, type, state, scheduled_at, created_at, started_at, finished_at, attempts, max_attempts,
result::text AS result, result_link, revision, percent_complete, message, stage, current_item,
processed_items, total_items, details::text AS details, error_code, error_message, updated_at
"""
_INSERT: Final = f"""
INSERT INTO jobs (id, revision, created_at, updated_at, type, queue, state, owner_user_id,
    arguments, unique_key, correlation_id, max_attempts, scheduled_at, available_at)
VALUES ($1::uuid, 1, $2::timestamptz, $2::timestamptz, $3::text, $4::text,
    CASE WHEN $10::timestamptz > $2::timestamptz THEN 'scheduled' ELSE 'queued' END, $5::uuid,
    $6::jsonb, $7::text, $8::text, $9::smallint, $10::timestamptz, $10::timestamptz)
ON CONFLICT (type, unique_key) WHERE unique_key IS NOT NULL AND {_OPEN} DO UPDATE SET
"""
# Written as it is, so that the row is locked and comes back.
_ADD: Final = f"{_INSERT} unique_key = excluded.unique_key RETURNING {_COLUMNS}"
_RESCHEDULE: Final = f"""
{_INSERT} arguments = excluded.arguments, owner_user_id = excluded.owner_user_id,
    state = excluded.state, scheduled_at = excluded.scheduled_at,
    available_at = excluded.available_at, updated_at = excluded.updated_at,
    correlation_id = excluded.correlation_id, revision = jobs.revision + 1
WHERE jobs.state <> 'running' AND (jobs.arguments, jobs.scheduled_at)
    IS DISTINCT FROM (excluded.arguments, excluded.scheduled_at)
"""
_CANCEL: Final = """
UPDATE jobs SET state = 'cancelled', finished_at = $3::timestamptz, updated_at = $3::timestamptz,
    revision = revision + 1
WHERE type = $1::text AND unique_key = $2::text AND state IN ('scheduled', 'queued', 'retrying')
AND scheduled_at IS DISTINCT FROM $4::timestamptz
"""
_ONE: Final = f"SELECT {_COLUMNS} FROM jobs WHERE id = $1::uuid AND owner_user_id = $2::uuid"
_FORGET: Final = "DELETE FROM jobs WHERE owner_user_id = $1::uuid"
_DELETE: Final = """
WITH old AS (
    SELECT id FROM jobs WHERE finished_at <= $1::timestamptz
    AND (state <> 'failed' OR finished_at <= $2::timestamptz)
    ORDER BY finished_at LIMIT $3 FOR UPDATE SKIP LOCKED
), gone AS (DELETE FROM jobs j USING old WHERE j.id = old.id RETURNING 1)
SELECT count(*) FROM gone
"""
_OWN: Final = f"""
SELECT json_build_object('id', j.id, 'type', j.type, 'state', j.state, 'arguments', j.arguments,
    'created_at', {instant("j.created_at")}, 'scheduled_at', {instant("j.scheduled_at")},
    'finished_at', {instant("j.finished_at")}, 'result', j.result)::text AS item
FROM jobs j WHERE j.owner_user_id = $1::uuid ORDER BY j.created_at, j.id
"""

PARTS: Final = (Part("jobs", _OWN),)


class JobTypeUnknown(LookupError):
    """Nobody declared a type of this name."""


class JobTypeTwice(ValueError):
    """Two types of jobs have one name."""


class JobTypes:
    """All types of jobs there are, by name."""

    def __init__(self, *of_contexts: list[JobType]) -> None:
        self._types: dict[str, JobType] = {}
        for one in (one for types in of_contexts for one in types):
            if one.name in self._types:
                raise JobTypeTwice(f"Two types of jobs are called {one.name}.")
            self._types[one.name] = one

    @property
    def all(self) -> list[JobType]:
        """Every type."""
        return list(self._types.values())

    def find(self, name: str) -> JobType:
        """
        Return the type of this name.

        Raises:
            JobTypeUnknown: there is none.
        """
        found = self._types.get(name)
        if found is None:
            raise JobTypeUnknown(f"Nobody declared jobs of the type {name}.")
        return found


class SqlJobs:
    """Writes jobs in the transaction in progress."""

    def __init__(
        self, work: CurrentWork, types: JobTypes, identifiers: Identifiers, clock: Clock
    ) -> None:
        self._work, self._types = work, types
        self._identifiers, self._clock = identifiers, clock

    async def add(self, job: NewJob) -> JobView:
        """Ask for a job, or return the unfinished one with its key."""
        row = await self._work().fetchrow(_ADD, *self._written(job))
        return view_of(row)

    async def reschedule(self, job: NewJob) -> None:
        """Ask for a job, in place of one with its key that has not begun."""
        await self._work().execute(_RESCHEDULE, *self._written(job))

    async def cancel(
        self, type_: str, unique_key: str, *, except_at: datetime | None = None
    ) -> None:
        """Call off a job that has not begun."""
        await self._work().execute(_CANCEL, type_, unique_key, self._clock.now(), except_at)

    async def forget(self, user_id: UUID) -> None:
        """Drop the jobs of one account."""
        await self._work().execute(_FORGET, user_id)

    async def delete_expired(self, *, at: datetime, limit: int) -> int:
        """Delete jobs that ended a month ago; those that failed stay for three."""
        row = await self._work().fetchrow(_DELETE, at - KEPT, at - FAILED_KEPT, limit)
        return int(row["count"])

    def _written(self, job: NewJob) -> tuple[object, ...]:
        type_, now = self._types.find(job.type), self._clock.now()
        scheduled_at = job.scheduled_at or now
        if scheduled_at <= now:
            self._work().wake_workers()
        return (
            self._identifiers.new(),
            now,
            type_.name,
            type_.queue,
            job.owner_user_id,
            encode(job.arguments).decode(),
            job.unique_key,
            correlation_id.get(),
            type_.max_attempts,
            scheduled_at,
        )


class SqlJobReader:
    """Reads jobs for their owners."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def one(self, job_id: UUID, *, visible_to: Actor) -> Document:
        """Return a job as a ``JobView``."""
        row = await self._pool.fetchrow(_ONE, job_id, visible_to.id)
        if row is None:
            raise JobNotFound("No such job.")
        return Document(encode(view_of(row)), row["revision"])


def view_of(row: Mapping[str, Any]) -> JobView:
    """Make the view of a row that has ``_COLUMNS``."""
    fields = {**row, "id": UUID(str(row["id"]))}
    code, message = fields.pop("error_code"), fields.pop("error_message")
    result, details = fields.pop("result"), fields.pop("details")
    state = JobState(fields.pop("state"))
    return JobView(
        **fields,
        state=state,
        status=state,
        job_id=fields["id"],
        result=None if result is None else raw(result),
        details=None if details is None else decode(details),
        error=None if code is None else JobError(code=code, message=message),
    )
