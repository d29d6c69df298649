"""What was done lately: thirty local days, by day and by exercise."""

from datetime import timedelta

import pytest

from tests.api.contract import conforming
from tests.api.reporting.conftest import reported
from tests.builders.gym import Gym
from tests.fakes.clock import AdjustableClock

PATH = "/reports/recent-activity"


async def trained(gym: Gym, clock: AdjustableClock, ago: int, *lifts: int) -> None:
    """Do a set of each lift so many days ago."""
    day = (clock.now() - timedelta(days=ago)).isoformat()
    session = await gym.begun(session_date=day)
    for lift in lifts:
        await gym.logged(session, exercise_id=gym.lifts[lift], performed_at=day)
    await gym.completed(session, duration_minutes=40)


@pytest.mark.requirement("REP-03")
async def test_a_session_of_31_days_ago_is_not_counted_and_one_of_29_is(
    gym: Gym, clock: AdjustableClock
) -> None:
    for ago in (31, 29, 0):
        await trained(gym, clock, ago, 0)

    found = conforming(await gym.athlete.get(PATH))

    assert (found["sessions"], found["completed_sessions"], found["active_days"]) == (2, 2, 2)
    assert (found["working_sets"], found["successful_reps"], found["minutes"]) == (2, 10, 80)
    assert found["volume"] == 1000
    days = [(clock.now() - timedelta(days=ago)).date().isoformat() for ago in (29, 0)]
    assert [day["date"] for day in found["days"]] == days
    assert (found["from_date"], found["to_date"]) == (days[0], days[1])


@pytest.mark.requirement("REP-03", "REP-08")
async def test_its_exercises_are_paged_and_those_done_last_come_first(
    gym: Gym, clock: AdjustableClock
) -> None:
    for ago, lift in ((3, 0), (2, 1), (1, 2)):
        await trained(gym, clock, ago, lift)

    answer = await gym.athlete.get(PATH, params={"page": 2, "page_size": 2})

    assert [one["exercise_id"] for one in answer.json()["data"]["exercises"]] == [gym.lifts[0]]
    assert answer.json()["pagination"]["total_items"] == 3
    assert answer.json()["data"]["sessions"] == 3


@pytest.mark.requirement("REP-08")
async def test_another_period_and_one_exercise_may_be_asked_for(
    gym: Gym, clock: AdjustableClock
) -> None:
    await trained(gym, clock, 40, 0, 1)
    await trained(gym, clock, 1, 1)
    first = (clock.now() - timedelta(days=45)).date().isoformat()

    found = await reported(gym.athlete, "recent-activity", from_date=first)
    of_one = await reported(
        gym.athlete, "recent-activity", from_date=first, exercise_id=gym.lifts[0]
    )

    assert (found["sessions"], found["working_sets"]) == (2, 3)
    assert (of_one["sessions"], of_one["working_sets"]) == (1, 1)
    assert [one["exercise_id"] for one in of_one["exercises"]] == [gym.lifts[0]]


@pytest.mark.requirement("REP-08")
async def test_more_than_fifty_three_weeks_are_refused(gym: Gym) -> None:
    for name in ("recent-activity", "muscle-volume", "load-trend", "adherence"):
        asked = {"from_date": "2024-01-01", "to_date": "2025-06-01"}
        answer = await gym.athlete.get(f"/reports/{name}", params=asked)

        assert answer.status_code == 400, name
        assert [error["pointer"] for error in answer.json()["errors"]] == ["/from_date"]


@pytest.mark.requirement("REP-12")
async def test_the_series_has_every_day(gym: Gym, clock: AdjustableClock) -> None:
    await trained(gym, clock, 2, 0)

    chart = await reported(gym.athlete, "recent-activity", format="series")

    assert len(chart["labels"]) == len(chart["series"][0]["values"]) == 30
    assert chart["series"][0]["values"][-3:] == [500, 0, 0]


async def test_days_and_exercises_are_two_tables(gym: Gym, clock: AdjustableClock) -> None:
    await trained(gym, clock, 0, 0)

    text = (await gym.athlete.get(PATH, params={"format": "csv"})).text

    assert "date,sessions,minutes" in text
    assert "exercise_id,exercise_name" in text
