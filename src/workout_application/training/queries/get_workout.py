"""Somebody looks at one workout."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.training.ports import WorkoutReader
from workout_domain.training.errors import WorkoutNotFound


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetWorkout(Query[Document]):
    """Answers its trainer, its athlete and administrators with a ``WorkoutDetail``."""

    workout_id: UUID


class GetWorkoutHandler:
    """Reads it."""

    def __init__(self, workouts: WorkoutReader) -> None:
        self._workouts = workouts

    async def handle(self, query: GetWorkout, actor: Actor) -> Document:
        """Read it, or say that there is none."""
        found = await self._workouts.detail(query.workout_id, visible_to=actor)
        if found is None:
            raise WorkoutNotFound("No such workout.")
        return found
