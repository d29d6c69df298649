"""What somebody is better at than ever: each record with the set it was and what it beat."""

from typing import Any

import pytest

from tests.api.contract import conforming
from tests.builders.gym import Gym, made

PATH = "/reports/personal-records"
DAYS = ("2026-03-01", "2026-03-02", "2026-03-03")


async def day(gym: Gym, on: str, *sets: dict[str, Any]) -> str:
    """Let the athlete train on a day; return the session."""
    session = await gym.begun(session_date=f"{on}T12:00:00Z")
    for one in sets:
        await gym.logged(session, **one)
    await gym.completed(session)
    return str(session["id"])


async def rows(gym: Gym, **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = conforming(
        await gym.athlete.get(PATH, params={"page_size": 100, **asked})
    )
    return found


@pytest.fixture
async def stronger(gym: Gym) -> Gym:
    """Return an athlete who lifted 100, 110 and 105 kg five times on three days."""
    for on, kg in zip(DAYS, (100, 110, 105), strict=True):
        await day(gym, on, {"weight": kg})
    return gym


@pytest.mark.requirement("REP-05")
async def test_a_record_names_its_set_and_what_it_beat(stronger: Gym) -> None:
    [found] = await rows(stronger, kind="weight")

    shown = {name: found[name] for name in ("value", "previous_value", "improvement", "unit")}
    assert shown == {
        "value": 110,
        "previous_value": 100,
        "improvement": 10,
        "unit": "kilograms",
    }
    assert (found["exercise_id"], found["date"]) == (stronger.lifts[0], DAYS[1])
    assert found["reps"] is None
    assert found["is_current"]
    session = await stronger.seen(f"/sessions/{found['session_id']}")
    assert found["set_id"] in str(session)
    assert session["local_date"] == DAYS[1]


@pytest.mark.requirement("REP-05")
async def test_to_equal_a_record_is_none(stronger: Gym) -> None:
    before = await rows(stronger, current=False)
    await day(stronger, "2026-03-04", {"weight": 110})

    assert await rows(stronger, current=False) == before


@pytest.mark.requirement("REP-05")
async def test_beaten_records_are_shown_where_they_are_asked_for(stronger: Gym) -> None:
    found = await rows(stronger, kind="weight", current=False)

    assert [(one["value"], one["is_current"]) for one in found] == [(110, True), (100, False)]
    assert found[1]["previous_value"] is None
    assert found[1]["improvement"] is None


@pytest.mark.requirement("REP-05")
async def test_every_kind_has_its_measure(gym: Gym) -> None:
    await day(gym, DAYS[0], {"weight": 100, "number_reps": 5}, {"weight": 60, "number_reps": 10})

    found = {(one["kind"], one["reps"]): one for one in await rows(gym)}

    loads = {key: one["value"] for key, one in found.items() if one["kind"] != "e1rm"}
    assert loads == {
        ("weight", None): 100,
        ("reps", 5): 100,
        ("reps", 10): 60,
        ("set_volume", None): 600,
        ("session_volume", None): 1100,
    }
    assert found["e1rm", None]["value"] == 116.583
    assert found["session_volume", None]["set_id"] is None


@pytest.mark.requirement("REP-05", "BEY-08")
async def test_repetitions_time_and_distance_have_records_too(
    gym: Gym, catalogue: dict[str, list[str]]
) -> None:
    timed, far = catalogue["duration"][0], catalogue["distance"][0]
    bare = {"weight": None, "unit": None, "number_reps": None}
    await day(
        gym,
        DAYS[0],
        {"exercise_id": catalogue["reps"][0], **bare, "number_reps": 12},
        {"exercise_id": timed, **bare, "duration_seconds": 90},
        {"exercise_id": far, **bare, "distance_meters": 400},
    )

    found = {one["kind"]: (one["value"], one["unit"]) for one in await rows(gym)}

    assert found["most_reps"] == (12, "repetitions")
    assert found["duration"] == (90, "seconds")
    assert found["distance"] == (400, "meters")


@pytest.mark.requirement("REP-05", "BEY-08")
async def test_a_weight_of_nothing_is_none_and_that_of_each_repetition_is_one(gym: Gym) -> None:
    of_each = [{"rep_number": number, "weight": 50} for number in range(1, 13)]
    await day(
        gym,
        DAYS[0],
        {"weight": None, "unit": None, "number_reps": 4},
        {"weight": 0, "number_reps": 9},
        {"weight": None, "number_reps": None, "reps": of_each},
    )

    [found] = await rows(gym, kind="most_reps")

    assert found["value"] == 9


@pytest.mark.requirement("REP-05", "BEY-04")
@pytest.mark.parametrize(
    ("formula", "value", "previous", "version"),
    [
        ("median_of_seven", 128.241, 116.583, "1"),
        ("epley", 128.315, 116.65, "0.0333"),
        ("brzycki", 123.75, 112.5, "1993"),
    ],
)
async def test_estimates_name_formula_version_and_what_they_were_made_of(
    stronger: Gym, formula: str, value: float, previous: float, version: str
) -> None:
    [found] = await rows(stronger, kind="e1rm", formula=formula)

    assert (found["value"], found["previous_value"]) == (value, previous)
    assert found["estimate"] == {
        "formula": formula,
        "version": version,
        "reliability": "high",
        "weight": 110,
        "reps": 5,
    }


@pytest.mark.requirement("REP-05", "REP-08")
async def test_pages_follow_the_order_and_know_the_total(gym: Gym) -> None:
    for place in range(4):
        await day(gym, f"2026-03-0{place + 1}", {"exercise_id": gym.lifts[place]})
    everything = await rows(gym)

    second = await gym.athlete.get(PATH, params={"page": 2, "page_size": 5})
    third = await gym.athlete.get(PATH, params={"page": 3, "page_size": 5})

    pagination = second.json()["pagination"]
    assert pagination["total_items"] == len(everything) == 20
    assert (pagination["current_page"], pagination["total_pages"]) == (2, 4)
    assert pagination["has_next"]
    assert pagination["has_previous"]
    assert second.json()["data"] == everything[5:10]
    assert third.json()["data"] == everything[10:15]
    dates = [one["date"] for one in everything]
    assert dates == sorted(dates, reverse=True)
    assert {'rel="next"', 'rel="prev"'} <= set(second.headers["link"].replace(",", ";").split("; "))


@pytest.mark.requirement("REP-05", "REP-08")
async def test_records_are_sorted_by_what_is_shown(gym: Gym) -> None:
    for place, kg in enumerate((80, 120, 100)):
        await day(gym, DAYS[place], {"exercise_id": gym.lifts[place], "weight": kg})

    by_value = await rows(gym, sort="-value", unit="pounds", formula="lander")
    by_name = await rows(gym, sort="exercise_name", kind="weight")
    by_date = await rows(gym, sort="date", kind="weight")

    values = [one["value"] for one in by_value]
    names = [one["exercise_name"].lower() for one in by_name]
    assert values == sorted(values, reverse=True)
    assert names == sorted(names)
    assert [one["value"] for one in by_date] == [80, 120, 100]


@pytest.mark.requirement("REP-05", "REP-08")
async def test_records_are_narrowed_by_exercise_and_by_when_they_were_set(stronger: Gym) -> None:
    await day(stronger, DAYS[2], {"exercise_id": stronger.lifts[1]})

    async def set_on(**period: str) -> list[float]:
        asked = {"kind": "weight", "exercise_id": stronger.lifts[0], "current": False}
        return [one["value"] for one in await rows(stronger, **asked, **period)]

    assert await set_on() == [110, 100]
    assert await set_on(to_date=DAYS[0]) == [100]
    assert await set_on(from_date=DAYS[1]) == [110]
    assert await set_on(from_date=DAYS[2]) == []
    others = await rows(stronger, exercise_id=stronger.lifts[1])
    assert {one["exercise_id"] for one in others} == {stronger.lifts[1]}


@pytest.mark.requirement("REP-05", "BEY-10")
async def test_a_typo_corrected_gives_the_record_back(gym: Gym) -> None:
    await day(gym, DAYS[0], {"weight": 100})
    session = await gym.begun(session_date=f"{DAYS[1]}T12:00:00Z")
    typo = await gym.logged(session, weight=1000)
    [wrong] = await rows(gym, kind="weight")

    corrected = await gym.athlete.put(f"/sets/{typo['id']}", json={"weight": 90})
    assert corrected.status_code == 200, corrected.text

    [right] = await rows(gym, kind="weight")
    assert (wrong["value"], right["value"], right["date"]) == (1000, 100, DAYS[0])


@pytest.mark.requirement("REP-05")
async def test_warm_ups_and_failed_repetitions_hold_no_record(gym: Gym) -> None:
    reps = [{"rep_number": 1, "weight": 150, "unit": "kilograms", "success": False}]
    await day(
        gym,
        DAYS[0],
        {"weight": 200, "set_type": "warm_up"},
        {"weight": 150, "number_reps": None, "reps": reps},
    )

    assert await rows(gym) == []


@pytest.mark.requirement("REP-12")
async def test_a_chart_of_an_exercise_is_a_line_over_time(stronger: Gym) -> None:
    chart = conforming(
        await stronger.athlete.get(
            PATH, params={"format": "series", "exercise_id": stronger.lifts[0]}
        )
    )
    by_reps = conforming(
        await stronger.athlete.get(
            PATH, params={"format": "series", "exercise_id": stronger.lifts[0], "kind": "reps"}
        )
    )

    assert (chart["kind"], chart["labels"]) == ("line", [DAYS[0], DAYS[1]])
    assert {one["name"]: one["values"] for one in chart["series"]} == {
        "Heaviest repetition": [100, 110],
        "Estimated maximum": [116.583, 128.241],
    }
    assert [one["name"] for one in by_reps["series"]] == ["1 or more", "3 or more", "5 or more"]


@pytest.mark.requirement("REP-12")
async def test_a_chart_of_all_exercises_has_a_bar_for_each(stronger: Gym) -> None:
    await day(stronger, DAYS[2], {"exercise_id": stronger.lifts[1], "weight": 130})

    answer = await stronger.athlete.get(PATH, params={"format": "series"})
    files = {
        form: await stronger.athlete.get(PATH, params={"format": form})
        for form in ("svg", "png", "csv")
    }

    chart = conforming(answer)
    assert chart["kind"] == "bar"
    assert chart["series"][0]["values"] == [151.557, 128.241]
    assert answer.json()["pagination"] is None
    assert b"<svg" in files["svg"].content
    assert files["png"].content.startswith(b"\x89PNG")
    header = files["csv"].text.splitlines()[0]
    assert header.startswith("exercise_id,exercise_name,kind,reps,value,unit,previous_value")
    assert header.endswith("estimate_weight,estimate_reps")


@pytest.mark.requirement("REP-12")
async def test_nothing_lifted_is_an_empty_list_and_an_empty_chart(gym: Gym) -> None:
    assert await rows(gym) == []
    for asked in ({}, {"exercise_id": gym.lifts[0]}):
        chart = conforming(await gym.athlete.get(PATH, params={"format": "series", **asked}))
        assert chart["labels"] == []


@pytest.mark.requirement("REP-05", "REP-08")
async def test_what_cannot_be_asked_is_refused(gym: Gym) -> None:
    asked = {"kind": "beauty", "sort": "shoe_size", "formula": "guess", "page": 0}

    answer = await gym.athlete.get(PATH, params=asked)

    assert answer.status_code == 400
    pointers = {error["pointer"] for error in answer.json()["errors"]}
    assert pointers == {"/kind", "/sort", "/formula", "/page"}


@pytest.mark.requirement("REP-06")
async def test_a_repetition_more_is_a_record_at_once(gym: Gym) -> None:
    session = await gym.begun()
    logged = await gym.logged(session, number_reps=2)
    [before] = await rows(gym, kind="set_volume", exercise_id=gym.lifts[0])
    await made(gym.athlete, f"/sets/{logged['id']}/reps", {"weight": 100, "unit": "kilograms"})

    [after] = await rows(gym, kind="set_volume", exercise_id=gym.lifts[0])

    assert (before["value"], after["value"]) == (200, 300)
