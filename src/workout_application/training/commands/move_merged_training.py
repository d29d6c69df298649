"""Sessions, workouts and templates follow merged exercises, batch by batch, until none is left."""

from dataclasses import dataclass
from typing import ClassVar

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_application.training.merging import BATCH, HistoryMover, MergedTraining

MOST_MERGES = 20


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class MoveMergedTraining(Command[bool]):
    """Answers whether anything moved; at most ``limit`` of each kind for each merge."""

    appends: ClassVar[bool] = True

    limit: int = BATCH


class MoveMergedTrainingHandler:
    """Moves a batch of each merge that is not finished."""

    def __init__(self, training: MergedTraining, mover: HistoryMover) -> None:
        self._training, self._mover = training, mover

    async def handle(self, command: MoveMergedTraining, _actor: Actor) -> bool:
        """Move them."""
        moved = [
            await self._mover.step(merge, most=command.limit)
            for merge in await self._training.open_merges(MOST_MERGES)
        ]
        return any(moved)
