"""A trainer gives one of their workouts to an athlete they coach."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer
from workout_application.training.policies import refuse_unless_coached
from workout_application.training.ports import CoachingRoster
from workout_application.training.views import WorkoutView
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

    def __init__(self, workouts: WorkoutRepository, roster: CoachingRoster, clock: Clock) -> None:
        self._workouts, self._roster, self._clock = workouts, roster, clock

    async def handle(self, command: AssignWorkout, actor: Actor) -> WorkoutView:
        """Assign it."""
        workout = await self._workouts.of_trainer(actor.trainer_id, command.workout_id)
        expect_revision(workout, command.expected_revision)
        await refuse_unless_coached(self._roster, actor.trainer_id, command.athlete_id)
        workout.assign_to(command.athlete_id, at=self._clock.now())
        return WorkoutView.of(workout)
