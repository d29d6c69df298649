"""An athlete takes a repetition out of a running session."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.training.ports import SessionJournal
from workout_domain.training.repositories import WorkoutSessionRepository
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveRep(Command[None]):
    """The numbers of the others stay."""

    rep_id: UUID


class RemoveRepHandler:
    """Removes the caller's own repetition."""

    def __init__(
        self, sessions: WorkoutSessionRepository, journal: SessionJournal, clock: Clock
    ) -> None:
        self._sessions, self._journal, self._clock = sessions, journal, clock

    async def handle(self, command: RemoveRep, actor: Actor) -> None:
        """Remove it."""
        session, set_id = await self._sessions.own_with_rep(actor.id, command.rep_id)
        now = self._clock.now()
        session.change_set(set_id, at=now).remove_rep(command.rep_id)
        await self._journal.write(
            session.id,
            session.sequence,
            "RepRemoved",
            {"rep_id": command.rep_id, "set_id": set_id},
            at=now,
        )
