"""Somebody looks at one workout."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.training.ports import WorkoutReader
from workout_domain.training.errors import WorkoutNotFound


@dataclass(frozen=True, slots=True)
class WorkoutSnapshot:
    """
    A ``WorkoutDetail``.

    Once it ``was_begun`` its revision does not tell everything: sessions are no part of it.
    """

    document: Document
    was_begun: bool


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetWorkout(Query[WorkoutSnapshot]):
    """Answers its trainer, its athlete and administrators."""

    workout_id: UUID


class GetWorkoutHandler:
    """Reads it."""

    def __init__(self, workouts: WorkoutReader) -> None:
        self._workouts = workouts

    async def handle(self, query: GetWorkout, actor: Actor) -> WorkoutSnapshot:
        """Read it, or say that there is none."""
        found = await self._workouts.detail(query.workout_id, visible_to=actor)
        if found is None:
            raise WorkoutNotFound("No such workout.")
        return WorkoutSnapshot(*found)
