"""A trainer gives a copy of one of their workouts to each of several athletes."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, trainer
from workout_application.training.plan_views import GivenCopiesView, GivenCopyView
from workout_application.training.policies import WorkoutGuard
from workout_domain.kernel.errors import DomainError, FieldError
from workout_domain.training.repositories import WorkoutRepository
from workout_domain.training.workout import Workout
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class AssignWorkoutToMany(Command[GivenCopiesView]):
    """Answers for each athlete, in the order asked, with the id of a copy or with a refusal."""

    workout_id: UUID
    athlete_ids: tuple[UUID, ...]
    scheduled_date: datetime | None = None

    def validate(self) -> list[FieldError]:
        """Return the athletes who are named twice."""
        return [
            FieldError(f"/athlete_ids/{place}", "duplicate", "Name each athlete once.")
            for place, athlete_id in enumerate(self.athlete_ids)
            if athlete_id in self.athlete_ids[:place]
        ]


class AssignWorkoutToManyHandler:
    """
    Makes a whole copy, assigned and told of, for each athlete who allows it, and none for others.

    The number of statements does not grow with that of the athletes, but for the batches in which
    rows are written.
    """

    def __init__(
        self,
        workouts: WorkoutRepository,
        guard: WorkoutGuard,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._workouts, self._guard = workouts, guard
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: AssignWorkoutToMany, actor: Actor) -> GivenCopiesView:
        """Copy it; the original stays as it is."""
        workout = await self._workouts.of_trainer(actor.trainer_id, command.workout_id)
        refused = await self._guard.refused(actor, command.athlete_ids)
        copies = {
            athlete_id: self._copy(workout, athlete_id, command.scheduled_date)
            for athlete_id in command.athlete_ids
            if athlete_id not in refused
        }
        for copy in copies.values():
            self._workouts.add(copy)
        await self._guard.note_given(actor, copies, "assign_workout_to_many")
        return GivenCopiesView(
            workout_id=workout.id,
            results=[
                _given(athlete_id, copies[athlete_id])
                if athlete_id in copies
                else _refused(athlete_id, refused[athlete_id])
                for athlete_id in command.athlete_ids
            ],
        )

    def _copy(self, workout: Workout, athlete_id: UUID, day: datetime | None) -> Workout:
        now = self._clock.now()
        plan = workout.plan if day is None else replace(workout.plan, scheduled_date=day)
        copy = workout.copied(self._identifiers.new, plan=plan, at=now)
        copy.assign_to(athlete_id, at=now)
        return copy


def _given(athlete_id: UUID, copy: Workout) -> GivenCopyView:
    return GivenCopyView(athlete_id=athlete_id, workout_id=copy.id, code=None, message=None)


def _refused(athlete_id: UUID, why: DomainError) -> GivenCopyView:
    return GivenCopyView(athlete_id=athlete_id, workout_id=None, code=why.code, message=why.message)
