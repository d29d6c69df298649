"""Somebody looks up the training maxes that hold today."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.programs.founding import athlete_meant
from workout_application.programs.policies import PLANNED, ProgramGuard
from workout_application.programs.ports import TrainingMaxReader
from workout_application.programs.views import TrainingMaxView
from workout_domain.programs.errors import ProgramAthleteNotFound
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListCurrentTrainingMaxes(Query[list[TrainingMaxView]]):
    """Answers with one for each exercise; without ``athlete_id`` they are the caller's own."""

    athlete_id: UUID | None = None
    exercise_id: UUID | None = None


class ListCurrentTrainingMaxesHandler:
    """Reads those in force on the athlete's local day."""

    def __init__(
        self, training_maxes: TrainingMaxReader, guard: ProgramGuard, clock: Clock
    ) -> None:
        self._training_maxes, self._guard, self._clock = training_maxes, guard, clock

    async def handle(self, query: ListCurrentTrainingMaxes, actor: Actor) -> list[TrainingMaxView]:
        """Read them."""
        athlete_id = athlete_meant(actor, query.athlete_id)
        unknown = ProgramAthleteNotFound("No such athlete.")
        await self._guard.admit_reader(actor, athlete_id, PLANNED, unknown=unknown)
        found = await self._training_maxes.current(
            athlete_id, query.exercise_id, at=self._clock.now()
        )
        operation = "list_current_training_maxes"
        self._guard.note_read(actor, athlete_id, None, operation)
        return found
