"""Months of the calendar, as reports are made of."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workout_domain.kernel.errors import Invalid
from workout_domain.reporting.month import FIRST_YEAR, LAST_YEAR, Month

months = st.builds(Month, st.integers(FIRST_YEAR, LAST_YEAR), st.integers(1, 12))
FIRST_MOMENT = datetime(1980, 1, 1, tzinfo=UTC)
moments = st.integers(0, 3_600_000_000).map(
    lambda minutes: FIRST_MOMENT + timedelta(minutes=minutes)
)


@pytest.mark.requirement("REP-10")
@pytest.mark.parametrize(
    ("year", "month", "wrong"),
    [
        (2026, 0, ["/month"]),
        (2026, 13, ["/month"]),
        (2026, -1, ["/month"]),
        (0, 1, ["/year"]),
        (9999, 12, ["/year"]),
        (10_000, 99, ["/year", "/month"]),
    ],
)
def test_what_is_no_month_is_refused_with_every_wrong_field(
    year: int, month: int, wrong: list[str]
) -> None:
    with pytest.raises(Invalid) as refusal:
        Month(year, month)

    assert [one.pointer for one in refusal.value.errors] == wrong


@given(months)
def test_a_month_goes_on_until_the_first_of_the_next(month: Month) -> None:
    assert month.first_day.day == month.past_last_day.day == 1
    assert 28 <= (month.past_last_day - month.first_day).days <= 31
    assert (month.past_last_day - timedelta(days=1)).month == month.month


@given(moments)
def test_the_month_that_ended_last_is_over_everywhere_and_the_next_is_not(
    moment: datetime,
) -> None:
    ended = Month.last_ended(moment)
    after = Month(ended.past_last_day.year, ended.past_last_day.month)
    west_of_all = (moment - timedelta(hours=12)).date()

    assert ended.past_last_day <= west_of_all < after.past_last_day
    assert ended.has_begun(moment)
    assert after.has_begun(moment)


@pytest.mark.parametrize(
    ("at", "ended"),
    [
        ("2026-03-31T23:59:59+00:00", "2026-02"),
        ("2026-04-01T11:59:59+00:00", "2026-02"),
        ("2026-04-01T12:00:00+00:00", "2026-03"),
        ("2026-01-01T12:00:00+00:00", "2025-12"),
    ],
)
def test_a_month_ends_last_twelve_hours_behind(at: str, ended: str) -> None:
    assert str(Month.last_ended(datetime.fromisoformat(at))) == ended


@pytest.mark.parametrize(
    ("at", "has_begun"),
    [("2026-03-31T09:59:59+00:00", False), ("2026-03-31T10:00:00+00:00", True)],
)
def test_a_month_begins_first_fourteen_hours_ahead(at: str, has_begun: bool) -> None:
    assert Month(2026, 4).has_begun(datetime.fromisoformat(at)) is has_begun
