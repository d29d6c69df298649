"""An operator lets events that were given up be handled again."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_application.platform.ports import ParkedEvents
from workout_shared.clock import Clock


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayParkedEvents(Command[int]):
    """Answers with how many will be tried again; without a message all are."""

    appends: ClassVar[bool] = True

    message_id: UUID | None = None


class ReplayParkedEventsHandler:
    """Makes them pending again; the relay's next sweep hands them on."""

    def __init__(self, events: ParkedEvents, clock: Clock) -> None:
        self._events, self._clock = events, clock

    async def handle(self, command: ReplayParkedEvents, _actor: Actor) -> int:
        """Replay them."""
        return await self._events.replay(command.message_id, at=self._clock.now())
