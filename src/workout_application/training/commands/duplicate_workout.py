"""A trainer makes another workout like one of theirs, for another day and perhaps an athlete."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, trainer
from workout_application.training.plan_views import WorkoutView
from workout_application.training.policies import WorkoutGuard
from workout_domain.training.repositories import WorkoutRepository
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateWorkout(Command[WorkoutView]):
    """Answers with the new workout: a draft, or assigned where an athlete is named."""

    workout_id: UUID
    scheduled_date: datetime
    athlete_id: UUID | None = None
    name: str | None = None


class DuplicateWorkoutHandler:
    """Copies the plan and nothing that became of it; the original stays as it is."""

    def __init__(
        self,
        workouts: WorkoutRepository,
        guard: WorkoutGuard,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._workouts, self._guard = workouts, guard
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: DuplicateWorkout, actor: Actor) -> WorkoutView:
        """Copy it."""
        workout = await self._workouts.of_trainer(actor.trainer_id, command.workout_id)
        now = self._clock.now()
        plan = replace(workout.plan, scheduled_date=command.scheduled_date)
        copy = workout.copied(
            self._identifiers.new,
            plan=plan if command.name is None else replace(plan, name=command.name),
            at=now,
        )
        if command.athlete_id is not None:
            to = command.athlete_id
            async with self._guard.changing(copy, actor, "duplicate_workout", giving_to=to):
                copy.assign_to(to, at=now)
        self._workouts.add(copy)
        return WorkoutView.of(copy)
