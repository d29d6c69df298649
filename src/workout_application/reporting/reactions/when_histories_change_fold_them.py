"""When many sessions change at once, their figures go into the roll-ups of their owners."""

from typing import ClassVar
from uuid import UUID

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.reporting.ports import ReportFolding
from workout_shared.clock import Clock


class WhenHistoriesChangeFoldThem:
    """Folds every account of which an exercise was merged, or sets came to count otherwise."""

    name: ClassVar[str] = "when_histories_change_fold_them"
    queue: ClassVar[str] = "low"
    subscribes_to: ClassVar[tuple[str, ...]] = ("workout.exercise.moved", "workout.sets.recounted")

    def __init__(self, folding: ReportFolding, clock: Clock) -> None:
        self._folding, self._clock = folding, clock

    async def react(self, message: ReceivedEvent) -> None:
        """Fold them, always in the same order, so that no two wait for one another."""
        for user_id in sorted(message.payload["user_ids"]):
            await self._folding.fold(UUID(user_id), at=self._clock.now())
