"""What was done of one exercise the last times, set by set."""

from typing import Any

import pytest

from tests.api.contract import conforming
from tests.api.reporting.test_personal_records import day
from tests.builders.gym import Gym

PATH = "/reports/exercise-history"
DAYS = ("2026-03-01", "2026-03-02", "2026-03-03")


async def sessions(gym: Gym, **asked: Any) -> list[dict[str, Any]]:
    params = {"exercise_id": gym.lifts[0], **asked}
    found: list[dict[str, Any]] = conforming(await gym.athlete.get(PATH, params=params))
    return found


@pytest.fixture
async def trained(gym: Gym) -> Gym:
    """Return an athlete who trained on three days, on the last another exercise only."""
    await day(gym, DAYS[1], {"weight": 225, "unit": "pounds", "rpe": 8, "side": "left"})
    await day(gym, DAYS[0], {"weight": 60, "set_type": "warm_up"}, {"weight": 100})
    await day(gym, DAYS[2], {"exercise_id": gym.lifts[1]})
    return gym


@pytest.mark.requirement("REP-04", "REP-08")
async def test_the_newest_session_comes_first_and_one_is_the_last_performance(
    trained: Gym,
) -> None:
    answer = await trained.athlete.get(
        PATH, params={"exercise_id": trained.lifts[0], "page_size": 1}
    )
    everything = await sessions(trained)

    [last] = answer.json()["data"]
    assert answer.json()["pagination"]["total_items"] == 2
    assert [one["date"] for one in everything] == [DAYS[1], DAYS[0]]
    assert last == everything[0]
    assert await sessions(trained, sort="date") == everything[::-1]
    assert await sessions(trained, to_date=DAYS[0]) == everything[1:]


@pytest.mark.requirement("REP-04", "BEY-08")
async def test_sets_show_what_was_entered_and_what_was_moved(trained: Gym) -> None:
    last, first = await sessions(trained)

    [one] = last["sets"]
    shown = ("number", "set_type", "weight", "unit", "effective_load", "effective_load_unit")
    assert [one[name] for name in shown] == [1, "normal", 225, "pounds", 102.058, "kilograms"]
    assert (one["successful_reps"], one["failed_reps"], one["rpe"], one["side"]) == (
        5,
        0,
        8,
        "left",
    )
    assert [(one["number"], one["is_warm_up"]) for one in first["sets"]] == [(1, True), (2, False)]
    assert (first["volume"], first["unit"], first["status"]) == (500, "kilograms", "completed")
    assert first["best_e1rm"]["value"] == 116.583


@pytest.mark.requirement("REP-04", "BEY-10")
async def test_running_sessions_count_and_deleted_sets_do_not(gym: Gym) -> None:
    session = await gym.begun()
    wrong = await gym.logged(session, weight=500)
    await gym.logged(session, weight=70, number_reps=3)
    assert (await gym.athlete.delete(f"/sets/{wrong['id']}")).status_code == 204

    [found] = await sessions(gym)

    assert found["status"] == "in_progress"
    assert [(one["number"], one["weight"]) for one in found["sets"]] == [(1, 70)]


@pytest.mark.requirement("REP-12")
async def test_every_form_can_be_asked_for(trained: Gym) -> None:
    asked = {"exercise_id": trained.lifts[0]}
    answer = await trained.athlete.get(PATH, params={**asked, "format": "series"})
    files = {
        form: await trained.athlete.get(PATH, params={**asked, "format": form})
        for form in ("svg", "png", "csv")
    }

    chart = conforming(answer)
    assert chart["labels"] == [DAYS[0], DAYS[1]]
    assert chart["series"][0]["values"] == [500, 510.291]
    assert b"<svg" in files["svg"].content
    assert files["png"].content.startswith(b"\x89PNG")
    rows = files["csv"].text.splitlines()
    assert rows[0].startswith("date,session_id,session_name,set_number,set_set_id,set_set_type")
    assert len(rows) == 4


async def test_an_exercise_has_to_be_named_and_may_be_unknown(gym: Gym) -> None:
    unnamed = await gym.athlete.get(PATH)
    assert unnamed.status_code == 400
    assert [error["pointer"] for error in unnamed.json()["errors"]] == ["/exercise_id"]

    assert await sessions(gym, exercise_id=gym.lifts[3]) == []


async def test_nobody_reads_the_sets_of_others(trained: Gym) -> None:
    of_coach = await trained.trainer.get(PATH, params={"exercise_id": trained.lifts[0]})

    assert of_coach.json()["data"] == []
