"""An athlete takes a set out of a running session."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.training.ports import SessionJournal
from workout_domain.training.repositories import WorkoutSessionRepository
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveSet(Command[None]):
    """Its repetitions go with it."""

    set_id: UUID


class RemoveSetHandler:
    """Removes the caller's own set."""

    def __init__(
        self, sessions: WorkoutSessionRepository, journal: SessionJournal, clock: Clock
    ) -> None:
        self._sessions, self._journal, self._clock = sessions, journal, clock

    async def handle(self, command: RemoveSet, actor: Actor) -> None:
        """Remove it."""
        session = await self._sessions.own_with_set(actor.id, command.set_id)
        now = self._clock.now()
        session.remove_set(command.set_id, at=now)
        await self._journal.write(
            session.id, session.sequence, "SetRemoved", {"set_id": command.set_id}, at=now
        )
