"""Somebody who may see a rule tries what would follow from sessions that are only supposed."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.programs.policies import PLANNED, ProgramGuard
from workout_application.programs.ports import KnownMaxima, RuleReader
from workout_application.programs.simulations import simulation_view
from workout_application.programs.views import SimulationView
from workout_domain.kernel.load import Load
from workout_domain.kernel.local_day import local_day
from workout_domain.programs.errors import ProgressionRuleNotFound
from workout_domain.programs.loading import converted
from workout_domain.programs.performance import Performance
from workout_domain.programs.simulating import simulated
from workout_domain.programs.training_max import in_force
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class SimulateProgressionRule(Command[SimulationView]):
    """
    Answers with the dry run from where the rule stands; nothing is written.

    Without ``training_max`` the athlete's present one counts.
    """

    rule_id: UUID
    performances: tuple[Performance, ...]
    training_max: Load | None = None
    accepts_proposals: bool = False


class SimulateProgressionRuleHandler:
    """Reads the rule, and calculates."""

    def __init__(
        self, rules: RuleReader, maxima: KnownMaxima, guard: ProgramGuard, clock: Clock
    ) -> None:
        self._rules, self._maxima, self._guard, self._clock = rules, maxima, guard, clock

    async def handle(self, command: SimulateProgressionRule, actor: Actor) -> SimulationView:
        """Calculate it."""
        unknown = ProgressionRuleNotFound("No such progression rule.")
        rule = await self._rules.one(command.rule_id)
        if rule is None:
            raise unknown
        await self._guard.admit_reader(actor, rule.athlete_id, PLANNED, unknown=unknown)
        operation = "simulate_progression_rule"
        self._guard.note_read(actor, rule.athlete_id, command.rule_id, operation)
        given, unit = command.training_max, rule.scheme.parameters.unit
        if given is None:
            known = await self._maxima.of(rule.athlete_id, [rule.exercise_id])
            today = local_day(self._clock.now(), rule.time_zone)
            present = in_force(known.get(rule.exercise_id, []), on=today)
            figure = None if present is None else present.in_unit(unit)
        else:
            figure = converted(given.amount, given.unit, unit)
        run = simulated(
            rule.scheme,
            rule.state,
            command.performances,
            figure,
            accepts_proposals=command.accepts_proposals,
        )
        return simulation_view(run, rule.scheme)
