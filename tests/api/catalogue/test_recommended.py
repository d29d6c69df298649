"""Recommended exercises: by type of workout and by what the athlete did."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest

from tests.builders.administrators import administrator
from tests.builders.catalogue import an_exercise_of, shipped
from tests.builders.gym import NOON
from tests.builders.people import People, Person

PATH = "/exercises/recommended"


async def recommended(person: Person, **query: Any) -> list[dict[str, Any]]:
    """Ask for recommendations for strength."""
    answer = await person.get(PATH, params={"workout_type": "strength", "limit": 100, **query})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


async def performed(athlete: Person, exercise_id: str, *, times: int, when: str = NOON) -> None:
    """Let an athlete do one set of an exercise in each of some sessions."""
    for _ in range(times):
        begun = await athlete.post("/sessions", json={"name": "Own", "session_date": when})
        path = f"/sessions/{begun.json()['data']['id']}"
        one = {"exercise_id": exercise_id, "set_type": "normal", "weight": 60, "number_reps": 5}
        assert (await athlete.post(f"{path}/sets", json=one)).status_code == 201
        assert (await athlete.post(f"{path}/complete")).status_code == 200


@pytest.mark.requirement("CAT-04")
async def test_they_are_ranked_by_history_and_type_with_reasons(people: People, clock: Any) -> None:
    athlete = await people.athlete()
    row, curl = (
        await shipped(athlete, "Barbell Row"),
        await shipped(athlete, "Dumbbell Hammer Curl"),
    )
    stretch = await shipped(athlete, "Child's Pose")
    today = clock.now().isoformat()
    await performed(athlete, row["id"], times=5, when=today)
    await performed(athlete, curl["id"], times=1, when=today)

    found = await recommended(athlete)

    scores = [one["score"] for one in found]
    places = {one["id"]: place for place, one in enumerate(found)}
    assert scores == sorted(scores, reverse=True)
    assert places[row["id"]] == 0
    assert stretch["id"] not in places
    first = found[0]
    assert {name: first[name] for name in row} == row
    assert first["reasons"] == ["fits_workout_type", "often_performed", "recently_performed"]
    assert (first["sessions"], first["last_performed_at"] is not None) == (5, True)
    never = next(one for one in found if one["name"] == "Barbell Back Squat")
    assert (never["sessions"], never["last_performed_at"]) == (0, None)
    assert never["reasons"] == ["fits_workout_type"]


@pytest.mark.requirement("CAT-04")
async def test_another_type_recommends_others(people: People) -> None:
    athlete = await people.athlete()

    found = await recommended(athlete, workout_type="flexibility")

    assert {one["category"] for one in found} == {"stretching"}


@pytest.mark.requirement("CAT-04")
async def test_inactive_ones_are_not_recommended_however_often_they_were_done(
    people: People, clock: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    exercise = await an_exercise_of(trainer)
    await performed(athlete, exercise["id"], times=2, when=clock.now().isoformat())
    before = await recommended(athlete)

    assert (await trainer.post(f"/exercises/{exercise['id']}/archive")).status_code == 200
    after = await recommended(athlete)

    assert before[0]["id"] == exercise["id"]
    assert exercise["id"] not in {one["id"] for one in after}


@pytest.mark.requirement("CAT-04")
async def test_sessions_of_more_than_180_days_ago_count_no_more(people: People, clock: Any) -> None:
    athlete = await people.athlete()
    row, pull_up = await shipped(athlete, "Barbell Row"), await shipped(athlete, "Pull-Up")
    for exercise, days in ((row, 181), (pull_up, 179)):
        when = (clock.now() - timedelta(days=days)).isoformat()
        await performed(athlete, exercise["id"], times=1, when=when)

    found = {one["name"]: one["sessions"] for one in await recommended(athlete)}

    assert found["Pull-Up"] == 1
    assert found.get("Barbell Row", 0) == 0


@pytest.mark.requirement("CAT-04")
async def test_a_coach_sees_an_athlete_s_with_the_scope_and_it_is_noted(
    people: People, clock: Any, container: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    exercise = await an_exercise_of(trainer)
    await performed(athlete, exercise["id"], times=1, when=clock.now().isoformat())

    found = await recommended(trainer, athlete_id=athlete.athlete_id)
    own = await recommended(trainer)
    await container.access_log().flush()
    log = (await athlete.get("/coaching/access-log")).json()["data"]

    assert (found[0]["id"], found[0]["sessions"]) == (exercise["id"], 1)
    assert {one["sessions"] for one in own} == {0}
    assert "recommend_exercises" in {one["operation"] for one in log}
    athletes = await recommended(athlete, athlete_id=athlete.athlete_id)
    assert athletes[0]["sessions"] == 1


@pytest.mark.requirement("CAT-04")
async def test_without_the_scope_or_a_relation_there_is_nothing_to_see(
    people: People, database: Any
) -> None:
    trainer, athlete = await people.coached_pair(["view_workouts"])
    stranger, admin = await people.trainer(), await administrator(people, database)
    query = {"workout_type": "strength", "athlete_id": athlete.athlete_id}

    without = await trainer.get(PATH, params=query)
    of_nobody = await stranger.get(PATH, params=query)

    assert (without.status_code, without.json()["code"]) == (403, "scope_required")
    assert (of_nobody.status_code, of_nobody.json()["code"]) == (404, "athlete_not_found")
    assert (await admin.get(PATH, params=query)).status_code == 200


async def test_a_limit_limits(people: People) -> None:
    athlete = await people.athlete()

    assert len(await recommended(athlete, limit=3)) == 3


@pytest.mark.parametrize(
    "query",
    [{}, {"workout_type": "dancing"}, {"workout_type": "hiit", "limit": 0}, {"type": "strength"}],
)
async def test_a_bad_question_is_refused(people: People, query: dict[str, Any]) -> None:
    athlete = await people.athlete()

    assert (await athlete.get(PATH, params=query)).status_code == 400


async def test_a_stranger_is_recommended_nothing(api: httpx2.AsyncClient) -> None:
    assert (await api.get(PATH, params={"workout_type": "strength"})).status_code == 401
