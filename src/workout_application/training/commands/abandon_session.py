"""An athlete gives a session up; nothing logged is lost."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.training.ports import SessionJournal, SessionSnapshots
from workout_domain.training.repositories import WorkoutSessionRepository
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class AbandonSession(Command[Document]):
    """Answers with the abandoned session."""

    session_id: UUID
    expected_revision: int | None = None


class AbandonSessionHandler:
    """Abandons the caller's own session."""

    def __init__(
        self,
        sessions: WorkoutSessionRepository,
        journal: SessionJournal,
        snapshots: SessionSnapshots,
        clock: Clock,
    ) -> None:
        self._sessions, self._journal, self._snapshots = sessions, journal, snapshots
        self._clock = clock

    async def handle(self, command: AbandonSession, actor: Actor) -> Document:
        """Abandon it."""
        session = await self._sessions.own(actor.id, command.session_id)
        expect_revision(session, command.expected_revision)
        now = self._clock.now()
        session.abandon("abandoned", at=now)
        await self._journal.write(
            session.id, session.sequence, "SessionAbandoned", {"reason": "abandoned"}, at=now
        )
        return await self._snapshots.of(session.id)
