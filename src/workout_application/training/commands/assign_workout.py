"""A trainer gives one of their workouts to an athlete they coach."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer
from workout_application.training.plan_views import WorkoutView
from workout_application.training.policies import WorkoutGuard
from workout_domain.training.repositories import WorkoutRepository
from workout_shared.clock import Clock


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class AssignWorkout(Command[WorkoutView]):
    """Answers with the workout as clients see it."""

    workout_id: UUID
    athlete_id: UUID
    expected_revision: int | None = None


class AssignWorkoutHandler:
    """Assigns only to athletes who agreed to be coached."""

    def __init__(self, workouts: WorkoutRepository, guard: WorkoutGuard, clock: Clock) -> None:
        self._workouts, self._guard, self._clock = workouts, guard, clock

    async def handle(self, command: AssignWorkout, actor: Actor) -> WorkoutView:
        """Assign it."""
        workout = await self._workouts.of_trainer(actor.trainer_id, command.workout_id)
        expect_revision(workout, command.expected_revision)
        to = command.athlete_id
        async with self._guard.changing(workout, actor, "assign_workout", giving_to=to):
            workout.assign_to(to, at=self._clock.now())
        return WorkoutView.of(workout)
