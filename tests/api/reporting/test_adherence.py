"""How much of what was planned was done, by the athlete's local days."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.contract import conforming
from tests.api.reporting.conftest import reported
from tests.builders.gym import Gym
from tests.builders.people import People
from tests.fakes.clock import AdjustableClock

PATH = "/reports/adherence"


async def planned(gym: Gym, clock: AdjustableClock, days: int, **fields: Any) -> dict[str, Any]:
    """Plan a workout so many days from now."""
    day = (clock.now() + timedelta(days=days)).isoformat()
    return await gym.assigned(scheduled_date=day, **fields)


async def done(gym: Gym, clock: AdjustableClock, workout: dict[str, Any], days: int) -> None:
    """Do two of three sets of a workout so many days from now."""
    day = (clock.now() + timedelta(days=days)).isoformat()
    session = await gym.started(workout, session_date=day)
    body = {"completed_sets": 2}
    path = f"/sessions/{session['id']}/exercises/{gym.lifts[0]}/progress"
    assert (await gym.athlete.put(path, json=body)).is_success
    await gym.completed(session)


@pytest.mark.requirement("BEY-13")
async def test_plans_are_completed_missed_or_to_come(gym: Gym, clock: AdjustableClock) -> None:
    for ago in (-8, -5, -3):
        workout = await planned(gym, clock, ago)
        if ago != -5:
            await done(gym, clock, workout, ago + (ago == -3))
    await planned(gym, clock, 2)
    off = await planned(gym, clock, -4)
    await gym.trainer.post(f"/workouts/{off['id']}/cancel")
    until = (clock.now() + timedelta(days=6)).date().isoformat()

    found = conforming(await gym.athlete.get(PATH, params={"to_date": until}))

    counts = ("planned", "completed", "completed_on_day", "missed", "upcoming")
    assert [found[name] for name in counts] == [4, 2, 1, 1, 1]
    assert found["completion"] == 0.6667
    assert (found["planned_sets"], found["completed_sets"]) == (6, 4)
    assert sum(week["planned"] for week in found["weeks"]) == 4


@pytest.mark.requirement("BEY-13", "BEY-09")
async def test_a_day_ends_where_the_athlete_lives(gym: Gym, clock: AdjustableClock) -> None:
    body = {"first_name": "Eva", "last_name": "Fux", "time_zone": "Pacific/Kiritimati"}
    assert (await gym.athlete.put("/me", json=body)).is_success
    day = (clock.now() - timedelta(days=9)).date()
    await gym.assigned(scheduled_date=f"{day}T11:30:00Z")

    found = await reported(
        gym.athlete,
        "adherence",
        from_date=(day + timedelta(days=1)).isoformat(),
        to_date=(day + timedelta(days=1)).isoformat(),
    )

    assert found["planned"] == 1


@pytest.mark.requirement("BEY-13")
async def test_a_set_is_done_where_it_was_logged_as_well(gym: Gym, clock: AdjustableClock) -> None:
    session = await gym.started(await planned(gym, clock, 0))
    for _ in range(4):
        await gym.logged(session)
    await gym.completed(session)

    found = await reported(gym.athlete, "adherence")

    assert (found["planned_sets"], found["completed_sets"]) == (3, 3)


async def test_nothing_planned_has_no_share(gym: Gym) -> None:
    found = await reported(gym.athlete, "adherence")

    assert (found["planned"], found["completion"], found["weeks"]) == (0, None, [])


async def test_only_what_concerns_an_exercise_may_be_asked_for(
    gym: Gym, clock: AdjustableClock
) -> None:
    other = await planned(gym, clock, -2, exercises=[gym.prescription(1)])
    await planned(gym, clock, -2)

    found = await reported(gym.athlete, "adherence", exercise_id=gym.lifts[1])

    assert found["planned"] == 1
    assert other["id"]


@pytest.mark.requirement("BEY-13", "BEY-14")
async def test_what_stood_in_for_a_planned_exercise_was_planned_of_it(
    gym: Gym, clock: AdjustableClock
) -> None:
    both = [gym.prescription(), gym.prescription(1, sets=4)]
    workout = await planned(gym, clock, 0, exercises=both)
    session = await gym.started(workout)
    at = f"/sessions/{session['id']}/exercises"
    swap = {"exercise_id": gym.lifts[2]}
    for lift, sets in ((0, 1), (2, 1)):
        body = {"completed_sets": sets}
        path = f"{at}/{gym.lifts[lift]}/progress"
        assert (await gym.athlete.put(path, json=body)).is_success
        if lift == 0:
            path = f"{at}/{gym.lifts[0]}/substitute"
            assert (await gym.athlete.post(path, json=swap)).is_success
    await gym.completed(session)

    of_all = await reported(gym.athlete, "adherence")
    of_one = await reported(gym.athlete, "adherence", exercise_id=gym.lifts[0])

    assert (of_all["planned_sets"], of_all["completed_sets"]) == (7, 2)
    assert (of_one["planned_sets"], of_one["completed_sets"]) == (3, 2)


@pytest.mark.requirement("REP-06")
async def test_a_plan_made_or_done_is_in_the_next_answer(gym: Gym, clock: AdjustableClock) -> None:
    answers = [await reported(gym.athlete, "adherence")]
    workout = await planned(gym, clock, -1)
    answers.append(await reported(gym.athlete, "adherence"))
    await done(gym, clock, workout, 0)
    answers.append(await reported(gym.athlete, "adherence"))

    assert [one["planned"] for one in answers] == [0, 1, 1]
    assert [one["completed"] for one in answers] == [0, 0, 1]


@pytest.mark.requirement("REP-12")
async def test_the_series_stacks_what_became_of_plans(gym: Gym, clock: AdjustableClock) -> None:
    await planned(gym, clock, -1)

    chart = await reported(gym.athlete, "adherence", format="series")

    assert chart["kind"] == "stacked_bar"
    assert {one["name"]: one["values"] for one in chart["series"]} == {
        "Completed": [0],
        "Missed": [1],
        "Upcoming": [0],
    }


@pytest.mark.requirement("REP-06", "BEY-09")
async def test_days_follow_an_athlete_who_moves(gym: Gym, clock: AdjustableClock) -> None:
    monday = clock.now().date() - timedelta(days=clock.now().weekday() + 7)
    await gym.assigned(scheduled_date=f"{monday}T01:00:00Z")
    before = await reported(gym.athlete, "adherence")
    body = {"first_name": "Eva", "last_name": "Fux", "time_zone": "America/New_York"}

    assert (await gym.athlete.put("/me", json=body)).is_success

    [week] = (await reported(gym.athlete, "adherence"))["weeks"]
    assert before["weeks"][0]["starts_on"] == monday.isoformat()
    assert week["starts_on"] == (monday - timedelta(days=7)).isoformat()


@pytest.mark.requirement("REP-06")
async def test_a_workout_given_to_another_is_no_more_in_the_plans_of_who_had_it(
    people: People, gym: Gym, clock: AdjustableClock
) -> None:
    workout = await planned(gym, clock, -2)
    before = await reported(gym.athlete, "adherence")
    other = await people.athlete()
    await people.relate(gym.trainer, other)

    given = await gym.trainer.post(
        f"/workouts/{workout['id']}/assign", {"athlete_id": other.athlete_id}
    )

    assert given.is_success, given.text
    assert before["planned"] == 1
    assert (await reported(gym.athlete, "adherence"))["planned"] == 0
    assert (await reported(other, "adherence"))["planned"] == 1
