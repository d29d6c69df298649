"""A trainer asks for one exercise less."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer
from workout_application.training.policies import WorkoutGuard
from workout_domain.training.repositories import WorkoutRepository
from workout_shared.clock import Clock


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveWorkoutExercise(Command[None]):
    """Sessions that began with the exercise keep it."""

    workout_id: UUID
    workout_exercise_id: UUID
    expected_revision: int | None = None


class RemoveWorkoutExerciseHandler:
    """Removes it."""

    def __init__(self, workouts: WorkoutRepository, guard: WorkoutGuard, clock: Clock) -> None:
        self._workouts, self._guard, self._clock = workouts, guard, clock

    async def handle(self, command: RemoveWorkoutExercise, actor: Actor) -> None:
        """Remove it."""
        workout = await self._workouts.of_trainer(actor.trainer_id, command.workout_id)
        expect_revision(workout, command.expected_revision)
        async with self._guard.changing(workout, actor, "remove_workout_exercise"):
            workout.remove_exercise(command.workout_exercise_id, at=self._clock.now())
