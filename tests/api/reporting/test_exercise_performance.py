"""How each exercise goes: a row for each with what was done of it."""

from typing import Any

import pytest

from tests.api.contract import conforming
from tests.builders.gym import Gym

PATH = "/reports/exercise-performance"


@pytest.fixture
async def trained(gym: Gym) -> Gym:
    """Return an athlete who did three exercises on three days."""
    for place, (day, sets) in enumerate((("01", 3), ("02", 1), ("03", 2))):
        session = await gym.begun(session_date=f"2026-03-{day}T12:00:00Z")
        for number in range(sets):
            await gym.logged(session, exercise_id=gym.lifts[place], number_reps=2 + number)
        await gym.completed(session)
    return gym


async def rows(gym: Gym, **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = conforming(await gym.athlete.get(PATH, params=asked))
    return found


@pytest.mark.requirement("REP-02")
async def test_each_exercise_has_a_row_with_its_counts(gym: Gym) -> None:
    session = await gym.begun()
    await gym.logged(session, number_reps=5)
    reps = [{"rep_number": 1, "success": True}, {"rep_number": 2, "success": False}]
    await gym.logged(session, number_reps=None, reps=reps)
    await gym.logged(session, exercise_id=gym.lifts[1], number_reps=3, set_type="warm_up")

    found = {one["exercise_id"]: one for one in await rows(gym)}

    first, second = found[gym.lifts[0]], found[gym.lifts[1]]
    assert (first["successful_reps"], first["failed_reps"], first["sets"]) == (6, 1, 2)
    assert (second["successful_reps"], second["sets"], second["working_sets"]) == (3, 1, 0)
    assert first["sessions"] == second["sessions"] == 1
    assert first["last_done"] == "2026-03-02"


@pytest.mark.requirement("REP-02", "REP-08")
async def test_rows_are_paged_sorted_and_narrowed(trained: Gym) -> None:
    answer = await trained.athlete.get(PATH, params={"page": 2, "page_size": 2})
    by_sets = await rows(trained, sort="-sets")
    of_a_day = await rows(trained, from_date="2026-03-02", to_date="2026-03-02")
    of_one = await rows(trained, exercise_id=trained.lifts[2])

    pagination = answer.json()["pagination"]
    assert [one["exercise_id"] for one in answer.json()["data"]] == [trained.lifts[0]]
    assert (pagination["current_page"], pagination["total_items"]) == (2, 3)
    assert not pagination["has_next"]
    assert 'rel="prev"' in answer.headers["link"]
    assert [one["sets"] for one in by_sets] == [3, 2, 1]
    assert [one["exercise_id"] for one in of_a_day] == [trained.lifts[1]]
    assert [one["exercise_id"] for one in of_one] == [trained.lifts[2]]


@pytest.mark.requirement("REP-08")
async def test_a_page_behind_the_last_is_empty_and_knows_the_total(trained: Gym) -> None:
    answer = await trained.athlete.get(PATH, params={"page": 9})

    assert answer.json()["data"] == []
    assert answer.json()["pagination"]["total_items"] == 3


@pytest.mark.requirement("REP-12")
async def test_the_series_has_a_label_for_each_exercise(trained: Gym) -> None:
    answer = await trained.athlete.get(PATH, params={"format": "series", "sort": "exercise_name"})

    chart = conforming(answer)
    assert len(chart["labels"]) == len(chart["series"][0]["values"]) == 3
    assert answer.json()["pagination"] is None


async def test_an_unknown_order_is_refused(gym: Gym) -> None:
    answer = await gym.athlete.get(PATH, params={"sort": "shoe_size"})

    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/sort"]
