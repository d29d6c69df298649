"""A trainer asks for one more exercise in a workout."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer
from workout_application.training.plan_views import WorkoutExerciseView
from workout_application.training.policies import WorkoutGuard
from workout_application.training.prescriptions import PrescriptionCheck
from workout_domain.training.prescription import Prescription
from workout_domain.training.repositories import WorkoutRepository
from workout_shared.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedExercise:
    """The new prescription and the workout's revision."""

    exercise: WorkoutExerciseView
    revision: int


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class AddWorkoutExercise(Command[AddedExercise]):
    """Answers with the new prescription."""

    workout_id: UUID
    what: Prescription
    expected_revision: int | None = None


class AddWorkoutExerciseHandler:
    """Adds it after the others."""

    def __init__(
        self,
        workouts: WorkoutRepository,
        guard: WorkoutGuard,
        check: PrescriptionCheck,
        clock: Clock,
    ) -> None:
        self._workouts, self._guard, self._check = workouts, guard, check
        self._clock = clock

    async def handle(self, command: AddWorkoutExercise, actor: Actor) -> AddedExercise:
        """Add it."""
        workout = await self._workouts.of_trainer(actor.trainer_id, command.workout_id)
        expect_revision(workout, command.expected_revision)
        async with self._guard.changing(workout, actor, "add_workout_exercise"):
            [(row_id, what)] = await self._check.passed([command.what], actor, pointer="")
            added = workout.add_exercise(row_id, what, at=self._clock.now())
        return AddedExercise(exercise=WorkoutExerciseView.of(added), revision=workout.revision)
