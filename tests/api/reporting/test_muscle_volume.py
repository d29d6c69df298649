"""How many hard sets each muscle did: in full what is for it, by half what it helps with."""

from typing import Any

import pytest

from tests.api.contract import conforming
from tests.api.reporting.conftest import reported
from tests.builders.catalogue import an_exercise_of
from tests.builders.gym import Gym

PATH = "/reports/muscle-volume"
WEEK = {"from_date": "2026-03-02", "to_date": "2026-03-15"}


@pytest.fixture
async def rowed(gym: Gym) -> Gym:
    """Return an athlete who rowed for back and biceps in two weeks, and curled in one."""
    row = await an_exercise_of(gym.trainer, primary_muscles=["lats"], secondary_muscles=["biceps"])
    curl = await an_exercise_of(gym.trainer, primary_muscles=["biceps"], secondary_muscles=[])
    for day, lifts in (("02", (row, row, curl)), ("09", (row,))):
        session = await gym.begun(session_date=f"2026-03-{day}T12:00:00Z")
        for lift in lifts:
            await gym.logged(session, exercise_id=lift["id"])
        await gym.logged(session, exercise_id=row["id"], set_type="warm_up")
        await gym.completed(session)
    return gym


def by_muscle(found: list[dict[str, Any]]) -> dict[str, Any]:
    return {one["muscle"]: one for one in found}


@pytest.mark.requirement("BEY-13")
async def test_muscles_that_help_count_by_half(rowed: Gym) -> None:
    found = conforming(await rowed.athlete.get(PATH, params=WEEK))

    first, second = (by_muscle(week["muscles"]) for week in found["weeks"])
    assert [week["week"] for week in found["weeks"]] == ["2026-W10", "2026-W11"]
    assert [week["starts_on"] for week in found["weeks"]] == ["2026-03-02", "2026-03-09"]
    assert (first["lats"]["hard_sets"], first["biceps"]["hard_sets"]) == (2, 2)
    assert (first["biceps"]["primary_sets"], first["biceps"]["secondary_sets"]) == (1, 2)
    assert (second["lats"]["hard_sets"], second["biceps"]["hard_sets"]) == (1, 0.5)
    total = by_muscle(found["muscles"])
    assert (total["lats"]["hard_sets"], total["lats"]["sets_per_week"]) == (3, 1.5)
    assert (total["lats"]["volume"], total["biceps"]["volume"]) == (1500, 500)


@pytest.mark.requirement("BEY-08", "BEY-13")
async def test_a_set_of_one_side_is_half_a_set(gym: Gym) -> None:
    lift = await an_exercise_of(
        gym.trainer, primary_muscles=["quadriceps"], secondary_muscles=[], laterality="unilateral"
    )
    session = await gym.begun()
    for side in ("left", "right", "left"):
        await gym.logged(session, exercise_id=lift["id"], side=side)

    found = await reported(gym.athlete, "muscle-volume", **WEEK)

    assert by_muscle(found["muscles"])["quadriceps"]["hard_sets"] == 1.5


@pytest.mark.requirement("REP-12")
async def test_the_series_has_a_bar_for_each_muscle_and_week(rowed: Gym) -> None:
    chart = await reported(rowed.athlete, "muscle-volume", format="series", **WEEK)

    assert chart["labels"] == ["2026-03-02", "2026-03-09"]
    values = {one["name"]: one["values"] for one in chart["series"]}
    assert values == {"lats": [2, 1], "biceps": [2, 0.5]}


@pytest.mark.requirement("REP-08", "BEY-09")
async def test_instants_are_on_the_days_they_fall_on(rowed: Gym) -> None:
    instants = {"from_date": "2026-03-02T00:00:00Z", "to_date": "2026-03-08T23:59:59Z"}

    found = await reported(rowed.athlete, "muscle-volume", **instants)

    assert (found["from_date"], found["to_date"]) == ("2026-03-02", "2026-03-08")
    assert by_muscle(found["muscles"])["lats"]["sets_per_week"] == 2


async def test_without_a_period_it_is_the_last_twelve_weeks(gym: Gym) -> None:
    found = await reported(gym.athlete, "muscle-volume")

    assert len(found["weeks"]) in {12, 13}
    assert found["muscles"] == []
