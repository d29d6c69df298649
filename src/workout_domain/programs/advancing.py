"""What a session makes of a rule: judged against what was asked, then moved on."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from workout_domain.programs.by_effort import move_by_effort
from workout_domain.programs.by_increment import move_by_increment
from workout_domain.programs.by_percentage import move_by_percentage
from workout_domain.programs.judging import Judged, judged
from workout_domain.programs.parameters import RuleKind
from workout_domain.programs.performance import Performance
from workout_domain.programs.prescribing import Scheme
from workout_domain.programs.steps import Advance, Outcome, Reason, State

_MOVES: Final[Mapping[RuleKind, Callable[[Judged], Advance]]] = {
    RuleKind.LINEAR: move_by_increment,
    RuleKind.DOUBLE_PROGRESSION: move_by_increment,
    RuleKind.TRAINING_MAX_PERCENTAGE: move_by_percentage,
    RuleKind.RPE: move_by_effort,
}


def advance(
    scheme: Scheme, state: State, performance: Performance, training_max: Decimal | None = None
) -> Advance:
    """
    Return where a rule stands after a session, why, and how that was worked out.

    ``training_max`` is the one in force on that day, in the rule's unit; it is never changed here,
    at most another one is proposed. A session done with easier loads than asked changes nothing.
    """
    session = judged(scheme, state, performance, training_max)
    if session.outcome is Outcome.NOT_JUDGED:
        sentence = "Nobody had set a training max, so there was nothing to judge by."
        return session.becomes(state, Reason.TRAINING_MAX_MISSING, sentence)
    if session.outcome is Outcome.EASIER:
        sentence = "It was done with easier loads than asked, so nothing changes."
        return session.becomes(state, Reason.EASIER_THAN_ASKED, sentence)
    return _MOVES[scheme.parameters.kind](session)
