"""Events that every subscriber handled long ago are dropped."""

from dataclasses import dataclass
from typing import ClassVar

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_application.platform.ports import ExpiringStore
from workout_shared.clock import Clock


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetOldEvents(Command[int]):
    """Answers with how many were dropped: at most ``limit``, so that no lock is held for long."""

    appends: ClassVar[bool] = True

    limit: int = 5_000


class ForgetOldEventsHandler:
    """Drops one batch; what is pending or parked stays."""

    def __init__(self, events: ExpiringStore, clock: Clock) -> None:
        self._events, self._clock = events, clock

    async def handle(self, command: ForgetOldEvents, _actor: Actor) -> int:
        """Drop them."""
        return await self._events.delete_expired(at=self._clock.now(), limit=command.limit)
