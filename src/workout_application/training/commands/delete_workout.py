"""A trainer takes a workout out of every list; sessions of it stay."""

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
class DeleteWorkout(Command[None]):
    """The row stays until it is purged."""

    workout_id: UUID
    expected_revision: int | None = None


class DeleteWorkoutHandler:
    """Deletes the trainer's own workout."""

    def __init__(self, workouts: WorkoutRepository, guard: WorkoutGuard, clock: Clock) -> None:
        self._workouts, self._guard, self._clock = workouts, guard, clock

    async def handle(self, command: DeleteWorkout, actor: Actor) -> None:
        """Delete it."""
        workout = await self._workouts.of_trainer(actor.trainer_id, command.workout_id)
        expect_revision(workout, command.expected_revision)
        async with self._guard.changing(workout, actor, "delete_workout"):
            workout.delete(at=self._clock.now())
