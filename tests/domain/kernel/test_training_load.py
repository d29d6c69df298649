"""Session load, monotony, strain, and acute against chronic load."""

from decimal import Decimal
from statistics import mean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workout_domain.kernel.formulas.rounding import four_places
from workout_domain.kernel.formulas.training_load import (
    coupled_ratio,
    ewma_ratio,
    exponential_average,
    load_trend,
    monotony,
    session_load,
    strain,
    uncoupled_ratio,
)

pytestmark = pytest.mark.requirement("BEY-04")


def days(*loads: int) -> list[Decimal]:
    """Return daily loads."""
    return [Decimal(load) for load in loads]


WEEK = days(300, 0, 300, 0, 300, 0, 0)
FOUR_WEEKS = WEEK * 3 + days(450, 0, 450, 0, 450, 0, 0)


def rounded(value: Decimal | None) -> Decimal:
    """Round what must be there."""
    assert value is not None
    return four_places(value)


def test_a_session_is_its_effort_times_its_minutes() -> None:
    assert session_load(Decimal(7), Decimal("62.5")) == Decimal("437.5")


def test_monotony_uses_the_samples_deviation() -> None:
    assert rounded(monotony(WEEK)) == Decimal("0.8018")
    assert four_places(mean(WEEK) / pstdev(WEEK)) == Decimal("0.8660")


def test_strain_is_the_weeks_load_times_its_monotony() -> None:
    assert rounded(strain(WEEK)) == Decimal("721.6054")


@given(st.integers(0, 1000), st.integers(1, 14))
def test_days_all_alike_have_no_monotony(load: int, number: int) -> None:
    assert monotony(days(load) * number) is None
    assert strain(days(load) * number) is None


def test_the_same_days_read_high_or_low() -> None:
    assert rounded(coupled_ratio(FOUR_WEEKS)) == Decimal("1.3333")
    assert rounded(uncoupled_ratio(FOUR_WEEKS)) == Decimal("1.5000")
    assert rounded(exponential_average(FOUR_WEEKS, 7)) == Decimal("131.1765")
    assert rounded(exponential_average(FOUR_WEEKS, 28)) == Decimal("167.2112")
    assert rounded(ewma_ratio(FOUR_WEEKS)) == Decimal("0.7845")


def test_the_trend_holds_all_three_readings() -> None:
    trend = load_trend(FOUR_WEEKS)

    assert trend is not None
    assert rounded(trend.acute) == Decimal("192.8571")
    assert rounded(trend.chronic) == Decimal("144.6429")
    assert trend.coupled == coupled_ratio(FOUR_WEEKS)
    assert trend.uncoupled == uncoupled_ratio(FOUR_WEEKS)
    assert trend.ewma == ewma_ratio(FOUR_WEEKS)


def test_fewer_than_28_days_say_nothing() -> None:
    assert load_trend(FOUR_WEEKS[1:]) is None
    assert load_trend([]) is None


def test_without_any_load_there_are_no_ratios() -> None:
    trend = load_trend(days(0) * 28)

    assert trend is not None
    assert (trend.coupled, trend.uncoupled, trend.ewma) == (None, None, None)


@given(st.lists(st.integers(0, 2000), min_size=1, max_size=60), st.integers(1, 28))
def test_an_exponential_average_stays_among_the_loads(loads: list[int], number: int) -> None:
    average = four_places(exponential_average(days(*loads), number))

    assert min(loads) <= average <= max(loads)
