"""A trainer calls a workout off."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer
from workout_application.training.plan_views import WorkoutView
from workout_application.training.policies import WorkoutGuard
from workout_domain.training.errors import SessionOfWorkoutRunning
from workout_domain.training.repositories import WorkoutRepository
from workout_shared.clock import Clock


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class CancelWorkout(Command[WorkoutView]):
    """Answers with the cancelled workout."""

    workout_id: UUID
    expected_revision: int | None = None


class CancelWorkoutHandler:
    """Cancels it, unless somebody is training it."""

    def __init__(self, workouts: WorkoutRepository, guard: WorkoutGuard, clock: Clock) -> None:
        self._workouts, self._guard, self._clock = workouts, guard, clock

    async def handle(self, command: CancelWorkout, actor: Actor) -> WorkoutView:
        """Cancel it."""
        workout = await self._workouts.of_trainer(actor.trainer_id, command.workout_id)
        expect_revision(workout, command.expected_revision)
        async with self._guard.changing(workout, actor, "cancel_workout"):
            if await self._workouts.has_running_session(workout.id):
                raise SessionOfWorkoutRunning("A session of this workout is running.")
            workout.cancel(at=self._clock.now())
        return WorkoutView.of(workout)
