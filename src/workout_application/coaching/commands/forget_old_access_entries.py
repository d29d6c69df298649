"""Entries of access logs are dropped after a year."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Final

from workout_application.coaching.ports import AccessLogKeeping
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_shared.clock import Clock

KEPT: Final = timedelta(days=365)


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetOldAccessEntries(Command[int]):
    """Answers with how many were dropped: at most ``limit``, so that no lock is held for long."""

    appends: ClassVar[bool] = True

    limit: int = 5_000


class ForgetOldAccessEntriesHandler:
    """Drops one batch."""

    def __init__(self, log: AccessLogKeeping, clock: Clock) -> None:
        self._log, self._clock = log, clock

    async def handle(self, command: ForgetOldAccessEntries, _actor: Actor) -> int:
        """Drop them."""
        return await self._log.forget_before(self._clock.now() - KEPT, limit=command.limit)
