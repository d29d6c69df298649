"""A trainer changes what a workout says; a running session keeps the plan it began with."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer
from workout_application.training.policies import WorkoutGuard
from workout_application.training.ports import ExerciseShelf
from workout_application.training.prescriptions import checked_prescriptions
from workout_application.training.views import WorkoutView
from workout_domain.training.prescription import Prescription
from workout_domain.training.repositories import WorkoutRepository
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateWorkout(Command[WorkoutView]):
    """Changes the fields of the plan that ``changes`` names, and all exercises where given."""

    workout_id: UUID
    changes: dict[str, Any]
    exercises: tuple[Prescription, ...] | None = None
    expected_revision: int | None = None


class UpdateWorkoutHandler:
    """Revises the trainer's own workout."""

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

    async def handle(self, command: UpdateWorkout, actor: Actor) -> WorkoutView:
        """Revise it."""
        workout = await self._workouts.of_trainer(actor.trainer_id, command.workout_id)
        expect_revision(workout, command.expected_revision)
        async with self._guard.changing(workout, actor, "update_workout"):
            exercises = await self._checked(command.exercises, actor)
            plan = replace(workout.plan, **command.changes)
            workout.revise(plan, exercises=exercises, at=self._clock.now())
        return WorkoutView.of(workout)

    async def _checked(
        self, exercises: tuple[Prescription, ...] | None, actor: Actor
    ) -> list[tuple[UUID, Prescription]] | None:
        if exercises is None:
            return None
        return await checked_prescriptions(
            exercises, shelf=self._shelf, actor=actor, identifiers=self._identifiers
        )
