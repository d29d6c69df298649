"""Somebody looks at one session with everything in it."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.coach_access import Subject, Touched
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.training.policies import SessionGuard
from workout_application.training.ports import SessionReader
from workout_domain.training.errors import SessionNotFound


@dataclass(frozen=True, slots=True)
class SessionSnapshot:
    """A ``SessionView``, and the sequence of the last event it includes."""

    document: Document
    sequence: int


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetSession(Query[SessionSnapshot]):
    """Answers whoever may look at it; ``is_live`` tells that they go on watching."""

    session_id: UUID
    is_live: bool = False


class GetSessionHandler:
    """Reads it in one statement, so that sets and sequence agree."""

    def __init__(self, sessions: SessionReader, guard: SessionGuard) -> None:
        self._sessions, self._guard = sessions, guard

    async def handle(self, query: GetSession, actor: Actor) -> SessionSnapshot:
        """Read it."""
        what = Touched(
            subject=Subject.LIVE_SESSION if query.is_live else Subject.SESSION,
            subject_id=query.session_id,
            operation="join_workout_session" if query.is_live else "get_session",
        )
        await self._guard.admit(actor, query.session_id, what)
        found = await self._sessions.detail(query.session_id)
        if found is None:
            raise SessionNotFound("No such session.")
        return SessionSnapshot(*found)
