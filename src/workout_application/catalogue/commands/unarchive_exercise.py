"""The owner offers an archived exercise again."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_application.catalogue.caching import CATALOGUE
from workout_application.catalogue.policies import may_change
from workout_application.catalogue.views import ExerciseView
from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer_or_admin
from workout_domain.catalogue.repositories import ExerciseRepository
from workout_shared.clock import Clock


@requires(trainer_or_admin)
@dataclass(frozen=True, slots=True, kw_only=True)
class UnarchiveExercise(Command[ExerciseView]):
    """Answers with the exercise; a repeat changes nothing."""

    outdates: ClassVar[tuple[str, ...]] = (CATALOGUE,)

    exercise_id: UUID
    expected_revision: int | None = None


class UnarchiveExerciseHandler:
    """Offers an exercise again."""

    def __init__(self, exercises: ExerciseRepository, clock: Clock) -> None:
        self._exercises, self._clock = exercises, clock

    async def handle(self, command: UnarchiveExercise, actor: Actor) -> ExerciseView:
        """Unarchive it; somebody else's is not found."""
        exercise = await self._exercises.shipped_or_owned_by(actor.id, command.exercise_id)
        may_change(actor, exercise)
        expect_revision(exercise, command.expected_revision)
        exercise.unarchive(at=self._clock.now())
        return ExerciseView.of(exercise)
