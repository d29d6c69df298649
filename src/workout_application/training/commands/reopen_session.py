"""An athlete takes up an ended session again."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.training.ports import SessionJournal, SessionSnapshots
from workout_application.training.starting import RunningPlace
from workout_domain.training.repositories import WorkoutSessionRepository
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenSession(Command[Document]):
    """Answers with the session, in progress again."""

    session_id: UUID
    expected_revision: int | None = None


class ReopenSessionHandler:
    """Reopens the caller's own session, unless another one is running."""

    def __init__(
        self,
        sessions: WorkoutSessionRepository,
        journal: SessionJournal,
        snapshots: SessionSnapshots,
        clock: Clock,
    ) -> None:
        self._sessions, self._journal, self._snapshots = sessions, journal, snapshots
        self._clock = clock
        self._place = RunningPlace(sessions)

    async def handle(self, command: ReopenSession, actor: Actor) -> Document:
        """Reopen it."""
        await self._place.take(actor.id, None)
        session = await self._sessions.own(actor.id, command.session_id)
        expect_revision(session, command.expected_revision)
        if session.workout_id is not None:
            await self._sessions.refuse_closed_workout(session.workout_id)
        now = self._clock.now()
        await self._place.refuse_second(actor.id, beside=session.id)
        session.reopen(at=now)
        await self._journal.write(session.id, session.sequence, "SessionReopened", {}, at=now)
        return await self._snapshots.of(session.id)
