"""Sessions of people who deleted their accounts are deleted, rows and all, batch by batch."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Final

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_application.training.ports import TrainingOfDeleted
from workout_shared.clock import Clock

# No request takes nearly as long as this.
STRAGGLERS: Final = timedelta(days=1)


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeTrainingOfDeleted(Command[int]):
    """Answers with how many went: at most ``limit``, so that no lock is held for long."""

    appends: ClassVar[bool] = True

    limit: int = 100


class PurgeTrainingOfDeletedHandler:
    """Deletes one batch."""

    def __init__(self, training: TrainingOfDeleted, clock: Clock) -> None:
        self._training, self._clock = training, clock

    async def handle(self, command: PurgeTrainingOfDeleted, _actor: Actor) -> int:
        """Delete it."""
        since = self._clock.now() - STRAGGLERS
        return await self._training.purge(since=since, limit=command.limit)
