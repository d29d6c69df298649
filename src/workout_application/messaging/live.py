"""What is pushed to connected clients right after a commit."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """
    One push: ``payload`` is a JSON object, already encoded, sent once to everybody in ``room``.

    ``sequence`` is the session's sequence number, or None where the room has no sequence.
    """

    room: str
    name: str
    payload: bytes
    sequence: int | None = None


class LiveChannel(Protocol):
    """Delivers pushes to the clients of this process and of all others."""

    def publish(self, event: LiveEvent, /) -> None:
        """Hand ``event`` over for delivery; never waits and never raises."""
        ...


class Announcements(Protocol):
    """Collects the pushes of the transaction in progress; they leave only after its commit."""

    def announce(self, event: LiveEvent, /) -> None:
        """Push ``event`` once the transaction has committed."""
        ...


def session_room(session_id: UUID) -> str:
    """Name the room of everybody who watches one workout session."""
    return f"workout-{session_id}"


def user_room(user_id: UUID) -> str:
    """Name the room of all devices of one user."""
    return f"user-{user_id}"
