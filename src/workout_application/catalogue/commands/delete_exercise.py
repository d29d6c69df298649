"""The owner takes an exercise out of the catalogue; an administrator a shipped one."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_application.catalogue.caching import CATALOGUE
from workout_application.catalogue.policies import may_change
from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer_or_admin
from workout_domain.catalogue.repositories import ExerciseRepository
from workout_shared.clock import Clock


@requires(trainer_or_admin)
@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteExercise(Command[None]):
    """Answers nothing; what was logged with the exercise stays."""

    outdates: ClassVar[tuple[str, ...]] = (CATALOGUE,)

    exercise_id: UUID
    expected_revision: int | None = None


class DeleteExerciseHandler:
    """Marks an exercise as deleted."""

    def __init__(self, exercises: ExerciseRepository, clock: Clock) -> None:
        self._exercises, self._clock = exercises, clock

    async def handle(self, command: DeleteExercise, actor: Actor) -> None:
        """Delete it; somebody else's is not found."""
        exercise = await self._exercises.shipped_or_owned_by(actor.id, command.exercise_id)
        may_change(actor, exercise)
        expect_revision(exercise, command.expected_revision)
        exercise.delete(at=self._clock.now())
