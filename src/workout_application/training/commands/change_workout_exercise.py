"""A trainer asks for something else at the place of one exercise."""

from dataclasses import dataclass, replace
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
class ChangedExercise:
    """The prescription as it is now and the workout's revision."""

    exercise: WorkoutExerciseView
    revision: int


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWorkoutExercise(Command[ChangedExercise]):
    """Answers with the prescription; unless ``moves``, it stays in the block it is in."""

    workout_id: UUID
    workout_exercise_id: UUID
    what: Prescription
    moves: bool = True
    expected_revision: int | None = None


class ChangeWorkoutExerciseHandler:
    """Changes it where it stands."""

    def __init__(
        self,
        workouts: WorkoutRepository,
        guard: WorkoutGuard,
        check: PrescriptionCheck,
        clock: Clock,
    ) -> None:
        self._workouts, self._guard, self._check = workouts, guard, check
        self._clock = clock

    async def handle(self, command: ChangeWorkoutExercise, actor: Actor) -> ChangedExercise:
        """Change it."""
        workout = await self._workouts.of_trainer(actor.trainer_id, command.workout_id)
        expect_revision(workout, command.expected_revision)
        async with self._guard.changing(workout, actor, "change_workout_exercise"):
            changed = workout.exercise(command.workout_exercise_id)
            what = command.what if command.moves else replace(command.what, block=changed.block)
            await self._check.passed([what], actor, pointer="")
            workout.change_exercise(changed.id, what, at=self._clock.now())
        return ChangedExercise(exercise=WorkoutExerciseView.of(changed), revision=workout.revision)
