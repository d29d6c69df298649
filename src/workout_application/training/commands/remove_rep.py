"""An athlete takes a repetition out of a running session."""

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
class RemoveRep(Command[None]):
    """The numbers of the others stay."""

    rep_id: UUID
    expected_revision: int | None = None


class RemoveRepHandler:
    """Removes the caller's own repetition."""

    def __init__(
        self,
        sessions: WorkoutSessionRepository,
        journal: SessionJournal,
        history: SetHistory,
        clock: Clock,
    ) -> None:
        self._sessions, self._journal, self._history = sessions, journal, history
        self._clock = clock

    async def handle(self, command: RemoveRep, actor: Actor) -> None:
        """Remove it."""
        session, set_id = await self._sessions.own_with_rep(actor.id, command.rep_id)
        expect_revision(session, command.expected_revision)
        now = self._clock.now()
        session.change_set(set_id, at=now).remove_rep(command.rep_id)
        await self._history.keep(
            set_id,
            Correction.REP_REMOVED,
            sequence=session.sequence,
            by=actor.id,
            at=now,
            rep_id=command.rep_id,
        )
        await self._journal.write(
            session.id,
            session.sequence,
            "RepRemoved",
            {"rep_id": command.rep_id, "set_id": set_id},
            at=now,
        )
