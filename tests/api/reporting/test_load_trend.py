"""Where the load is going: session RPE times minutes, and what weeks of it come to."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.api.contract import conforming
from tests.api.reporting.conftest import reported
from tests.builders.gym import Gym

PATH = "/reports/load-trend"
MONDAY = date(2026, 2, 2)
WEEKS = [(60, 0, 60, 0, 60, 0, 0)] * 3 + [(90, 0, 90, 0, 90, 0, 0)]
"""Minutes at an RPE of five, four weeks: the published example."""


async def trained(gym: Gym, day: date, minutes: int | None, rpe: float | None = 5) -> None:
    session = await gym.begun(session_date=f"{day}T12:00:00Z")
    fields = {"duration_minutes": minutes, "session_rpe": rpe}
    await gym.completed(session, **{name: of for name, of in fields.items() if of is not None})


@pytest.fixture
async def four_weeks(gym: Gym) -> Gym:
    """Return an athlete who trained as the example does."""
    for place, minutes in enumerate(minutes for week in WEEKS for minutes in week):
        if minutes:
            await trained(gym, MONDAY + timedelta(days=place), minutes)
    return gym


async def asked(gym: Gym, **fields: Any) -> dict[str, Any]:
    period = {"from_date": "2026-01-05", "to_date": "2026-03-01"}
    found: dict[str, Any] = conforming(await gym.athlete.get(PATH, params={**period, **fields}))
    return found


@pytest.mark.requirement("BEY-04", "BEY-13")
async def test_four_weeks_give_the_published_figures(four_weeks: Gym) -> None:
    found = await asked(four_weeks)

    assert [week["load"] for week in found["weeks"]] == [900, 900, 900, 1350]
    assert [week["monotony"] for week in found["weeks"]] == [0.8018] * 4
    assert found["weeks"][0]["strain"] == 721.6054
    trend = found["trend"]
    assert (trend["coupled"], trend["uncoupled"], trend["ewma"]) == (1.3333, 1.5, 0.7845)
    assert (trend["ewma_acute"], trend["ewma_chronic"]) == (131.1765, 167.2112)
    assert (found["load"], found["unrated_sessions"]) == (4050, 0)


@pytest.mark.requirement("BEY-04")
async def test_days_begin_when_somebody_first_trained_and_28_are_needed(four_weeks: Gym) -> None:
    whole = await asked(four_weeks)
    short = await asked(four_weeks, to_date="2026-02-28")

    assert whole["days"][0]["date"] == "2026-02-02"
    assert whole["days"][-1]["acute"] == 131.1765
    assert [day["acute"] for day in whole["days"][:-1]] == [None] * 27
    assert short["trend"] is None


async def test_a_session_nobody_rated_is_told_and_loads_nothing(gym: Gym) -> None:
    await trained(gym, MONDAY, 60, None)
    await trained(gym, MONDAY, 60)

    found = await asked(gym)

    assert (found["load"], found["unrated_sessions"]) == (300, 1)


async def test_of_sessions_nobody_rated_no_trend_is_told(gym: Gym) -> None:
    await trained(gym, MONDAY, 60, None)

    found = await asked(gym)
    chart = await reported(
        gym.athlete, "load-trend", format="series", from_date="2026-01-05", to_date="2026-03-10"
    )

    assert (found["trend"], found["unrated_sessions"]) == (None, 1)
    assert {value for line in chart["series"] for value in line["values"]} == {None}


async def test_volume_may_be_the_measure(gym: Gym) -> None:
    session = await gym.begun(session_date=f"{MONDAY}T12:00:00Z")
    await gym.logged(session)
    await gym.completed(session)

    found = await asked(gym, measure="volume", unit="pounds")
    by_rpe = await asked(gym)

    assert (found["load"], found["unit"], found["measure"]) == (1102.311, "pounds", "volume")
    assert by_rpe["unit"] is None


@pytest.mark.requirement("REP-12")
async def test_the_series_has_a_short_and_a_long_average(four_weeks: Gym) -> None:
    period = {"from_date": "2026-01-05", "to_date": "2026-03-10"}
    chart = await reported(four_weeks.athlete, "load-trend", format="series", **period)

    assert [one["name"] for one in chart["series"]] == ["7 days", "28 days"]
    assert chart["labels"][0] == "2026-02-02"
    assert "no injury" in chart["notes"][0]
