"""A trainer asks for something else at the place of one exercise."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer
from workout_application.training.policies import WorkoutGuard
from workout_application.training.ports import ExerciseShelf
from workout_application.training.prescriptions import checked_prescriptions
from workout_application.training.views import WorkoutExerciseView
from workout_domain.training.prescription import Prescription
from workout_domain.training.repositories import WorkoutRepository
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedExercise:
    """The prescription as it is now and the workout's revision."""

    exercise: WorkoutExerciseView
    revision: int


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWorkoutExercise(Command[ChangedExercise]):
    """Answers with the prescription."""

    workout_id: UUID
    workout_exercise_id: UUID
    what: Prescription
    expected_revision: int | None = None


class ChangeWorkoutExerciseHandler:
    """Changes it where it stands."""

    def __init__(
        self,
        workouts: WorkoutRepository,
        guard: WorkoutGuard,
        shelf: ExerciseShelf,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._workouts, self._guard, self._shelf = workouts, guard, shelf
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: ChangeWorkoutExercise, actor: Actor) -> ChangedExercise:
        """Change it."""
        workout = await self._workouts.of_trainer(actor.trainer_id, command.workout_id)
        expect_revision(workout, command.expected_revision)
        async with self._guard.changing(workout, actor, "change_workout_exercise"):
            await checked_prescriptions(
                [command.what],
                shelf=self._shelf,
                actor=actor,
                identifiers=self._identifiers,
                pointer="",
            )
            workout.change_exercise(command.workout_exercise_id, command.what, at=self._clock.now())
        changed = workout.exercise(command.workout_exercise_id)
        return ChangedExercise(exercise=WorkoutExerciseView.of(changed), revision=workout.revision)
