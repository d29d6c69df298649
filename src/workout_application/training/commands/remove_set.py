"""An athlete takes a set out of a running session."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.training.ports import SessionJournal, SetHistory
from workout_domain.training.repositories import WorkoutSessionRepository
from workout_domain.training.set_history import Correction
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveSet(Command[None]):
    """Its repetitions go with it."""

    set_id: UUID
    expected_revision: int | None = None


class RemoveSetHandler:
    """Removes the caller's own set."""

    def __init__(
        self,
        sessions: WorkoutSessionRepository,
        journal: SessionJournal,
        history: SetHistory,
        clock: Clock,
    ) -> None:
        self._sessions, self._journal, self._history = sessions, journal, history
        self._clock = clock

    async def handle(self, command: RemoveSet, actor: Actor) -> None:
        """Remove it."""
        session = await self._sessions.own_with_set(actor.id, command.set_id)
        expect_revision(session, command.expected_revision)
        now = self._clock.now()
        session.remove_set(command.set_id, at=now)
        await self._history.keep(
            command.set_id,
            Correction.SET_REMOVED,
            sequence=session.sequence,
            by=actor.id,
            at=now,
        )
        await self._journal.write(
            session.id, session.sequence, "SetRemoved", {"set_id": command.set_id}, at=now
        )
