"""An athlete, or a coach who may manage programs, sets a training max."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.programs.founding import athlete_meant, lift_in_repetitions
from workout_application.programs.policies import ProgramGuard
from workout_application.programs.ports import Lifts, ProgramAthletes
from workout_application.programs.views import TrainingMaxView
from workout_domain.kernel.load import Load
from workout_domain.kernel.local_day import local_day
from workout_domain.programs.repositories import TrainingMaxRepository
from workout_domain.programs.training_max import TrainingMax, TrainingMaxReason
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class SetTrainingMax(Command[TrainingMaxView]):
    """
    Answers with the new entry; those before it stay.

    Without ``athlete_id`` it is the caller's own, without ``effective_from`` it holds from the
    athlete's present local day on.
    """

    exercise_id: UUID
    load: Load
    reason: TrainingMaxReason = TrainingMaxReason.MANUAL
    athlete_id: UUID | None = None
    effective_from: date | None = None
    note: str | None = None


class SetTrainingMaxHandler:
    """Adds to the history."""

    def __init__(
        self,
        training_maxes: TrainingMaxRepository,
        athletes: ProgramAthletes,
        lifts: Lifts,
        guard: ProgramGuard,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._training_maxes, self._athletes, self._lifts = training_maxes, athletes, lifts
        self._guard, self._identifiers, self._clock = guard, identifiers, clock

    async def handle(self, command: SetTrainingMax, actor: Actor) -> TrainingMaxView:
        """Set it."""
        athlete_id = athlete_meant(actor, command.athlete_id)
        await self._guard.admit_founder(actor, athlete_id)
        lift = await lift_in_repetitions(self._lifts, actor, command.exercise_id)
        athlete = await self._athletes.of(athlete_id)
        now = self._clock.now()
        training_max = TrainingMax.declare(
            training_max_id=self._identifiers.new(),
            athlete_id=athlete_id,
            exercise_id=lift.id,
            load=command.load,
            effective_from=command.effective_from or local_day(now, athlete.time_zone),
            reason=command.reason,
            by=actor.id,
            note=command.note,
            at=now,
        )
        self._training_maxes.add(training_max)
        await self._guard.note_change(actor, athlete_id, training_max.id, "set_training_max")
        return TrainingMaxView.of(training_max, lift.name)
