"""When an exercise becomes another one, its rules and training maxes follow."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.programs.ports import MergedPrograms
from workout_shared.clock import Clock


class WhenExerciseMergedMovePrograms:
    """Moves them; where the other exercise progresses by a rule already, that one stays."""

    name: ClassVar[str] = "when_exercise_merged_move_programs"
    queue: ClassVar[str] = "default"
    subscribes_to: ClassVar[tuple[str, ...]] = ("exercise.merged",)

    def __init__(self, programs: MergedPrograms, clock: Clock) -> None:
        self._programs, self._clock = programs, clock

    async def react(self, message: ReceivedEvent) -> None:
        """Move them."""
        await self._programs.move(
            message.uuid("exercise_id"), message.uuid("into_id"), at=self._clock.now()
        )
