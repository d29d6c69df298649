"""What would follow if a session went well, partly, or badly: for explanations and forecasts."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from workout_domain.programs.advancing import advance
from workout_domain.programs.parameters import RuleKind
from workout_domain.programs.performance import Performance, Work
from workout_domain.programs.prescribing import Scheme
from workout_domain.programs.steps import Advance, AskedSet, Outcome, State, Step

_HARDEST: Final = Decimal(10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What a session of this outcome would lead to: the reason, and what would be asked next."""

    outcome: Outcome
    advance: Advance
    step: Step


def supposed(scheme: Scheme, state: State, training_max: Decimal | None) -> list[Supposed]:
    """
    Return what each way a session can go would lead to.

    A supposed session is done with the loads asked: all repetitions, the fewest of the range, or
    one too few in every set. Where the loads cannot be said, nothing is supposed.
    """
    asked = scheme.prescribe(state, training_max)
    if not asked.is_known:
        return []
    outcomes = [Outcome.SUCCESS, Outcome.IN_RANGE, Outcome.FAILURE]
    if scheme.parameters.kind is not RuleKind.DOUBLE_PROGRESSION:
        outcomes.remove(Outcome.IN_RANGE)
    return [_supposed(scheme, state, training_max, asked, outcome) for outcome in outcomes]


def _supposed(
    scheme: Scheme, state: State, training_max: Decimal | None, asked: Step, outcome: Outcome
) -> Supposed:
    works = tuple(_work(one, asked, outcome) for one in asked.sets)
    moved = advance(scheme, state, Performance(works=works), training_max)
    return Supposed(
        outcome=moved.outcome, advance=moved, step=scheme.prescribe(moved.state, training_max)
    )


def _work(asked: AskedSet, step: Step, outcome: Outcome) -> Work:
    reps = {
        Outcome.SUCCESS: asked.reps_max or asked.reps,
        Outcome.IN_RANGE: asked.reps,
    }.get(outcome, asked.reps - 1)
    rpe = _HARDEST if outcome is Outcome.FAILURE else asked.rpe
    return Work(
        number=asked.number,
        weight=asked.load,
        unit=step.unit,
        reps=reps,
        failed_reps=1 if outcome is Outcome.FAILURE else 0,
        rpe=rpe,
    )
