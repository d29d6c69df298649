"""A trainer, or the athlete it was given to, marks a workout done."""

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.training.plan_views import WorkoutView
from workout_application.training.policies import WorkoutGuard
from workout_domain.training.errors import SessionOfWorkoutRunning, WorkoutNotFound
from workout_domain.training.repositories import WorkoutRepository
from workout_domain.training.workout import Workout
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteWorkout(Command[WorkoutView]):
    """Answers with the completed workout; no session can start after that."""

    workout_id: UUID
    expected_revision: int | None = None


class CompleteWorkoutHandler:
    """Completes it, unless somebody is training it."""

    def __init__(self, workouts: WorkoutRepository, guard: WorkoutGuard, clock: Clock) -> None:
        self._workouts, self._guard, self._clock = workouts, guard, clock

    async def handle(self, command: CompleteWorkout, actor: Actor) -> WorkoutView:
        """Complete it."""
        workout = await self._own(command.workout_id, actor)
        expect_revision(workout, command.expected_revision)
        async with self._guard.changing(workout, actor, "complete_workout"):
            if await self._workouts.has_running_session(workout.id):
                raise SessionOfWorkoutRunning("A session of this workout is running.")
            workout.complete(at=self._clock.now())
        return WorkoutView.of(workout)

    async def _own(self, workout_id: UUID, actor: Actor) -> Workout:
        if actor.trainer_profile_id is not None:
            with suppress(WorkoutNotFound):
                return await self._workouts.of_trainer(actor.trainer_profile_id, workout_id)
        if actor.athlete_profile_id is None:
            raise WorkoutNotFound("No such workout.")
        return await self._workouts.of_athlete(actor.athlete_profile_id, workout_id)
