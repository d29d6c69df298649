"""Background jobs: commands that a worker carries out later, each a row in the database."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Protocol
from uuid import UUID

from workout_application.messaging.messages import Command
from workout_domain.kernel.errors import NotFound

MOST_ATTEMPTS: Final = 5
DEFAULT_SECONDS: Final = 60.0


class JobNotFound(NotFound):
    """There is no such job, or it is somebody else's."""

    code = "job_not_found"


class JobState(StrEnum):
    """Where a job stands; the last three are final."""

    SCHEDULED = "scheduled"
    QUEUED = "queued"
    RUNNING = "running"
    RETRYING = "retrying"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobType:
    """
    One kind of job: the command a worker sends for it, and how it is carried out.

    ``name`` is stored with every job, so it never changes. The job's arguments are the fields of
    ``command``. A failure that may pass is tried again until ``max_attempts``; an attempt ends
    after ``timeout_seconds``. With ``frees_key`` a job gives its unique key up when it starts, so
    that what happens from then on asks for one more; without, the key is held to the end.
    ``result_link`` says where the outcome is, from the arguments.
    """

    name: str
    command: type[Command[Any]]
    queue: str
    max_attempts: int = MOST_ATTEMPTS
    timeout_seconds: float = DEFAULT_SECONDS
    frees_key: bool = False
    result_link: Callable[[Mapping[str, Any]], str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """
    A job somebody asks for: ``type`` names a ``JobType``, ``arguments`` are JSON values.

    Of the jobs of a type that are not finished, one has a given ``unique_key``. Without
    ``scheduled_at`` it is due at once. The owner may follow it.
    """

    type: str
    arguments: Mapping[str, Any]
    owner_user_id: UUID | None = None
    unique_key: str | None = None
    scheduled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobProgress:
    """
    How far a job is: the one form in which every job tells it.

    ``percent_complete`` is 0 to 100; ``details`` are figures of the job's own.
    """

    percent_complete: int
    message: str | None = None
    stage: str | None = None
    current_item: str | None = None
    processed_items: int | None = None
    total_items: int | None = None
    details: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobError:
    """Why a job failed, or its last attempt did."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """
    A job as its owner sees it.

    ``job_id`` and ``status`` are ``id`` and ``state`` under the names progress goes by.
    ``percent_complete`` (0 to 100) never falls. ``result_link`` leads to the outcome once there
    is one; ``result`` is what the job answered.
    """

    id: UUID
    type: str
    state: JobState
    scheduled_at: datetime
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    attempts: int
    max_attempts: int
    result: Any
    result_link: str | None
    revision: int
    job_id: UUID
    status: JobState
    percent_complete: int
    message: str | None
    stage: str | None
    current_item: str | None
    processed_items: int | None
    total_items: int | None
    details: dict[str, Any] | None
    error: JobError | None
    updated_at: datetime


class Jobs(Protocol):
    """Asks for jobs, inside the transaction in progress: they exist if it commits."""

    async def add(self, job: NewJob, /) -> JobView:
        """Ask for a job; where one with its unique key is not finished yet, return that one."""
        ...

    async def reschedule(self, job: NewJob, /) -> None:
        """Ask for a job, in place of one with its unique key that has not begun."""
        ...

    async def cancel(
        self, type_: str, unique_key: str, /, *, except_at: datetime | None = None
    ) -> None:
        """Call off a job that has not begun, unless it is scheduled for ``except_at``."""
        ...


class ProgressReports(Protocol):
    """Lets the command of a job tell how far it is; from elsewhere nobody hears it."""

    async def publish(self, progress: JobProgress, /) -> None:
        """Show progress to the owner, at once and whatever becomes of the transaction."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRun:
    """
    One attempt at a job.

    ``attempt`` counts them: an attempt whose number is no longer the row's has lost its job.
    """

    job_id: UUID
    type: JobType
    arguments: Mapping[str, Any]
    attempt: int
    correlation_id: str


class JobLost(RuntimeError):
    """The job was cancelled, deleted or given to another worker while this one was at it."""


class JobRuns(Protocol):
    """Notes what becomes of attempts."""

    async def finish(self, run: JobRun, answer: Any, /) -> None:  # noqa: ANN401 - answers of all commands
        """
        Note success in the transaction of the job's command, so that its effect happens once.

        Raises:
            JobLost: this attempt no longer has the job.
        """
        ...


job_in_progress: ContextVar[JobRun | None] = ContextVar("job_in_progress", default=None)
