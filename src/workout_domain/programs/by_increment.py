"""Linear and double progression: up by an increment after successes, down after failures."""

from dataclasses import replace
from decimal import Decimal

from workout_domain.programs.judging import Judged
from workout_domain.programs.loading import (
    LoadKind,
    easier,
    easier_by_percent,
    harder,
    is_as_hard,
)
from workout_domain.programs.parameters import Deload
from workout_domain.programs.reckoning import Reckoning
from workout_domain.programs.steps import Advance, Outcome, Reason, State
from workout_domain.programs.wording import counted


def move_by_increment(session: Judged) -> Advance:
    """Go on after a session: a success counts towards the next increment."""
    if session.outcome is Outcome.FAILURE:
        return _failed(session)
    if session.outcome is Outcome.IN_RANGE:
        return _within_range(session)
    successes = session.state.successes + 1
    needed = session.parameters.every_n_successes or 1
    if successes < needed:
        state = replace(
            session.state, successes=successes, failures=session.failures_after_a_success
        )
        sentence = f"Done as asked: {counted(successes, 'success')} of {needed}, the load stays."
        return session.becomes(state, Reason.SUCCESS_COUNTED, sentence)
    return _harder(session)


def _within_range(session: Judged) -> Advance:
    sentence = (
        f"All sets were within the range, {session.met} of {len(session.asked.sets)} reached "
        f"{session.parameters.reps_max}: the load stays, the repetitions are to grow."
    )
    state = replace(session.state, failures=session.failures_after_a_success)
    return session.becomes(state, Reason.WITHIN_RANGE, sentence)


def _harder(session: Judged) -> Advance:
    increment = session.parameters.increment or Decimal(0)
    begun = Reckoning.of(session.state.load or Decimal(0), "load")
    moved = session.scheme.loading.within(
        harder(begun, increment, "increment", kind=session.load_kind)
    )
    state = State(load=moved.value, failures=session.failures_after_a_success)
    done = f"All {counted(len(session.asked.sets), 'set')} were done as asked"
    if moved.value == session.state.load:
        sentence = f"{done}, but the load is at its limit already."
        return session.becomes(state, Reason.AT_LIMIT, sentence, moved)
    assisted = session.load_kind is LoadKind.ASSISTED
    direction = "the assistance goes down" if assisted else "the load goes up"
    sentence = (
        f"{done} with {session.weight(session.asked.load)}: "
        f"{direction} by {session.weight(increment)}."
    )
    return session.becomes(state, Reason.INCREASED, sentence, moved)


def _failed(session: Judged) -> Advance:
    failures, deload = session.state.failures + 1, session.parameters.deload
    if deload is not None and failures >= deload.after_failures:
        return deloaded(session, deload)
    state = replace(session.state, successes=0, failures=failures)
    sentence = f"{session.told}: {counted(failures, 'failure')}, the load stays."
    return session.becomes(state, Reason.FAILURE_COUNTED, sentence)


def deloaded(session: Judged, deload: Deload) -> Advance:
    """Take the load back: at least by one step, where there is an easier one."""
    asked = session.asked.load or Decimal(0)
    moved = _taken_back(session, deload, asked)
    state = State(load=moved.value)
    after = f"{session.told} for {counted(deload.after_failures, 'time')}"
    if moved.value == asked:
        sentence = f"{after}, but the load is at its limit already."
        return session.becomes(state, Reason.AT_LIMIT, sentence, moved)
    sentence = f"{after}: a deload from {session.weight(asked)} to {session.weight(moved.value)}."
    return session.becomes(state, Reason.DELOADED, sentence, moved)


def _taken_back(session: Judged, deload: Deload, asked: Decimal) -> Reckoning:
    kind, begun = session.load_kind, Reckoning.of(asked, "load_asked")
    if deload.percent is not None:
        lighter = easier_by_percent(begun, deload.percent, kind=kind)
    else:
        lighter = easier(begun, deload.amount or Decimal(0), "deload_amount", kind=kind)
    rounded = session.scheme.loadable(lighter)
    if not is_as_hard(rounded.value, asked, kind=kind):
        return rounded
    step = session.scheme.loading.step
    return session.scheme.loadable(easier(begun, step, "rounding_step", kind=kind))
