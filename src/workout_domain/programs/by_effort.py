"""RPE: the next load follows from the maximum that the effort of a session tells of."""

from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal
from statistics import median

from workout_domain.kernel.formulas.effort import RTS
from workout_domain.kernel.formulas.rounding import four_places
from workout_domain.programs.by_increment import deloaded
from workout_domain.programs.judging import Judged
from workout_domain.programs.loading import LoadKind
from workout_domain.programs.reckoning import Operation, Reckoning
from workout_domain.programs.steps import Advance, Outcome, Reason


def move_by_effort(session: Judged) -> Advance:
    """Go on with the load at which the repetitions would be as hard as they are to be."""
    deload, is_failure = session.parameters.deload, session.outcome is Outcome.FAILURE
    failures = session.state.failures + 1 if is_failure else session.failures_after_a_success
    if is_failure and deload is not None and failures >= deload.after_failures:
        return deloaded(session, deload)
    state, body = replace(session.state, failures=failures), _body(session)
    if body is None:
        sentence = "The body weight of that day is not known, so the load stays."
        return session.becomes(state, Reason.BODYWEIGHT_UNKNOWN, sentence)
    found = [session.estimate(work) for work in session.performance.counted]
    estimates = [one for one in found if one is not None]
    if not estimates:
        sentence = "No set says how hard it was, so the load stays."
        return session.becomes(state, Reason.EFFORT_UNKNOWN, sentence)
    maximum = four_places(median(estimates))
    moved = _from_maximum(session, maximum, body)
    sentence = (
        f"The effort tells of a maximum of {session.weight(maximum)}: "
        f"{session.weight(moved.value)} follow from it."
    )
    return session.becomes(replace(state, load=moved.value), Reason.FROM_EFFORT, sentence, moved)


def _body(session: Judged) -> Decimal | None:
    """Return the part of the body that was lifted, in the rule's unit; None: not known."""
    if session.load_kind is not LoadKind.BODYWEIGHT:
        return Decimal(0)
    known = [one.body_kg for one in session.performance.counted if one.body_kg is not None]
    return four_places(session.in_the_rules_unit(known[-1])) if known else None


def _from_maximum(session: Judged, maximum: Decimal, body: Decimal) -> Reckoning:
    parameters, loading = session.parameters, session.scheme.loading
    percentage = RTS.percentage(parameters.reps or 1, parameters.target_rpe or Decimal(10))
    begun = Reckoning.of(maximum, "estimated_maximum")
    moved = begun.then(Operation.MULTIPLY, (percentage or Decimal(100)) / 100, "percentage")
    if body:
        moved = moved.then(Operation.SUBTRACT, body, "body_weight")
    rounded = loading.rounded(moved, kind=session.load_kind)
    return loading.limited(_within_the_cap(session, rounded))


def _within_the_cap(session: Judged, moved: Reckoning) -> Reckoning:
    cap, step = session.parameters.step_cap, session.scheme.loading.step
    if cap is None:
        return moved
    asked = session.asked.load or Decimal(0)
    whole = (cap / step).quantize(Decimal(1), ROUND_FLOOR) * step
    capped = moved.unless_kept(Operation.AT_MOST, asked + whole, "step_cap")
    return capped.unless_kept(Operation.AT_LEAST, asked - whole, "step_cap")
