"""When an exercise becomes another one, what was planned and performed with it follows."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.training.merging import HistoryMover, MergedTraining


class WhenExerciseMergedMoveTraining:
    """Moves the first batch at once; a schedule moves the rest, however much there is."""

    name: ClassVar[str] = "when_exercise_merged_move_training"
    queue: ClassVar[str] = "default"
    subscribes_to: ClassVar[tuple[str, ...]] = ("exercise.merged",)

    def __init__(self, training: MergedTraining, mover: HistoryMover) -> None:
        self._training, self._mover = training, mover

    async def react(self, message: ReceivedEvent) -> None:
        """Move it."""
        merge = await self._training.open_merge(message.uuid("merge_id"))
        if merge is not None:
            await self._mover.step(merge)
