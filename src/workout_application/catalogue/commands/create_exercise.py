"""A trainer adds an exercise of their own, an administrator one for everybody."""

from dataclasses import dataclass
from typing import ClassVar

from workout_application.catalogue.caching import CATALOGUE
from workout_application.catalogue.views import ExerciseView
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, trainer_or_admin
from workout_domain.catalogue.exercise import Exercise, ExerciseDetails
from workout_domain.catalogue.repositories import ExerciseRepository
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(trainer_or_admin)
@dataclass(frozen=True, slots=True, kw_only=True)
class CreateExercise(Command[ExerciseView]):
    """Answers with the new exercise."""

    outdates: ClassVar[tuple[str, ...]] = (CATALOGUE,)

    details: ExerciseDetails


class CreateExerciseHandler:
    """Adds it; that its name is free is held by the database."""

    def __init__(
        self, exercises: ExerciseRepository, identifiers: Identifiers, clock: Clock
    ) -> None:
        self._exercises, self._identifiers, self._clock = exercises, identifiers, clock

    async def handle(self, command: CreateExercise, actor: Actor) -> ExerciseView:
        """Add it to the caller's own exercises, or to the shipped ones."""
        exercise = Exercise.create(
            exercise_id=self._identifiers.new(),
            owner_id=None if actor.is_admin else actor.id,
            details=command.details,
            at=self._clock.now(),
        )
        self._exercises.add(exercise)
        return ExerciseView.of(exercise)
