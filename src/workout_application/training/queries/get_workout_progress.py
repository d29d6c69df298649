"""Somebody asks how far an athlete has come with a workout."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.training.policies import VIEW_SESSIONS
from workout_application.training.ports import CoachingRoster, Standing, WorkoutReader
from workout_domain.kernel.errors import Invalid
from workout_domain.training.errors import ScopeRequired, WorkoutNotFound


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetWorkoutProgress(Query[bytes]):
    """Answers with a ``ProgressView``; an athlete may leave ``athlete_id`` out."""

    workout_id: UUID
    athlete_id: UUID | None = None


class GetWorkoutProgressHandler:
    """Answers the athlete, the trainer of the workout, and administrators."""

    def __init__(self, workouts: WorkoutReader, roster: CoachingRoster) -> None:
        self._workouts, self._roster = workouts, roster

    async def handle(self, query: GetWorkoutProgress, actor: Actor) -> bytes:
        """Work it out from the latest session."""
        athlete_id = query.athlete_id or actor.athlete_profile_id
        if athlete_id is None:
            raise Invalid.field("/athlete_id", "required", "Say which athlete you mean.")
        if athlete_id != actor.athlete_profile_id and not actor.is_admin:
            await self._refuse_strangers(actor, athlete_id)
        found = await self._workouts.progress(query.workout_id, athlete_id, visible_to=actor)
        if found is None:
            raise WorkoutNotFound("No such workout.")
        return found

    async def _refuse_strangers(self, actor: Actor, athlete_id: UUID) -> None:
        standing = Standing.STRANGER
        if actor.trainer_profile_id is not None:
            standing = await self._roster.standing(
                actor.trainer_profile_id, athlete_id, VIEW_SESSIONS
            )
        if standing is Standing.STRANGER:
            raise WorkoutNotFound("No such workout.")
        if standing is Standing.WITHOUT_SCOPE:
            raise ScopeRequired("The athlete did not give you this scope.", scope=VIEW_SESSIONS)
