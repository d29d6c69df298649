"""Somebody looks at one workout."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.coach_access import CoachGuard, Subject, Touched
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
    """Reads it; sessions it shows to a coach are a read of the athlete's."""

    def __init__(self, workouts: WorkoutReader, guard: CoachGuard) -> None:
        self._workouts, self._guard = workouts, guard

    async def handle(self, query: GetWorkout, actor: Actor) -> WorkoutSnapshot:
        """Read it, or say that there is none."""
        found = await self._workouts.detail(query.workout_id, visible_to=actor)
        if found is None:
            raise WorkoutNotFound("No such workout.")
        if found.shows_sessions and found.athlete_id is not None and not actor.is_admin:
            what = Touched(
                subject=Subject.SESSION_LIST,
                subject_id=query.workout_id,
                operation="get_workout",
            )
            self._guard.note_read(actor, found.athlete_id, what)
        return WorkoutSnapshot(found.document, found.was_begun)
