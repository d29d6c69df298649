"""A trainer changes what a workout says; a running session keeps the plan it began with."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer
from workout_application.training.plan_views import WorkoutView
from workout_application.training.policies import WorkoutGuard
from workout_application.training.prescriptions import PrescriptionCheck
from workout_domain.training.blocks import Block
from workout_domain.training.prescription import Prescription
from workout_domain.training.repositories import WorkoutRepository
from workout_shared.clock import Clock


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateWorkout(Command[WorkoutView]):
    """Changes what ``changes`` names; exercises and blocks, where given, replace all of them."""

    workout_id: UUID
    changes: dict[str, Any]
    exercises: tuple[Prescription, ...] | None = None
    blocks: tuple[Block, ...] | None = None
    expected_revision: int | None = None


class UpdateWorkoutHandler:
    """Revises the trainer's own workout."""

    def __init__(
        self,
        workouts: WorkoutRepository,
        guard: WorkoutGuard,
        check: PrescriptionCheck,
        clock: Clock,
    ) -> None:
        self._workouts, self._guard, self._check = workouts, guard, check
        self._clock = clock

    async def handle(self, command: UpdateWorkout, actor: Actor) -> WorkoutView:
        """Revise it."""
        workout = await self._workouts.of_trainer(actor.trainer_id, command.workout_id)
        expect_revision(workout, command.expected_revision)
        async with self._guard.changing(workout, actor, "update_workout"):
            exercises = await self._checked(command.exercises, actor)
            plan = replace(workout.plan, **command.changes)
            workout.revise(plan, exercises=exercises, blocks=command.blocks, at=self._clock.now())
        return WorkoutView.of(workout)

    async def _checked(
        self, exercises: tuple[Prescription, ...] | None, actor: Actor
    ) -> list[tuple[UUID, Prescription]] | None:
        if exercises is None:
            return None
        return await self._check.passed(exercises, actor)
