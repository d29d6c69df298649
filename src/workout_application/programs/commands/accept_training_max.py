"""An athlete, or a coach who may manage programs, accepts the training max a rule proposes."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.programs.deciding import Deciding
from workout_application.programs.policies import ProgramGuard
from workout_application.programs.ports import Lifts, ProgramAthletes, RuleHistories
from workout_application.programs.views import TrainingMaxView
from workout_domain.kernel.load import Load
from workout_domain.kernel.local_day import local_day
from workout_domain.programs.errors import NothingProposed
from workout_domain.programs.repositories import TrainingMaxRepository
from workout_domain.programs.training_max import TrainingMax, TrainingMaxReason
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptTrainingMax(Command[TrainingMaxView]):
    """
    Answers with the new training max.

    With ``application_id`` only the proposal of that entry is meant; ``effective_from`` is the
    athlete's present local day unless another is given.
    """

    rule_id: UUID
    application_id: UUID | None = None
    effective_from: date | None = None
    note: str | None = None


class AcceptTrainingMaxHandler:
    """A rule only proposes; here somebody says yes."""

    def __init__(
        self,
        deciding: Deciding,
        histories: RuleHistories,
        training_maxes: TrainingMaxRepository,
        athletes: ProgramAthletes,
        lifts: Lifts,
        guard: ProgramGuard,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._deciding, self._histories = deciding, histories
        self._training_maxes, self._athletes, self._lifts = training_maxes, athletes, lifts
        self._guard, self._identifiers, self._clock = guard, identifiers, clock

    async def handle(self, command: AcceptTrainingMax, actor: Actor) -> TrainingMaxView:
        """Accept it."""
        rule = await self._deciding.rule(actor, command.rule_id, None)
        open_one = await self._histories.open_proposal(rule.id)
        proposed = None if open_one is None else open_one.entry.proposed_training_max
        if (
            open_one is None
            or proposed is None
            or command.application_id not in {None, open_one.id}
        ):
            raise NothingProposed("No such training max waits to be accepted.")
        athlete = await self._athletes.of(rule.athlete_id)
        now = self._clock.now()
        training_max = TrainingMax.declare(
            training_max_id=self._identifiers.new(),
            athlete_id=rule.athlete_id,
            exercise_id=rule.exercise_id,
            load=Load(proposed, open_one.entry.parameters.unit),
            effective_from=command.effective_from or local_day(now, athlete.time_zone),
            reason=TrainingMaxReason.RULE_ACCEPTED,
            by=actor.id,
            note=command.note,
            at=now,
        )
        training_max.accept(rule_id=rule.id, application_id=open_one.id)
        self._training_maxes.add(training_max)
        await self._histories.accept(open_one.id, training_max.id)
        operation = "accept_training_max"
        await self._guard.note_change(actor, rule.athlete_id, rule.id, operation)
        return TrainingMaxView.of(training_max, await self._lifts.name_of(rule.exercise_id))
