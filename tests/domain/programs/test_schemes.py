"""Well-known schemes written as data, session by session: what they ask for, and why."""

from decimal import Decimal
from typing import Any, Final

import pytest

from tests.builders.programs import (
    KG,
    LB,
    as_asked,
    d,
    deload,
    double,
    linear,
    loading,
    loads,
    percentages,
    rpe,
    scheme,
    session,
    sets_of,
    work,
)
from workout_domain.programs.advancing import advance
from workout_domain.programs.loading import LoadKind, RoundingMode
from workout_domain.programs.performance import Performance
from workout_domain.programs.prescribing import Scheme
from workout_domain.programs.steps import Outcome, Reason, State

pytestmark = pytest.mark.requirement("BEY-07")

FAILED: Final = 1
DONE: Final = 0


def course(
    rule: Scheme, shorts: list[int], training_max: str | None = None
) -> tuple[list[Decimal | None], list[Reason], State]:
    """Go through sessions, each so many repetitions short; return top loads, reasons, the end."""
    state, tops, reasons = rule.begun(), [], []
    maximum = None if training_max is None else d(training_max)
    for short in shorts:
        step = rule.prescribe(state, maximum)
        tops.append(step.load)
        moved = advance(rule, state, as_asked(step, short=short), maximum)
        state = moved.state
        reasons.append(moved.reason)
    return [*tops, rule.prescribe(state, maximum).load], reasons, state


def after(rule: Scheme, performance: Performance, maximum: str | None = None) -> Any:
    """Return what one session makes of a fresh rule."""
    return advance(rule, rule.begun(), performance, None if maximum is None else d(maximum))


def test_five_by_five_goes_up_each_time_and_back_after_three_failures() -> None:
    rule = scheme(linear(deload=deload(3, "10")))

    tops, reasons, state = course(rule, [DONE, DONE, FAILED, FAILED, DONE, FAILED, FAILED, FAILED])

    assert [str(one) for one in tops] == [
        "80", "82.5", "85", "85", "85", "87.5", "87.5", "87.5", "80"
    ]  # fmt: skip
    assert reasons == [
        Reason.INCREASED,
        Reason.INCREASED,
        Reason.FAILURE_COUNTED,
        Reason.FAILURE_COUNTED,
        Reason.INCREASED,
        Reason.FAILURE_COUNTED,
        Reason.FAILURE_COUNTED,
        Reason.DELOADED,
    ]
    assert (state.failures, state.successes) == (0, 0)


def test_a_rule_may_wait_for_several_successes() -> None:
    rule = scheme(linear(every_n_successes=3))

    tops, reasons, _ = course(rule, [DONE, DONE, DONE, DONE, FAILED, DONE, DONE, DONE])

    assert tops == [*[d(80)] * 3, *[d("82.5")] * 5, d(85)]
    assert reasons[:3] == [Reason.SUCCESS_COUNTED, Reason.SUCCESS_COUNTED, Reason.INCREASED]


def test_increments_below_the_step_add_up() -> None:
    rule = scheme(linear("80", "1"))

    tops, _, _ = course(rule, [DONE] * 5)

    assert tops == [d(80), d(80), d("82.5"), d("82.5"), d(85), d(85)]


def test_failures_may_add_up_over_successes() -> None:
    kept = scheme(linear(deload=deload(2, "10", reset_on_success=False)))
    forgotten = scheme(linear(deload=deload(2, "10")))

    assert course(kept, [FAILED, DONE, FAILED])[1][-1] is Reason.DELOADED
    assert course(forgotten, [FAILED, DONE, FAILED])[1][-1] is Reason.FAILURE_COUNTED


@pytest.mark.parametrize(
    ("parameters", "following"),
    [
        (linear("100", deload=deload(1, "10")), "90"),
        (linear("100", deload=deload(1, None, amount=d("7.5"))), "92.5"),
        # Rounding would take the deload back: it is one step at least.
        (linear("20", deload=deload(1, "1")), "17.5"),
        (linear("100", deload=deload(1, "7"), loading=loading(mode=RoundingMode.DOWN)), "92.5"),
        (linear("100", deload=deload(1, "50"), loading=loading(minimum="80")), "80"),
        (linear("0", deload=deload(1, "10")), "0"),
    ],
)
def test_a_deload_takes_off_what_it_says(parameters: Any, following: str) -> None:
    tops, reasons, _ = course(scheme(parameters), [FAILED])

    assert tops[-1] == d(following)
    assert reasons == [Reason.AT_LIMIT if tops[0] == tops[1] else Reason.DELOADED]


def test_double_progression_adds_repetitions_before_load() -> None:
    rule = scheme(double(deload=deload(2, "10")))
    state = rule.begun()
    course_of = [
        (sets_of(3, "20", 8), Reason.WITHIN_RANGE, "20"),
        (sets_of(3, "20", 10), Reason.WITHIN_RANGE, "20"),
        (session(work("20", 12), work("20", 12), work("20", 11)), Reason.WITHIN_RANGE, "20"),
        (sets_of(3, "20", 12), Reason.INCREASED, "22.5"),
        (
            session(work("22.5", 8), work("22.5", 8), work("22.5", 7)),
            Reason.FAILURE_COUNTED,
            "22.5",
        ),
        (sets_of(3, "22.5", 7), Reason.DELOADED, "20"),
    ]

    for performance, reason, following in course_of:
        moved = advance(rule, state, performance)
        state = moved.state
        assert (moved.reason, rule.prescribe(state).load) == (reason, d(following))
    step = rule.prescribe(state)
    assert {(one.reps, one.reps_max) for one in step.sets} == {(8, 12)}
    assert len(step.sets) == 3


def test_percentages_go_through_their_cycle_and_only_propose_another_maximum() -> None:
    """A maximum of 155.5 kg, a training max of 90 % of it: 140."""
    rule = scheme(percentages())
    state, asked, proposals = rule.begun(), [], []
    for _ in range(5):
        asked.append([str(one) for one in loads(rule, state, "140")])
        moved = advance(rule, state, as_asked(rule.prescribe(state, d(140)), extra=2), d(140))
        state = moved.state
        proposals.append(moved.proposed_training_max)

    assert asked == [
        ["90", "105", "120"],
        ["97.5", "112.5", "125"],
        ["105", "120", "132.5"],
        ["55", "70", "85"],
        ["90", "105", "120"],
    ]
    assert proposals == [None, None, None, d("142.5"), None]
    assert (state.cycle, state.week, state.day) == (2, 2, 1)


def test_a_cycle_with_a_failure_proposes_nothing_and_goes_on() -> None:
    rule = scheme(percentages())

    tops, reasons, state = course(rule, [DONE, FAILED, DONE, DONE], "140")

    assert reasons == [
        Reason.NEXT_DAY,
        Reason.FAILURE_COUNTED,
        Reason.NEXT_DAY,
        Reason.CYCLE_COMPLETED,
    ]
    assert (state.cycle, state.cycle_failures) == (2, 0)
    assert tops[-1] == tops[0]


def test_after_enough_failures_a_lower_maximum_is_proposed() -> None:
    rule = scheme(percentages(deload=deload(2, "10")))
    state, maximum = rule.begun(), d(140)
    failed = [advance(rule, state, as_asked(rule.prescribe(state, maximum), short=1), maximum)]
    state = failed[0].state
    failed.append(advance(rule, state, as_asked(rule.prescribe(state, maximum), short=1), maximum))

    assert [one.proposed_training_max for one in failed] == [None, d("126.0")]
    assert failed[1].reason is Reason.TRAINING_MAX_CUT_PROPOSED
    assert failed[1].state.failures == 0


def test_without_a_training_max_percentages_judge_nothing() -> None:
    rule = scheme(percentages())

    moved = after(rule, sets_of(3, "100", 5))

    assert (moved.outcome, moved.reason) == (Outcome.NOT_JUDGED, Reason.TRAINING_MAX_MISSING)
    assert moved.state == rule.begun()
    assert loads(rule, rule.begun()) == [None, None, None]


def test_an_override_of_percentages_keeps_their_proportions_for_one_session() -> None:
    rule = scheme(percentages())
    state = rule.overridden(rule.begun(), d(100))

    assert loads(rule, state, "140") == [d("77.5"), d("87.5"), d(100)]
    moved = advance(rule, state, as_asked(rule.prescribe(state, d(140))), d(140))
    assert loads(rule, moved.state, "140") == [d("97.5"), d("112.5"), d(125)]


@pytest.mark.parametrize(
    ("performance", "following"),
    [
        # 100 x 5 at 8 is 81.1 % of 123.3046; five at 8 are 81.1 % of it again.
        (sets_of(1, "100", 5, rpe=Decimal(8)), "100"),
        # At 7 it was 78.6 %: 127.2265 x 81.1 % = 103.18.
        (sets_of(1, "100", 5, rpe=Decimal(7)), "102.5"),
        # At 9 it was 83.7 %: 119.4743 x 81.1 % = 96.89.
        (sets_of(1, "100", 5, rpe=Decimal(9)), "97.5"),
        # The median of three: 127.2265.
        (
            session(
                work("100", 5, rpe=Decimal(6)),
                work("100", 5, rpe=Decimal(7)),
                work("100", 5, rpe=Decimal(9)),
            ),
            "102.5",
        ),
        # Easier than asked, as effort had it; harder to come by, so the load falls.
        (sets_of(1, "95", 5, rpe=Decimal("9.5")), "90"),
        (sets_of(1, "100", 5), "100"),
    ],
)
def test_effort_says_what_follows(performance: Performance, following: str) -> None:
    rule = scheme(rpe())

    assert loads(rule, after(rule, performance).state) == [d(following)]


@pytest.mark.parametrize(("effort", "following"), [("6", "105"), ("10", "95"), ("8", "100")])
def test_a_step_cap_holds_in_both_directions(effort: str, following: str) -> None:
    rule = scheme(rpe(step_cap=d("6")))

    moved = after(rule, sets_of(1, "100", 5, rpe=Decimal(effort)))

    assert loads(rule, moved.state) == [d(following)]


def test_effort_with_failed_repetitions_deloads_in_the_end() -> None:
    rule = scheme(rpe(deload=deload(2, "10")))
    first = after(rule, sets_of(1, "100", 3, failed_reps=1))
    second = advance(rule, first.state, sets_of(1, "100", 3, failed_reps=1))

    assert first.reason is Reason.EFFORT_UNKNOWN
    assert first.state.failures == 1
    assert second.reason is Reason.DELOADED
    assert loads(rule, second.state) == [d(90)]


def test_effort_on_a_lift_of_the_body_counts_the_body() -> None:
    """80 kg and 22 kg, five at 8: 102 is 81.1 % of 125.7707; at 9 it would be 83.7 %."""
    rule = scheme(rpe("20", loading=loading("1")), LoadKind.BODYWEIGHT)
    easy = work("22", 5, rpe=Decimal(7), body_kg=d(80))

    moved = after(rule, session(easy))

    # 102 / 0.786 = 129.7710, x 0.811 = 105.2443, less the body 25.2443.
    assert loads(rule, moved.state) == [d(25)]
    assert after(rule, sets_of(1, "22", 5, rpe=Decimal(7))).reason is Reason.BODYWEIGHT_UNKNOWN


def test_of_an_assisted_lift_less_is_harder() -> None:
    rule = scheme(
        linear("40", "5", loading=loading("5", mode=RoundingMode.DOWN), deload=deload(1, "20")),
        LoadKind.ASSISTED,
    )

    tops, reasons, _ = course(rule, [DONE, DONE, FAILED])

    assert tops == [d(40), d(35), d(30), d(40)]
    assert reasons == [Reason.INCREASED, Reason.INCREASED, Reason.DELOADED]
    assert after(rule, sets_of(5, "30", 5)).outcome is Outcome.SUCCESS
    assert after(rule, sets_of(5, "45", 5)).outcome is Outcome.EASIER


def test_assistance_ends_at_nothing() -> None:
    tops, reasons, _ = course(scheme(linear("5", "5"), LoadKind.ASSISTED), [DONE, DONE])

    assert tops == [d(5), d(0), d(0)]
    assert reasons == [Reason.INCREASED, Reason.AT_LIMIT]


def test_on_a_lift_of_the_body_no_weight_is_none_added() -> None:
    rule = scheme(linear("0", "2.5"), LoadKind.BODYWEIGHT)

    assert after(rule, sets_of(5, None, 5)).reason is Reason.INCREASED
    assert after(scheme(linear("20")), sets_of(5, None, 5)).outcome is Outcome.EASIER


@pytest.mark.parametrize(
    ("performance", "outcome"),
    [
        (sets_of(5, "80", 5), Outcome.SUCCESS),
        (sets_of(6, "80", 6), Outcome.SUCCESS),
        (sets_of(5, "82.5", 5), Outcome.SUCCESS),
        (sets_of(4, "80", 5), Outcome.FAILURE),
        (session(*[work("80", 5)] * 4, work("80", 4, failed_reps=1)), Outcome.FAILURE),
        # A repetition more was tried and failed: what was asked for was done.
        (sets_of(5, "80", 5, failed_reps=1), Outcome.SUCCESS),
        (session(*[work("80", 5)] * 4, work("77.5", 5)), Outcome.FAILURE),
        (sets_of(5, "60", 10), Outcome.EASIER),
        (session(*[work("80", 5)] * 5, work("40", 5, ignored="warm_up")), Outcome.SUCCESS),
        (session(*[work("80", 5)] * 4, work("80", 5, ignored="warm_up")), Outcome.FAILURE),
    ],
)
def test_a_session_is_held_against_what_was_asked(
    performance: Performance, outcome: Outcome
) -> None:
    assert after(scheme(linear()), performance).outcome is outcome


def test_sides_that_work_alone_are_judged_apart() -> None:
    rule = scheme(linear(sets=2))
    left, right = work("80", 5, side="left"), work("80", 5, side="right")

    assert after(rule, session(left, right, left, right)).outcome is Outcome.SUCCESS
    assert after(rule, session(left, left, left, right)).outcome is Outcome.FAILURE


def test_no_set_is_spent_on_a_target_that_a_lesser_one_meets() -> None:
    rule = scheme(percentages())
    in_reverse = session(work("120", 5), work("105", 5), work("90", 5))

    assert after(rule, in_reverse, "140").outcome is Outcome.SUCCESS
    assert after(rule, session(work("120", 5), work("120", 5)), "140").outcome is Outcome.FAILURE


@pytest.mark.parametrize(
    ("logged", "unit", "outcome"),
    [
        # 82.5 kg are 181.88 lb: with plates of pounds 180 is as near as it gets.
        ("180", LB, Outcome.SUCCESS),
        ("185", LB, Outcome.SUCCESS),
        # 175 lb are 79.38 kg, nearest to 80.
        ("175", LB, Outcome.EASIER),
        ("82.4", KG, Outcome.EASIER),
        ("82.5", KG, Outcome.SUCCESS),
    ],
)
def test_other_units_are_compared_after_rounding_to_the_step(
    logged: str, unit: Any, outcome: Outcome
) -> None:
    rule = scheme(linear("82.5"))

    assert after(rule, sets_of(5, logged, 5, unit=unit)).outcome is outcome


def test_a_rule_in_pounds_rounds_in_pounds() -> None:
    rule = scheme(percentages(loading=loading("5", unit=LB), training_max_increment=d(5)))
    maximum = Decimal(140) / Decimal("0.45359237")

    step = rule.prescribe(rule.begun(), maximum)

    # 308.647 lb: 65 % 200.6, 75 % 231.5, 85 % 262.4.
    assert [one.load for one in step.sets] == [d(200), d(230), d(260)]


@pytest.mark.parametrize(
    ("mode", "expected"), [(RoundingMode.NEAREST, "82.5"), (RoundingMode.DOWN, "80")]
)
def test_half_a_step_goes_up_unless_rounded_down(mode: RoundingMode, expected: str) -> None:
    rule = scheme(linear("81.25", loading=loading(mode=mode)))

    assert rule.prescribe(rule.begun()).load == d(expected)
