"""What upkeep needs: stores that drop what has expired, and events that could not be handled."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


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


class ParkedEvents(Protocol):
    """All events that were given up."""

    async def parked(self, limit: int, /) -> list[ParkedEvent]:
        """Return them, newest first."""
        ...

    async def replay(self, message_id: UUID | None, /, *, at: datetime) -> int:
        """Let those of one message, or all, be tried again; return how many."""
        ...
