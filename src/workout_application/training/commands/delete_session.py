"""An athlete deletes a session with everything in it."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.training.ports import SessionJournal
from workout_domain.training.repositories import WorkoutSessionRepository
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteSession(Command[None]):
    """Those who watch it are told that it is over."""

    session_id: UUID
    expected_revision: int | None = None


class DeleteSessionHandler:
    """Deletes the caller's own session."""

    def __init__(
        self, sessions: WorkoutSessionRepository, journal: SessionJournal, clock: Clock
    ) -> None:
        self._sessions, self._journal, self._clock = sessions, journal, clock

    async def handle(self, command: DeleteSession, actor: Actor) -> None:
        """Delete it."""
        session = await self._sessions.own(actor.id, command.session_id)
        expect_revision(session, command.expected_revision)
        now = self._clock.now()
        session.delete(at=now)
        await self._journal.write(
            session.id, session.sequence, "SessionAbandoned", {"reason": "deleted"}, at=now
        )
