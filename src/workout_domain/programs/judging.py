"""How a session went against what was asked for."""

from dataclasses import dataclass
from decimal import Decimal

from workout_domain.kernel.formulas.effort import RTS
from workout_domain.kernel.formulas.rounding import four_places
from workout_domain.kernel.load import MeasurementUnit
from workout_domain.programs.loading import LoadKind, converted, is_as_hard
from workout_domain.programs.parameters import Parameters, RuleKind
from workout_domain.programs.performance import Performance, Work, most_met
from workout_domain.programs.prescribing import Scheme
from workout_domain.programs.reckoning import Reckoning
from workout_domain.programs.steps import (
    Advance,
    AskedSet,
    Finding,
    Outcome,
    Reason,
    State,
    Step,
    StepReason,
)
from workout_domain.programs.wording import counted, weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """
    A session, what was asked of it and what became of that.

    ``met`` sets of those asked for were done: in full, or where not all were within their range,
    at least in part of it.
    """

    scheme: Scheme
    state: State
    performance: Performance
    training_max: Decimal | None
    asked: Step
    outcome: Outcome
    met: int

    @property
    def parameters(self) -> Parameters:
        """What the rule says."""
        return self.scheme.parameters

    @property
    def load_kind(self) -> LoadKind:
        """What a weight means on the lift."""
        return self.scheme.load_kind

    @property
    def told(self) -> str:
        """Begin a sentence about it."""
        return f"{self.met} of {counted(len(self.asked.sets), 'set')} were done as asked"

    @property
    def failures_after_a_success(self) -> int:
        """How many failures still count once a session went well."""
        deload = self.parameters.deload
        return self.state.failures if deload and not deload.reset_on_success else 0

    def becomes(
        self,
        state: State,
        reason: Reason,
        sentence: str,
        reckoning: Reckoning | None = None,
        *,
        proposed: Decimal | None = None,
    ) -> Advance:
        """Conclude: where the rule stands now, and why."""
        return Advance(
            state=state,
            outcome=self.outcome,
            reason=reason,
            sentence=sentence,
            findings=tuple(self._finding(work) for work in self.performance.works),
            reckoning=reckoning,
            proposed_training_max=proposed,
        )

    def estimate(self, work: Work) -> Decimal | None:
        """Return the maximum that the effort of a set tells of, body included; None: unknown."""
        load = work.exact(self.parameters.unit, self.load_kind)
        if load is None or work.rpe is None or not work.reps:
            return None
        body = Decimal(0)
        if self.load_kind is LoadKind.BODYWEIGHT:
            if work.body_kg is None:
                return None
            body = self.in_the_rules_unit(work.body_kg)
        return RTS.estimate(load + body, work.reps, work.rpe)

    def in_the_rules_unit(self, kilograms: Decimal) -> Decimal:
        """Return kilograms in the unit of the rule."""
        return converted(kilograms, MeasurementUnit.KILOGRAMS, self.parameters.unit)

    def weight(self, amount: Decimal | None) -> str:
        """Write a load of the rule."""
        return weight(amount or Decimal(0), self.parameters.unit)

    def _finding(self, work: Work) -> Finding:
        is_counted = work.ignored is None
        is_judged_by_effort = is_counted and self.parameters.kind is RuleKind.RPE
        estimate = self.estimate(work) if is_judged_by_effort else None
        return Finding(
            number=work.number,
            load=work.load(self.scheme.loading, self.load_kind),
            reps=work.reps,
            failed_reps=work.failed_reps,
            rpe=work.rpe,
            ignored=work.ignored,
            is_as_asked=is_counted
            and any(_is_done(self.scheme, asked, work) for asked in self.asked.sets),
            estimate=None if estimate is None else four_places(estimate),
            set_id=work.set_id,
        )


def judged(
    scheme: Scheme, state: State, performance: Performance, training_max: Decimal | None
) -> Judged:
    """Hold a session against what the rule asked for; ``training_max`` is in the rule's unit."""
    asked = scheme.prescribe(state, training_max)
    outcome, met = _outcome(scheme, asked, performance)
    return Judged(
        scheme=scheme,
        state=state,
        performance=performance,
        training_max=training_max,
        asked=asked,
        outcome=outcome,
        met=met,
    )


def _outcome(scheme: Scheme, asked: Step, performance: Performance) -> tuple[Outcome, int]:
    if asked.reason is StepReason.TRAINING_MAX_MISSING:
        return Outcome.NOT_JUDGED, 0
    sides, sets = performance.sides(), asked.sets
    attempted = (_is_attempted(scheme, one, work) for one in sets for work in performance.counted)
    if not any(attempted):
        return Outcome.EASIER, 0
    in_full = min(
        most_met(sets, works, lambda one, work: _is_done(scheme, one, work, in_full=True))
        for works in sides
    )
    if in_full == len(sets):
        return Outcome.SUCCESS, in_full
    in_part = min(
        most_met(sets, works, lambda one, work: _is_done(scheme, one, work)) for works in sides
    )
    if in_part == len(sets):
        return Outcome.IN_RANGE, in_full
    return Outcome.FAILURE, in_part


def _is_done(scheme: Scheme, asked: AskedSet, work: Work, *, in_full: bool = False) -> bool:
    reps = (asked.reps_max or asked.reps) if in_full else asked.reps
    return work.reps >= reps and _is_attempted(scheme, asked, work)


def _is_attempted(scheme: Scheme, asked: AskedSet, work: Work) -> bool:
    """Tell whether a set was as hard as asked; whoever goes by effort chooses the load."""
    done = work.load(scheme.loading, scheme.load_kind)
    if done is None or asked.load is None:
        return False
    is_by_effort = scheme.parameters.kind is RuleKind.RPE
    return is_by_effort or is_as_hard(done, asked.load, kind=scheme.load_kind)
