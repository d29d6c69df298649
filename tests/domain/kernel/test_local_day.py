"""The day something happened on, where it happened."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.local_day import checked_time_zone, local_day

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ZONES = ("UTC", "Pacific/Auckland", "America/New_York", "Asia/Kolkata", "Pacific/Apia")


@pytest.mark.requirement("BEY-09")
@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-03-02T10:30:00+00:00", "Pacific/Auckland", date(2026, 3, 2)),
        ("2026-03-02T11:00:00+00:00", "Pacific/Auckland", date(2026, 3, 3)),
        ("2026-03-02T10:30:00+00:00", "UTC", date(2026, 3, 2)),
        ("2026-03-02T04:59:59+00:00", "America/New_York", date(2026, 3, 1)),
        # Clocks go forward at 2:00 and back at 3:00: a short day and a long one.
        ("2026-03-29T22:30:00+00:00", "Europe/Vienna", date(2026, 3, 30)),
        ("2026-03-28T23:30:00+00:00", "Europe/Vienna", date(2026, 3, 29)),
        ("2026-10-25T22:59:59+00:00", "Europe/Vienna", date(2026, 10, 25)),
        ("2026-10-24T22:00:00+00:00", "Europe/Vienna", date(2026, 10, 25)),
    ],
)
def test_an_instant_falls_on_the_day_of_its_zone(moment: str, zone: str, day: date) -> None:
    assert local_day(datetime.fromisoformat(moment), zone) == day


@pytest.mark.requirement("BEY-09")
@given(
    st.integers(-631_152_000, 5_680_281_600).map(lambda second: EPOCH + timedelta(seconds=second)),
    st.sampled_from(ZONES),
)
def test_a_later_instant_is_never_on_an_earlier_day(moment: datetime, zone: str) -> None:
    day = local_day(moment, zone)

    assert day == moment.astimezone(ZoneInfo(zone)).date()
    # Samoa skipped a day in 2011, so an hour may move on by two.
    assert timedelta() <= local_day(moment + timedelta(hours=1), zone) - day <= timedelta(days=2)


@pytest.mark.parametrize("name", ["", "Mars/Base", "localtime", "../UTC", "posix/UTC", "+02:00"])
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked_time_zone(name)

    assert [(one.pointer, one.code) for one in refused.value.errors] == [
        ("/time_zone", "time_zone")
    ]
