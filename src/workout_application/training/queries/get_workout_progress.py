"""Somebody asks how far an athlete has come with a workout."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.coach_access import (
    VIEW_SESSIONS,
    CoachGuard,
    Subject,
    Touched,
)
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.training.ports import WorkoutReader
from workout_domain.kernel.errors import Invalid
from workout_domain.training.errors import WorkoutNotFound


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetWorkoutProgress(Query[bytes]):
    """Answers with a ``ProgressView``; an athlete may leave ``athlete_id`` out."""

    workout_id: UUID
    athlete_id: UUID | None = None


class GetWorkoutProgressHandler:
    """Answers the athlete, the trainer of the workout, and administrators."""

    def __init__(self, workouts: WorkoutReader, guard: CoachGuard) -> None:
        self._workouts, self._guard = workouts, guard

    async def handle(self, query: GetWorkoutProgress, actor: Actor) -> bytes:
        """Work it out from the latest session."""
        athlete_id = query.athlete_id or actor.athlete_profile_id
        if athlete_id is None:
            raise Invalid.field("/athlete_id", "required", "Say which athlete you mean.")
        unknown = WorkoutNotFound("No such workout.")
        is_coach = athlete_id != actor.athlete_profile_id and not actor.is_admin
        if is_coach:
            await self._guard.admit_reader(actor, athlete_id, VIEW_SESSIONS, unknown=unknown)
        found = await self._workouts.progress(query.workout_id, athlete_id, visible_to=actor)
        if found is None:
            raise unknown
        if is_coach:
            what = Touched(
                subject=Subject.PROGRESS,
                subject_id=query.workout_id,
                operation="get_workout_progress",
            )
            self._guard.note_read(actor, athlete_id, what)
        return found
