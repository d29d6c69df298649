"""When history has followed a merged exercise, the merge says how much."""

from datetime import datetime
from typing import ClassVar

from workout_application.catalogue.ports import ExerciseMerges, Followed
from workout_application.messaging.reactions import ReceivedEvent


class WhenExerciseHistoryMovedCountIt:
    """Adds it up."""

    name: ClassVar[str] = "when_exercise_history_moved_count_it"
    queue: ClassVar[str] = "low"
    subscribes_to: ClassVar[tuple[str, ...]] = ("workout.exercise.moved",)

    def __init__(self, merges: ExerciseMerges) -> None:
        self._merges = merges

    async def react(self, message: ReceivedEvent) -> None:
        """Count it."""
        finished_at: datetime | None = None
        if message.payload["is_finished"]:
            finished_at = message.occurred_at
        followed = Followed(
            sessions=message.payload["sessions"],
            sets=message.payload["sets"],
            workouts=message.payload["workouts"],
            templates=message.payload["templates"],
            finished_at=finished_at,
        )
        await self._merges.count(message.uuid("merge_id"), followed)
