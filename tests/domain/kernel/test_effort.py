"""RPE and RIR: the chart, the curve through it, and the road over repetitions in reserve."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.formulas.effort import (
    RTS,
    EffortChart,
    closed_form,
    repetitions_to_failure,
    reps_in_reserve,
    rpe_of_reserve,
)
from workout_domain.kernel.formulas.one_rep_max import Formula, estimate
from workout_domain.kernel.formulas.rounding import four_places

pytestmark = pytest.mark.requirement("BEY-04")

PRINTED = {
    "10": "100 95.5 92.2 89.2 86.3 83.7 81.1 78.6 76.2 73.9 70.7 68.0",
    "9.5": "97.8 93.9 90.7 87.8 85.0 82.4 79.9 77.4 75.1 72.3 69.4 66.7",
    "9": "95.5 92.2 89.2 86.3 83.7 81.1 78.6 76.2 73.9 70.7 68.0 65.3",
}
halves = st.integers(2, 20).map(lambda halves: Decimal(halves) / 2)


@pytest.mark.parametrize("rpe", PRINTED)
def test_the_printed_rows_come_out(rpe: str) -> None:
    expected = [Decimal(one) for one in PRINTED[rpe].split()]

    assert [RTS.percentage(reps, Decimal(rpe)) for reps in range(1, 13)] == expected


@given(st.integers(1, 17), halves.filter(lambda rpe: rpe <= 9))
def test_a_whole_rpe_less_is_a_column_more(reps: int, rpe: Decimal) -> None:
    assert RTS.percentage(reps, rpe) == RTS.percentage(reps + 1, rpe + 1)


def test_the_chart_has_eighteen_columns() -> None:
    assert RTS.percentage(12, Decimal(4)) == RTS.percentage(18, Decimal(10)) == Decimal("51.8")
    assert RTS.percentage(12, Decimal("3.5")) == RTS.percentage(18, Decimal("9.5"))
    assert RTS.percentage(19, Decimal(10)) is None
    assert RTS.percentage(12, Decimal(3)) is None
    assert RTS.percentage(0, Decimal(10)) is None


def test_between_its_halves_the_chart_says_nothing() -> None:
    assert RTS.percentage(5, Decimal("8.25")) is None
    assert RTS.estimate(Decimal(100), 5, Decimal("8.25")) is None


@pytest.mark.parametrize(
    ("load", "reps", "rpe", "percentage", "expected"),
    [("100", 5, "8", "81.1", "123.3046"), ("140", 3, "9", "89.2", "156.9507")],
)
def test_the_chart_estimates_a_maximum(
    load: str, reps: int, rpe: str, percentage: str, expected: str
) -> None:
    estimated = RTS.estimate(Decimal(load), reps, Decimal(rpe))

    assert RTS.percentage(reps, Decimal(rpe)) == Decimal(percentage)
    assert estimated is not None
    assert four_places(estimated) == Decimal(expected)


@pytest.mark.parametrize(
    ("formula", "expected"), [(Formula.EPLEY, "123.3100"), (Formula.BRZYCKI, "120.0000")]
)
def test_the_formulas_take_repetitions_in_reserve(formula: Formula, expected: str) -> None:
    repetitions = repetitions_to_failure(5, Decimal(8))

    assert repetitions == 7
    assert four_places(estimate(Decimal(100), repetitions, formula)) == Decimal(expected)


@given(halves)
def test_rpe_and_reserve_say_the_same(rpe: Decimal) -> None:
    assert rpe_of_reserve(reps_in_reserve(rpe)) == rpe


def test_no_reserve_is_a_value() -> None:
    assert rpe_of_reserve(Decimal(0)) == 10
    assert rpe_of_reserve(Decimal(30)) == 1


@given(st.integers(1, 12), st.integers(12, 20).map(lambda halves: Decimal(halves) / 2))
def test_the_curve_follows_the_chart_from_rpe_6(reps: int, rpe: Decimal) -> None:
    percentage = RTS.percentage(reps, rpe)

    assert percentage is not None
    assert abs(closed_form(reps, rpe) - percentage) < 1


def test_the_curve_has_its_published_pieces() -> None:
    assert closed_form(1, Decimal(10)) == Decimal("99.9667")
    assert four_places(closed_form(3, Decimal(10))) == Decimal("92.1429")
    assert four_places(closed_form(5, Decimal(8))) == Decimal("81.2406")
    assert closed_form(17, Decimal(10)) == 50
    assert closed_form(36, Decimal(1)) == 50


def test_another_chart_may_take_its_place() -> None:
    own = EffortChart(
        name="own",
        version="2",
        at_10=(Decimal(100), Decimal(90)),
        at_9_5=(Decimal(95), Decimal(85)),
    )

    assert own.percentage(1, Decimal(9)) == 90
    assert own.percentage(1, Decimal("8.5")) == 85
    assert own.percentage(2, Decimal(9)) is None
    assert own.estimate(Decimal(90), 2, Decimal(10)) == 100


@pytest.mark.parametrize(
    ("at_10", "at_9_5", "code"),
    [
        ([], [], "length"),
        ([100], [97, 94], "length"),
        ([100] * 37, [99] * 37, "length"),
        ([100, 0], [97, 0], "out_of_range"),
        ([101], [97], "out_of_range"),
        ([100, 98], [97, 94], "not_falling"),
    ],
)
def test_a_chart_that_cannot_be_is_refused(at_10: list[int], at_9_5: list[int], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        EffortChart(
            name="own",
            version="1",
            at_10=tuple(map(Decimal, at_10)),
            at_9_5=tuple(map(Decimal, at_9_5)),
        )

    assert refused.value.errors[0].code == code
