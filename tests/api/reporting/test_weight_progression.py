"""How the loads of one exercise went up: a point for each session, week or month."""

from typing import Any

import pytest

from tests.api.contract import conforming
from tests.api.reporting.test_personal_records import day
from tests.builders.gym import Gym

PATH = "/reports/weight-progression"
DAYS = ("2026-03-01", "2026-03-02", "2026-03-03")


async def points(gym: Gym, **asked: Any) -> list[dict[str, Any]]:
    params = {"exercise_id": gym.lifts[0], **asked}
    found: list[dict[str, Any]] = conforming(await gym.athlete.get(PATH, params=params))
    return found


@pytest.fixture
async def stronger(gym: Gym) -> Gym:
    """Return an athlete who lifted 100, 90 and 110 kg five times on three days, the last first."""
    for on, kg in ((DAYS[2], 110), (DAYS[0], 100), (DAYS[1], 90)):
        await day(gym, on, {"weight": kg}, {"weight": 60, "set_type": "warm_up"})
    await day(gym, DAYS[2], {"weight": 300, "exercise_id": gym.lifts[1]})
    return gym


@pytest.mark.requirement("REP-04")
async def test_points_of_the_exercise_ascend_by_date(stronger: Gym) -> None:
    found = await points(stronger)

    assert [(one["date"], one["weight"]) for one in found] == [
        (DAYS[0], 100),
        (DAYS[1], 90),
        (DAYS[2], 110),
    ]
    assert [one["record_weight"] for one in found] == [100, 100, 110]
    assert [one["record_e1rm"] for one in found] == [116.583, 116.583, 128.241]
    assert [(one["volume"], one["sets"], one["working_sets"]) for one in found] == [
        (500, 2, 1),
        (450, 2, 1),
        (550, 2, 1),
    ]
    session = await stronger.seen(f"/sessions/{found[1]['session_id']}")
    assert found[1]["set_id"] in str(session)


@pytest.mark.requirement("REP-04")
async def test_an_exercise_has_to_be_named(gym: Gym) -> None:
    answer = await gym.athlete.get(PATH, params={"group_by": "year"})

    assert answer.status_code == 400
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/exercise_id", "/group_by"}


@pytest.mark.requirement("REP-04", "REP-08")
async def test_points_are_paged_turned_around_and_narrowed(stronger: Gym) -> None:
    asked = {"exercise_id": stronger.lifts[0], "page": 2, "page_size": 2}
    answer = await stronger.athlete.get(PATH, params=asked)
    newest = await points(stronger, sort="-date", page_size=1)
    of_a_day = await stronger.athlete.get(
        PATH,
        params={"exercise_id": stronger.lifts[0], "from_date": DAYS[1], "to_date": DAYS[1]},
    )

    pagination = answer.json()["pagination"]
    assert [one["date"] for one in answer.json()["data"]] == [DAYS[2]]
    assert (pagination["total_items"], pagination["total_pages"]) == (3, 2)
    assert [one["date"] for one in newest] == [DAYS[2]]
    [point] = of_a_day.json()["data"]
    assert (point["weight"], point["record_weight"]) == (90, 100)
    assert of_a_day.json()["pagination"]["total_items"] == 1


@pytest.mark.requirement("REP-04", "BEY-09")
async def test_sessions_are_put_together_by_local_weeks_and_months(gym: Gym) -> None:
    # In Auckland it is Monday already, and another month.
    at = "2026-05-31T20:00:00Z"
    for moment, zone, kg in (
        ("2026-05-25T12:00:00Z", "UTC", 100),
        ("2026-05-30T12:00:00Z", "UTC", 105),
        (at, "Pacific/Auckland", 90),
    ):
        session = await gym.begun(session_date=moment, time_zone=zone)
        await gym.logged(session, weight=kg)
        await gym.completed(session)

    weeks, months = await points(gym, group_by="week"), await points(gym, group_by="month")

    of_weeks = [(one["date"], one["sessions"], one["weight"], one["volume"]) for one in weeks]
    assert of_weeks == [("2026-05-25", 2, 105, 1025), ("2026-06-01", 1, 90, 450)]
    assert [(one["date"], one["sessions"]) for one in months] == [
        ("2026-05-01", 2),
        ("2026-06-01", 1),
    ]
    assert {one["session_id"] for one in weeks} == {one["inol"] for one in weeks} == {None}


@pytest.mark.requirement("REP-04", "BEY-04")
async def test_intensity_and_inol_relate_to_the_best_by_then(gym: Gym) -> None:
    await day(gym, DAYS[0], {"weight": 100, "number_reps": 1})
    await day(gym, DAYS[1], *[{"weight": 85, "number_reps": 4}] * 4)
    await day(gym, DAYS[2], {"weight": 200, "number_reps": 1})

    found = (await points(gym))[1]

    assert (found["record_e1rm"], found["average_intensity"]) == (100, 0.85)
    assert (found["inol"], found["inol_band"]) == (1.0667, "hard")


@pytest.mark.requirement("REP-04")
async def test_loads_are_told_in_the_unit_and_by_the_formula_asked_for(stronger: Gym) -> None:
    found = (await points(stronger, unit="pounds", formula="epley"))[0]

    assert (found["weight"], found["unit"]) == (220.462, "pounds")
    assert found["best_e1rm"]["value"] == found["record_e1rm"] == 257.169
    assert (found["best_e1rm"]["formula"], found["best_e1rm"]["version"]) == ("epley", "0.0333")


@pytest.mark.requirement("REP-12")
async def test_the_chart_shows_all_points_whatever_the_page(stronger: Gym) -> None:
    asked = {"exercise_id": stronger.lifts[0], "page_size": 1}
    answer = await stronger.athlete.get(PATH, params={**asked, "format": "series"})
    files = {
        form: await stronger.athlete.get(PATH, params={**asked, "format": form})
        for form in ("svg", "png", "csv")
    }

    chart = conforming(answer)
    assert (chart["kind"], chart["labels"]) == ("line", list(DAYS))
    assert {one["name"]: one["values"] for one in chart["series"]} == {
        "Heaviest repetition": [100, 90, 110],
        "Estimated maximum": [116.583, 104.924, 128.241],
        "Best so far": [100, 100, 110],
    }
    assert answer.json()["pagination"] is None
    assert b"<svg" in files["svg"].content
    assert files["png"].content.startswith(b"\x89PNG")
    assert files["csv"].text.splitlines()[0].startswith("date,session_date,session_id,sessions")


@pytest.mark.requirement("REP-04")
async def test_an_exercise_never_done_has_no_points(gym: Gym) -> None:
    answer = await gym.athlete.get(PATH, params={"exercise_id": gym.lifts[2]})

    assert answer.json()["data"] == []
    assert answer.json()["pagination"]["total_items"] == 0
    assert (
        conforming(
            await gym.athlete.get(PATH, params={"exercise_id": gym.lifts[2], "format": "series"})
        )["title"]
        == "Weight progression"
    )


@pytest.mark.requirement("REP-04", "BEY-10")
async def test_a_deleted_session_takes_its_point_and_its_record_along(stronger: Gym) -> None:
    best = (await points(stronger))[0]

    deleted = await stronger.athlete.delete(f"/sessions/{best['session_id']}")

    assert deleted.status_code == 204
    found = await points(stronger)
    assert [(one["weight"], one["record_weight"]) for one in found] == [(90, 90), (110, 110)]


@pytest.mark.requirement("REP-13")
@pytest.mark.parametrize("name", ["weight-progression", "personal-records"])
async def test_what_did_not_change_is_not_sent_again(stronger: Gym, name: str) -> None:
    path, asked = f"/reports/{name}", {"exercise_id": stronger.lifts[0]}
    tag = (await stronger.athlete.get(path, params=asked)).headers["etag"]

    again = await stronger.athlete.get(path, params=asked, headers={"If-None-Match": tag})
    await day(stronger, "2026-03-04", {"weight": 120})
    changed = await stronger.athlete.get(path, params=asked, headers={"If-None-Match": tag})

    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (changed.status_code, changed.headers["etag"] == tag) == (200, False)
