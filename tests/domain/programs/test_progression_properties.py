"""What holds for any rule and any history of sessions."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.builders.programs import (
    FOUR_WEEKS,
    KG,
    as_asked,
    d,
    deload,
    linear,
    scheme,
)
from workout_domain.kernel.load import MeasurementUnit
from workout_domain.programs.advancing import advance
from workout_domain.programs.history import (
    Attended,
    Cause,
    Decision,
    Standing,
    replayed,
)
from workout_domain.programs.loading import Loading, LoadKind, RoundingMode
from workout_domain.programs.parameters import Deload, Parameters, RuleKind
from workout_domain.programs.performance import Performance, Work
from workout_domain.programs.prescribing import Scheme
from workout_domain.programs.reckoning import Operation, Reckoning
from workout_domain.programs.simulating import simulated
from workout_domain.programs.steps import Outcome, Reason
from workout_domain.programs.training_max import KnownMax

pytestmark = pytest.mark.requirement("BEY-07")

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
STEPS = st.sampled_from(["0.5", "1", "1.25", "2.5", "5", "7.5"]).map(Decimal)
weights = st.decimals(0, 400, places=3, allow_nan=False)
efforts = st.none() | st.integers(12, 20).map(lambda halves: Decimal(halves) / 2)


@st.composite
def loadings(draw: st.DrawFn) -> Loading:
    """Make limits with at least one load between them that may be put on."""
    step = draw(STEPS)
    minimum = draw(st.decimals(0, 100, places=1))
    return Loading(
        unit=draw(st.sampled_from(MeasurementUnit)),
        step=step,
        rounding=draw(st.sampled_from(RoundingMode)),
        minimum=minimum,
        maximum=minimum + step * draw(st.integers(1, 60)),
    )


@st.composite
def deloads(draw: st.DrawFn) -> Deload:
    """Make a deload."""
    by_percent = draw(st.booleans())
    return Deload(
        after_failures=draw(st.integers(1, 4)),
        percent=Decimal(draw(st.integers(1, 60))) if by_percent else None,
        amount=None if by_percent else draw(STEPS),
        reset_on_success=draw(st.booleans()),
    )


@st.composite
def rules(draw: st.DrawFn) -> Scheme:
    """Make a rule of any kind."""
    kind, limits = draw(st.sampled_from(RuleKind)), draw(loadings())
    said: dict[str, Any] = {"deload": draw(st.none() | deloads())}
    if kind is RuleKind.TRAINING_MAX_PERCENTAGE:
        said |= {"weeks": FOUR_WEEKS, "training_max_increment": draw(st.none() | STEPS)}
    else:
        said |= {
            "start": draw(st.decimals(limits.minimum, limits.maximum, places=3)),
            "sets": draw(st.integers(1, 5)),
        }
    if kind is RuleKind.LINEAR:
        said |= {"increment": draw(STEPS), "reps": draw(st.integers(1, 10))}
        said["every_n_successes"] = draw(st.none() | st.integers(1, 3))
    if kind is RuleKind.DOUBLE_PROGRESSION:
        low = draw(st.integers(1, 10))
        said |= {"increment": draw(STEPS), "reps_min": low}
        said["reps_max"] = low + draw(st.integers(0, 5))
    if kind is RuleKind.RPE:
        cap = draw(st.none() | st.integers(1, 4))
        said |= {"reps": draw(st.integers(1, 8)), "target_rpe": Decimal(8)}
        said["step_cap"] = None if cap is None else limits.step * cap
    by_maximum = kind in {RuleKind.TRAINING_MAX_PERCENTAGE, RuleKind.RPE}
    load_kinds = [LoadKind.EXTERNAL, LoadKind.BODYWEIGHT]
    load_kind = draw(st.sampled_from(load_kinds if by_maximum else list(LoadKind)))
    return Scheme(parameters=Parameters(kind=kind, loading=limits, **said), load_kind=load_kind)


@st.composite
def works(draw: st.DrawFn) -> Work:
    """Make a set of any kind."""
    return Work(
        number=1,
        weight=draw(st.none() | weights),
        unit=draw(st.sampled_from(MeasurementUnit)),
        reps=draw(st.integers(0, 15)),
        failed_reps=draw(st.integers(0, 2)),
        rpe=draw(efforts),
        side=draw(st.sampled_from([None, None, "left", "right"])),
        body_kg=draw(st.none() | st.decimals(40, 150, places=1)),
        ignored=draw(st.sampled_from([None, None, None, "warm_up", "drop_set"])),
    )


@st.composite
def performances(draw: st.DrawFn, rule: Scheme, maximum: Decimal) -> list[Performance]:
    """Make sessions: as asked, short of it, or of whatever sets."""
    state, made = rule.begun(), []
    for kind in draw(st.lists(st.sampled_from(["asked", "short", "any"]), max_size=12)):
        step = rule.prescribe(state, maximum)
        if kind == "any":
            done = Performance(works=tuple(draw(st.lists(works(), min_size=1, max_size=6))))
        else:
            done = as_asked(step, short=1 if kind == "short" else 0)
        made.append(done)
        state = advance(rule, state, done, maximum).state
    return made


@st.composite
def courses(draw: st.DrawFn) -> tuple[Scheme, list[Performance], Decimal]:
    """Make a rule, sessions for it, and a training max."""
    rule, maximum = draw(rules()), draw(st.decimals(1, 400, places=1))
    return rule, draw(performances(rule, maximum)), maximum


@given(courses())
def test_every_load_is_a_multiple_of_the_step_within_the_limits(
    course: tuple[Scheme, list[Performance], Decimal],
) -> None:
    rule, sessions, maximum = course
    run = simulated(rule, rule.begun(), sessions, maximum, accepts_proposals=True)
    limits = rule.loading

    for step in (*(one.asked for one in run.sessions), run.next):
        for asked in step.sets:
            assert asked.load is not None
            assert limits.minimum <= asked.load <= limits.maximum
            assert asked.load % limits.step == 0


def multiple(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    """Round to a multiple."""
    return (value / step).quantize(Decimal(1), rounding) * step


OPERATIONS: dict[Operation, Callable[[Decimal, Decimal], Decimal]] = {
    Operation.TAKE: lambda _, o: o,
    Operation.ADD: lambda v, o: v + o,
    Operation.SUBTRACT: lambda v, o: v - o,
    Operation.MULTIPLY: lambda v, o: v * o,
    Operation.DIVIDE: lambda v, o: v / o,
    Operation.AT_MOST: min,
    Operation.AT_LEAST: max,
    Operation.ROUND_NEAREST: lambda v, o: multiple(v + o / 2, o, ROUND_FLOOR),
    Operation.ROUND_DOWN: lambda v, o: multiple(v, o, ROUND_FLOOR),
    Operation.ROUND_UP: lambda v, o: multiple(v, o, ROUND_CEILING),
}
"""What each step says it does, told apart from how the product does it."""


def worked_out_anew(reckoning: Reckoning) -> Decimal:
    """Work a calculation out by what its steps say, and nothing else."""
    value = Decimal(0)
    for step in reckoning.steps:
        value = OPERATIONS[step.operation](value, step.operand)
        assert value == step.result
    return value


@given(courses())
def test_every_load_follows_from_the_steps_that_are_told(
    course: tuple[Scheme, list[Performance], Decimal],
) -> None:
    rule, sessions, maximum = course
    run = simulated(rule, rule.begun(), sessions, maximum)

    before = rule.begun().load
    for moved in (one.advance for one in run.sessions):
        proposed = moved.proposed_training_max
        if moved.reckoning is None:
            assert (proposed, moved.state.load) == (None, before)
        else:
            expected = moved.state.load if proposed is None else proposed
            assert worked_out_anew(moved.reckoning) == expected
        before = moved.state.load
    for asked in run.next.sets:
        assert asked.reckoning is not None
        assert worked_out_anew(asked.reckoning) == asked.load


@given(
    st.integers(1, 5),
    st.lists(st.booleans(), max_size=20),
    st.booleans(),
)
def test_a_deload_comes_after_exactly_so_many_failures(
    after: int, went_well: list[bool], is_reset: bool
) -> None:
    rule = scheme(linear("200", deload=deload(after, "10", reset_on_success=is_reset)))
    state, failures = rule.begun(), 0
    for went in went_well:
        done = as_asked(rule.prescribe(state), short=0 if went else 1)
        moved = advance(rule, state, done)
        failures = (0 if is_reset else failures) if went else failures + 1
        is_due = not went and failures == after

        assert (moved.reason is Reason.DELOADED) is is_due
        if is_due:
            failures = 0
            assert moved.state.load is not None
            assert moved.state.load < (state.load or 0)
        assert moved.state.failures == failures
        state = moved.state


@given(courses())
def test_the_same_sessions_lead_to_the_same_end(
    course: tuple[Scheme, list[Performance], Decimal],
) -> None:
    rule, sessions, maximum = course

    assert simulated(rule, rule.begun(), sessions, maximum) == simulated(
        rule, rule.begun(), sessions, maximum
    )


def history_of(
    rule: Scheme, sessions: Sequence[Performance], maximum: Decimal
) -> tuple[list[Decision], list[Attended], list[KnownMax]]:
    """Put sessions onto days after a rule was set."""
    started = Decision(
        cause=Cause.STARTED, at=NOON, version=1, parameters=rule.parameters, by=UUID(int=1)
    )
    attended = [
        Attended(
            performance=one,
            at=NOON + timedelta(days=number),
            day=date(2026, 3, 2) + timedelta(days=number),
            session_id=UUID(int=number),
        )
        for number, one in enumerate(sessions, start=1)
    ]
    known = KnownMax(
        value=maximum,
        unit=rule.parameters.unit,
        effective_from=date(2026, 3, 1),
        recorded_at=NOON - timedelta(days=1),
    )
    return [started], attended, [known]


@given(courses())
def test_a_simulation_is_what_a_history_of_such_sessions_becomes(
    course: tuple[Scheme, list[Performance], Decimal],
) -> None:
    rule, sessions, maximum = course
    sessions = [one for one in sessions if one.counted]
    decisions, attended, maxima = history_of(rule, sessions, maximum)

    entries = replayed(rule.load_kind, None, decisions, attended, maxima)
    run = simulated(rule, rule.begun(), sessions, maximum)

    assert [one.after for one in entries[1:]] == [one.advance.state for one in run.sessions]
    assert [one.reason for one in entries[1:]] == [one.advance.reason for one in run.sessions]
    assert entries[0].reason is Reason.STARTED


@given(courses(), st.randoms(use_true_random=False), st.integers(0, 12))
def test_a_history_is_the_same_however_it_became_known(
    course: tuple[Scheme, list[Performance], Decimal], chance: Any, cut: int
) -> None:
    rule, sessions, maximum = course
    decisions, attended, maxima = history_of(rule, sessions, maximum)
    whole = replayed(rule.load_kind, None, decisions, attended, maxima)
    shuffled = [*attended]
    chance.shuffle(shuffled)
    assume(cut < len(whole))

    assert replayed(rule.load_kind, None, decisions, shuffled, maxima) == whole
    at = whole[cut].at
    standing = Standing(
        state=whole[cut].after, version=whole[cut].version, parameters=whole[cut].parameters
    )
    later = [one for one in attended if one.at > at]
    assert replayed(rule.load_kind, standing, [], later, maxima) == whole[cut + 1 :]


@given(courses())
def test_no_session_changes_a_training_max(
    course: tuple[Scheme, list[Performance], Decimal],
) -> None:
    rule, sessions, maximum = course
    decisions, attended, maxima = history_of(rule, sessions, maximum)
    before = [replace(one) for one in maxima]

    entries = replayed(rule.load_kind, None, decisions, attended, maxima)

    assert maxima == before
    is_by_percentage = rule.parameters.kind is RuleKind.TRAINING_MAX_PERCENTAGE
    looked_at = {one.training_max for one in entries if one.cause is Cause.SESSION}
    assert looked_at <= ({maximum} if is_by_percentage else {None})
    proposals = [one for one in entries if one.proposed_training_max is not None]
    assert is_by_percentage or not proposals


@given(st.lists(st.sampled_from([0, 1]), min_size=1, max_size=10))
def test_a_session_done_easier_changes_nothing(shorts: list[int]) -> None:
    rule = scheme(linear("100", deload=deload(2)))
    state = rule.begun()
    for short in shorts:
        asked = rule.prescribe(state)
        easy = Performance(
            works=tuple(
                replace(work, weight=(work.weight or d(0)) - 5, unit=KG)
                for work in as_asked(asked).works
            )
        )
        lazily = advance(rule, state, easy)
        assert (lazily.outcome, lazily.state) == (Outcome.EASIER, state)
        state = advance(rule, state, as_asked(asked, short=short)).state


@given(courses(), st.integers(0, 5), weights)
def test_an_override_and_a_change_take_their_place_in_the_history(
    course: tuple[Scheme, list[Performance], Decimal], place: int, load: Decimal
) -> None:
    rule, sessions, maximum = course
    limits = rule.loading
    load = min(max(load, limits.minimum), limits.maximum)
    decisions, attended, maxima = history_of(rule, sessions, maximum)
    overridden = replace(
        decisions[0],
        cause=Cause.OVERRIDDEN,
        at=NOON + timedelta(days=place, hours=1),
        load=load,
        note="because",
    )

    entries = replayed(rule.load_kind, None, [*decisions, overridden], attended, maxima)

    (one,) = [entry for entry in entries if entry.cause is Cause.OVERRIDDEN]
    top = rule.prescribe(one.after, maximum).load
    expected = rule.loadable(Reckoning.of(load, "load")).value
    assert top == expected
    assert all(later.before == earlier.after for earlier, later in pairwise(entries))
    assert one.decision == overridden
