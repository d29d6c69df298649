"""Percentages of a training max: day by day through a cycle, another maximum only proposed."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from workout_domain.kernel.load import LARGEST_LOAD
from workout_domain.programs.judging import Judged
from workout_domain.programs.loading import easier, easier_by_percent
from workout_domain.programs.parameters import Deload
from workout_domain.programs.reckoning import Operation, Reckoning
from workout_domain.programs.steps import Advance, Outcome, Reason, State
from workout_domain.programs.wording import counted

_THOUSANDTH: Final = Decimal("0.001")


def move_by_percentage(session: Judged) -> Advance:
    """Go on to the next day of the cycle, whether this one went well or not."""
    following = _next_day(session)
    if session.outcome is Outcome.FAILURE:
        return _failed(session, following)
    state = replace(following, failures=session.failures_after_a_success)
    if following.cycle > session.state.cycle:
        return _cycle_ended(session, state)
    return session.becomes(state, Reason.NEXT_DAY, f"{session.told}: the next day follows.")


def _next_day(session: Judged) -> State:
    state, weeks = replace(session.state, once=None), session.parameters.weeks or ()
    if state.day < len(weeks[state.week - 1].days):
        return replace(state, day=state.day + 1)
    if state.week < len(weeks):
        return replace(state, week=state.week + 1, day=1)
    return replace(state, cycle=state.cycle + 1, week=1, day=1, cycle_failures=0)


def _failed(session: Judged, following: State) -> Advance:
    failures, deload = session.state.failures + 1, session.parameters.deload
    is_end = following.cycle > session.state.cycle
    of_cycle = 0 if is_end else session.state.cycle_failures + 1
    if deload is not None and failures >= deload.after_failures:
        state = replace(following, failures=0, cycle_failures=of_cycle)
        return _cut_proposed(session, state, deload)
    state = replace(following, failures=failures, cycle_failures=of_cycle)
    if is_end:
        sentence = f"{session.told}: the cycle ends with a failure, the training max stays."
        return session.becomes(state, Reason.CYCLE_COMPLETED, sentence)
    sentence = f"{session.told}: {counted(failures, 'failure')}, the next day follows."
    return session.becomes(state, Reason.FAILURE_COUNTED, sentence)


def _cycle_ended(session: Judged, state: State) -> Advance:
    raised = session.parameters.training_max_increment
    if session.state.cycle_failures or raised is None or session.training_max is None:
        sentence = f"{session.told}: the cycle is completed, the training max stays."
        return session.becomes(state, Reason.CYCLE_COMPLETED, sentence)
    begun = Reckoning.of(session.training_max, "training_max")
    moved = begun.then(Operation.ADD, raised, "training_max_increment")
    return _proposed(session, state, Reason.TRAINING_MAX_RAISE_PROPOSED, moved)


def _cut_proposed(session: Judged, state: State, deload: Deload) -> Advance:
    if session.training_max is None:
        sentence = f"{session.told}: there is no training max to lower."
        return session.becomes(state, Reason.FAILURE_COUNTED, sentence)
    begun, kind = Reckoning.of(session.training_max, "training_max"), session.load_kind
    if deload.percent is not None:
        moved = easier_by_percent(begun, deload.percent, kind=kind)
    else:
        moved = easier(begun, deload.amount or Decimal(0), "deload_amount", kind=kind)
    return _proposed(session, state, Reason.TRAINING_MAX_CUT_PROPOSED, moved)


def _proposed(session: Judged, state: State, reason: Reason, moved: Reckoning) -> Advance:
    limited = moved.unless_kept(Operation.AT_MOST, LARGEST_LOAD, "maximum")
    rounded = limited.unless_kept(Operation.ROUND_NEAREST, _THOUSANDTH, "thousandth")
    kept = rounded.unless_kept(Operation.AT_LEAST, _THOUSANDTH, "minimum")
    sentence = f"{session.told}: a training max of {session.weight(kept.value)} is proposed."
    return session.becomes(state, reason, sentence, kept, proposed=kept.value)
