"""Sessions count on the day their athlete lived, wherever whoever asks is."""

from typing import Any

import pytest

from tests.api.contract import conforming
from tests.builders.gym import Gym, listed
from tests.builders.people import People

LATE_IN_AUCKLAND = "2026-03-02T23:30:00+13:00"


async def days(gym: Gym, query: str) -> list[str]:
    """Return the names of the athlete's sessions a list holds."""
    return [one["name"] for one in await listed(gym.athlete, f"/sessions?{query}")]


@pytest.mark.requirement("BEY-09")
async def test_a_late_session_counts_on_its_own_day(fresh_gym: Gym) -> None:
    session = await fresh_gym.begun(
        name="Late", session_date=LATE_IN_AUCKLAND, time_zone="Pacific/Auckland"
    )

    assert session["session_date"] == "2026-03-02T10:30:00Z"
    assert (session["local_date"], session["time_zone"]) == ("2026-03-02", "Pacific/Auckland")
    assert await days(fresh_gym, "from_date=2026-03-02&to_date=2026-03-02") == ["Late"]
    assert await days(fresh_gym, "to_date=2026-03-01") == []
    assert await days(fresh_gym, "from_date=2026-03-03") == []


@pytest.mark.requirement("BEY-09")
@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        # New York, the evening before in UTC's morning.
        ("2026-03-03T03:30:00Z", "America/New_York", "2026-03-02"),
        # Just after midnight in Auckland is still the day before in UTC.
        ("2026-03-01T11:00:00Z", "Pacific/Auckland", "2026-03-02"),
        # Kiritimati and Niue lie a day apart at the same instant.
        ("2026-03-02T10:30:00Z", "Pacific/Kiritimati", "2026-03-03"),
        ("2026-03-02T10:30:00Z", "Pacific/Niue", "2026-03-01"),
        # Days of 23 and of 25 hours.
        ("2026-03-28T23:00:00Z", "Europe/Vienna", "2026-03-29"),
        ("2026-03-29T21:59:59Z", "Europe/Vienna", "2026-03-29"),
        ("2025-10-25T22:00:00Z", "Europe/Vienna", "2025-10-26"),
        ("2025-10-26T22:59:59Z", "Europe/Vienna", "2025-10-26"),
    ],
)
async def test_whoever_asks_gets_the_day_as_it_was_lived(
    fresh_gym: Gym, moment: str, zone: str, day: str
) -> None:
    session = await fresh_gym.begun(name="One", session_date=moment, time_zone=zone)

    assert session["local_date"] == day
    for person in (fresh_gym.athlete, fresh_gym.trainer):
        found = await listed(person, f"/sessions?from_date={day}&to_date={day}")
        assert [one["local_date"] for one in found] == [day]
        run = await listed(person, f"/sessions?from_date={day}&to_date={day}&limit=5")
        assert [one["id"] for one in run] == [session["id"]]


@pytest.mark.requirement("BEY-09")
async def test_an_instant_still_narrows_to_the_second(fresh_gym: Gym) -> None:
    await fresh_gym.begun(name="Late", session_date=LATE_IN_AUCKLAND, time_zone="Pacific/Auckland")

    assert await days(fresh_gym, "from_date=2026-03-02T10:30:00Z") == ["Late"]
    assert await days(fresh_gym, "from_date=2026-03-02T10:30:01Z") == []
    assert await days(fresh_gym, "from_date=2026-03-02&to_date=2026-03-02T10:29:59Z") == []


@pytest.mark.requirement("BEY-09")
async def test_without_a_zone_it_is_the_accounts(people: People) -> None:
    athlete = await people.register("athlete", time_zone="Pacific/Auckland")
    body = {"name": "Late", "session_date": LATE_IN_AUCKLAND}

    begun = await athlete.post("/sessions", json=body)

    session = conforming(begun)
    assert (session["local_date"], session["time_zone"]) == ("2026-03-02", "Pacific/Auckland")


@pytest.mark.requirement("BEY-09")
@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({"session_date": "2026-03-02T11:00:00Z"}, "2026-03-03"),
        ({"time_zone": "America/New_York"}, "2026-03-02"),
        ({"session_date": "2026-03-02T03:00:00Z", "time_zone": "America/New_York"}, "2026-03-01"),
        ({"name": "Renamed"}, "2026-03-02"),
    ],
    ids=str,
)
async def test_the_day_follows_date_and_zone(
    fresh_gym: Gym, changes: dict[str, Any], day: str
) -> None:
    session = await fresh_gym.begun(session_date=LATE_IN_AUCKLAND, time_zone="Pacific/Auckland")

    changed = await fresh_gym.athlete.patch(f"/sessions/{session['id']}", json=changes)

    assert conforming(changed)["local_date"] == day
    assert len(await days(fresh_gym, f"from_date={day}&to_date={day}")) == 1


@pytest.mark.requirement("BEY-09")
async def test_a_zone_told_at_the_end_counts(fresh_gym: Gym) -> None:
    session = await fresh_gym.started(session_date=LATE_IN_AUCKLAND, time_zone="UTC")

    done = await fresh_gym.completed(session, time_zone="Pacific/Kiritimati")

    assert (done["local_date"], done["time_zone"]) == ("2026-03-03", "Pacific/Kiritimati")


@pytest.mark.parametrize("wrong", ["2026-02-30", "2026-13-01", "0000-01-01", "yesterday"])
async def test_a_day_of_nonsense_is_400(fresh_gym: Gym, wrong: str) -> None:
    answer = await fresh_gym.athlete.get(f"/sessions?from_date={wrong}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/from_date"
