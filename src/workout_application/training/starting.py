"""What starting a planned and an ad-hoc session have in common."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from workout_application.messaging.documents import Document
from workout_application.training.ports import SessionJournal
from workout_domain.training.errors import SessionAlreadyRunning
from workout_domain.training.repositories import WorkoutSessionRepository
from workout_domain.training.workout_session import WorkoutSession

FIRST_SEQUENCE: Final = 1


@dataclass(frozen=True, slots=True)
class BegunSession:
    """A ``SessionView``, and whether it was begun by an earlier request with the same id."""

    document: Document
    session_id: UUID
    is_repeat: bool


class RunningPlace:
    """The one place an athlete has for a running session."""

    def __init__(self, sessions: WorkoutSessionRepository) -> None:
        self._sessions = sessions

    async def take(self, user_id: UUID, client_generated_id: str | None) -> UUID | None:
        """Hold the place until the command ends; return the session the client's id made before."""
        await self._sessions.hold_running_place(user_id)
        if client_generated_id is None:
            return None
        return await self._sessions.by_client_id(user_id, client_generated_id)

    async def refuse_second(self, user_id: UUID, *, beside: UUID | None = None) -> None:
        """
        Let a session run only where none is running, ``beside`` itself apart.

        Raises:
            SessionAlreadyRunning: one is; the facts name it.
        """
        running = await self._sessions.running_of(user_id)
        if running is not None and running != beside:
            raise SessionAlreadyRunning("Another session is running.", session_id=running)


async def announce_start(journal: SessionJournal, session: WorkoutSession, *, at: datetime) -> None:
    """Write the first event of a session."""
    await journal.write(
        session.id,
        FIRST_SEQUENCE,
        "SessionStarted",
        {
            "user_id": session.user_id,
            "athlete_id": session.athlete_id,
            "workout_id": session.workout_id,
            "name": session.name,
            "started_at": session.started_at,
        },
        at=at,
    )
