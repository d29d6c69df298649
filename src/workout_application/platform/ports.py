"""What upkeep needs: stores that drop what has expired, and events that could not be handled."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_shared.pages import CursorRequest, CursorSlice


class ExpiringStore(Protocol):
    """Something that keeps rows for a time."""

    async def delete_expired(self, *, at: datetime, limit: int) -> int:
        """Delete at most ``limit`` rows that have expired; return how many."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedEvent:
    """An event one subscriber failed to handle, attempt after attempt."""

    subscriber: str
    message_id: UUID
    kind: str
    attempts: int
    parked_at: datetime
    last_error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which entries of the audit log are asked for; None leaves a condition out."""

    actor_id: UUID | None = None
    subject_id: UUID | None = None
    action: str | None = None
    from_date: datetime | None = None
    to_date: datetime | None = None


class AuditLog(Protocol):
    """Security events that were written down; nothing ever changes one."""

    async def run(self, wanted: AuditFilter, request: CursorRequest, /) -> CursorSlice[bytes]:
        """Return ``AuditEntryView`` items, newest first."""
        ...

    async def delete_before(self, moment: datetime, /, *, limit: int) -> int:
        """Delete at most ``limit`` older ones; return how many."""
        ...


class KeptAnswers(Protocol):
    """First answers to requests that may be repeated."""

    async def forget(self, user_id: UUID, /) -> None:
        """Drop those of one account."""
        ...


class JobReader(Protocol):
    """Background jobs, for those who asked for them."""

    async def one(self, job_id: UUID, /, *, visible_to: Actor) -> Document:
        """
        Return a job as a ``JobView``.

        Raises:
            JobNotFound: there is none of this id that the actor owns.
        """
        ...


class OwnedJobs(Protocol):
    """Background jobs by their owner."""

    async def forget(self, user_id: UUID, /) -> None:
        """Drop those of one account, whatever their state."""
        ...


class ParkedEvents(Protocol):
    """All events that were given up."""

    async def parked(self, limit: int, /) -> list[ParkedEvent]:
        """Return them, newest first."""
        ...

    async def replay(self, message_id: UUID | None, /, *, at: datetime) -> int:
        """Let those of one message, or all, be tried again; return how many."""
        ...
