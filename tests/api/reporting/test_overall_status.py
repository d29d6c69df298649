"""How training goes on the whole: repetitions that succeeded and failed, from every set."""

from typing import Any

import pytest

from tests.api.contract import conforming
from tests.api.reporting.conftest import reported
from tests.builders.gym import Gym
from tests.builders.log import brief
from tests.builders.people import People
from workout_presentation.composition.container import Container

PATH = "/reports/overall-status"


def reps(*successes: bool) -> list[dict[str, Any]]:
    return [
        {"rep_number": number, "weight": 100, "unit": "kilograms", "success": success}
        for number, success in enumerate(successes, start=1)
    ]


@pytest.mark.requirement("REP-01")
async def test_the_sums_match_the_repetitions_noted(gym: Gym) -> None:
    session = await gym.begun()
    await gym.logged(session, number_reps=5)
    await gym.logged(session, number_reps=None, reps=reps(True, True, False))
    await gym.logged(session, number_reps=None, reps=reps(False), set_type="warm_up")
    await gym.completed(session, duration_minutes=50)

    answer = await gym.athlete.get(PATH)

    found = conforming(answer)
    assert found["successful_reps"] == 7
    assert found["failed_reps"] == 2
    assert found["total_reps"] == 9
    assert found["success_rate"] == 0.7778
    assert (found["sets"], found["working_sets"], found["warm_up_sets"]) == (3, 2, 1)
    assert (found["sessions"], found["completed_sessions"], found["minutes"]) == (1, 1, 50)


@pytest.mark.requirement("REP-01")
async def test_nothing_trained_is_a_report_of_nothing(gym: Gym) -> None:
    found = conforming(await gym.athlete.get(PATH))

    assert (found["sessions"], found["total_reps"], found["volume"]) == (0, 0, 0)
    assert found["success_rate"] is None


@pytest.mark.requirement("REP-01", "REP-06")
async def test_a_repetition_of_a_running_session_is_in_the_next_answer(gym: Gym) -> None:
    session = await gym.begun()
    logged = await gym.logged(session, number_reps=2)
    before = await reported(gym.athlete, "overall-status")
    await gym.athlete.post(f"/sets/{logged['id']}/reps", json={"success": False})

    after = await reported(gym.athlete, "overall-status")

    assert (before["successful_reps"], before["failed_reps"]) == (2, 0)
    assert (after["successful_reps"], after["failed_reps"]) == (2, 1)


@pytest.mark.requirement("REP-08")
async def test_a_period_leaves_out_what_is_not_of_its_days(gym: Gym) -> None:
    for day, count in (("2026-03-01", 1), ("2026-03-02", 2), ("2026-03-03", 4)):
        session = await gym.begun(session_date=f"{day}T12:00:00Z")
        await gym.logged(session, number_reps=count)
        await gym.completed(session)

    async def counted(**period: str) -> int:
        found = await reported(gym.athlete, "overall-status", **period)
        total: int = found["total_reps"]
        return total

    assert await counted() == 7
    assert await counted(from_date="2026-03-02") == 6
    assert await counted(to_date="2026-03-02") == 3
    assert await counted(from_date="2026-03-02", to_date="2026-03-02") == 2
    assert await counted(from_date="2026-03-02T12:00:00Z") == 6
    assert await counted(from_date="2026-03-02T12:00:01Z") == 4
    assert await counted(exercise_id=gym.lifts[0]) == 7
    assert await counted(exercise_id=gym.lifts[1]) == 0


@pytest.mark.requirement("REP-08")
async def test_everything_wrong_with_a_question_is_said_at_once(gym: Gym) -> None:
    asked = {"from_date": "yesterday", "to_date": "2026-02-30", "format": "xml"}

    answer = await gym.athlete.get(PATH, params=asked)

    assert answer.status_code == 400
    assert [one["pointer"] for one in answer.json()["errors"]] == [f"/{name}" for name in asked]


@pytest.mark.requirement("REP-08")
@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"from_date": "yesterday"}, "/from_date"),
        ({"from_date": "2026-03-02", "to_date": "2026-03-01"}, "/to_date"),
        ({"athlete_id": "me"}, "/athlete_id"),
        ({"unit": "stones"}, "/unit"),
        ({"format": "xml"}, "/format"),
        ({"page": "1"}, "/page"),
    ],
)
async def test_what_cannot_be_asked_is_refused(
    gym: Gym, asked: dict[str, str], pointer: str
) -> None:
    answer = await gym.athlete.get(PATH, params=asked)

    assert answer.status_code == 400, answer.text
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]


@pytest.mark.requirement("REP-08")
@pytest.mark.parametrize("report", ["overall-status", "recent-activity", "load-trend", "adherence"])
@pytest.mark.parametrize(
    "asked",
    [
        {"to_date": "0001-01-01"},
        {"to_date": "0001-01-01T00:00:00Z"},
        {"from_date": "0001-01-01T00:00:00Z", "to_date": "0001-01-02T00:00:00Z"},
        {"from_date": "9999-12-31T00:00:00Z", "to_date": "9999-12-31T23:59:59Z"},
    ],
)
async def test_at_the_ends_of_time_there_is_nothing(
    gym: Gym, report: str, asked: dict[str, str]
) -> None:
    for form in ("json", "svg"):
        answer = await gym.athlete.get(f"/reports/{report}", params={**asked, "format": form})
        assert answer.status_code == 200, answer.text


@pytest.mark.requirement("REP-08")
async def test_no_day_stands_for_no_day(gym: Gym) -> None:
    asked = {"from_date": "1900-01-01", "to_date": "2026-03-31"}

    answer = await gym.athlete.get("/reports/load-trend", params=asked)

    assert answer.status_code == 400, answer.text


@pytest.mark.requirement("BEY-01", "SEC-03")
async def test_a_coach_reads_with_the_scope_and_is_noted(gym: Gym, container: Container) -> None:
    session = await gym.begun()
    await gym.logged(session, number_reps=3)
    of_athlete = {"athlete_id": gym.athlete.athlete_id}

    found = await reported(gym.trainer, "overall-status", **of_athlete)

    assert found["successful_reps"] == 3
    await container.access_log().flush()
    assert ("read", "report", "get_overall_status") in await brief(gym.athlete)


@pytest.mark.requirement("BEY-01", "SEC-03")
async def test_others_learn_nothing(people: People) -> None:
    trainer, athlete = await people.coached_pair(["view_sessions"])
    stranger = await people.trainer()
    asked = {"athlete_id": athlete.athlete_id}

    without_scope = await trainer.get(PATH, params=asked)
    without_relation = await stranger.get(PATH, params=asked)
    of_nobody = await stranger.get(PATH, params={"athlete_id": stranger.user["id"]})

    assert (without_scope.status_code, without_scope.json()["code"]) == (403, "scope_required")
    assert (without_relation.status_code, without_relation.json()["code"]) == (
        404,
        "athlete_not_found",
    )
    assert of_nobody.status_code == 404


@pytest.mark.requirement("REP-13")
async def test_what_did_not_change_is_not_sent_again(gym: Gym) -> None:
    session = await gym.begun()
    await gym.logged(session)
    first = await gym.athlete.get(PATH)
    tag = first.headers["etag"]
    again = await gym.athlete.get(PATH, headers={"If-None-Match": tag})
    await gym.logged(session)

    changed = await gym.athlete.get(PATH, headers={"If-None-Match": tag})

    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


@pytest.mark.requirement("REP-12")
async def test_every_form_can_be_asked_for(gym: Gym) -> None:
    session = await gym.begun()
    await gym.logged(session, number_reps=4)

    series = await reported(gym.athlete, "overall-status", format="series")
    files = {
        form: await gym.athlete.get(PATH, params={"format": form}) for form in ("svg", "png", "csv")
    }

    assert series["labels"] == ["successful", "failed"]
    assert series["series"][0]["values"] == [4, 0]
    assert files["svg"].headers["content-type"].startswith("image/svg+xml")
    assert b"<svg" in files["svg"].content
    assert files["png"].content.startswith(b"\x89PNG")
    assert files["csv"].text.splitlines()[0].startswith("sessions,completed_sessions")


@pytest.mark.requirement("REP-08")
async def test_the_answer_says_when_it_was_made(gym: Gym) -> None:
    meta = (await gym.athlete.get(PATH)).json()["meta"]

    assert set(meta) == {"as_of", "generated_at"}
    assert meta["as_of"].endswith("Z")
    assert meta["as_of"] <= meta["generated_at"]
