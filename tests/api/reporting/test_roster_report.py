"""A trainer's athletes at a glance, in one answer."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.contract import conforming
from tests.builders.catalogue import an_exercise_of
from tests.builders.gym import Gym
from tests.builders.people import People, Person
from tests.fakes.clock import AdjustableClock
from workout_presentation.composition.container import Container

PATH = "/reports/roster"


async def trained(gym: Gym, clock: AdjustableClock, ago: int, **fields: Any) -> None:
    """Do five repetitions of 100 kg so many days ago, for an hour at an RPE of six."""
    day = (clock.now() - timedelta(days=ago)).isoformat()
    session = await gym.begun(session_date=day)
    await gym.logged(session, **fields)
    await gym.completed(session, duration_minutes=60, session_rpe=6)


async def planned(gym: Gym, clock: AdjustableClock, days: int) -> dict[str, Any]:
    """Plan a workout so many days from now."""
    return await gym.assigned(scheduled_date=(clock.now() + timedelta(days=days)).isoformat())


async def roster(trainer: Person, **asked: Any) -> list[dict[str, Any]]:
    """Read it."""
    found: list[dict[str, Any]] = conforming(await trainer.get(PATH, params=asked))
    return found


@pytest.mark.requirement("BEY-13")
async def test_an_athlete_is_shown_with_what_they_did_and_are_to_do(
    gym: Gym, clock: AdjustableClock
) -> None:
    lift = await an_exercise_of(gym.trainer, primary_muscles=["lats"], secondary_muscles=["biceps"])
    for ago, weight in ((35, 90), (10, 95), (0, 100)):
        await trained(gym, clock, ago, exercise_id=lift["id"], weight=weight)
    workout = await planned(gym, clock, -6)
    await gym.completed(await gym.started(workout))
    await planned(gym, clock, -3)
    await planned(gym, clock, 2)

    [one] = await roster(gym.trainer)

    assert (one["athlete_id"], one["username"]) == (
        gym.athlete.athlete_id,
        gym.athlete.user["username"],
    )
    assert (one["sessions_7_days"], one["sessions_28_days"]) == (2, 3)
    assert (one["days_since_last_session"], one["is_training_now"]) == (0, False)
    assert (one["volume_this_week"], one["hard_sets_this_week"]) == (500, 1)
    assert one["muscles_this_week"] == [
        {"muscle": "lats", "hard_sets": 1},
        {"muscle": "biceps", "hard_sets": 0.5},
    ]
    assert one["new_records"] == 1
    assert one["plans"] == {
        "due": 2,
        "completed": 1,
        "missed": 1,
        "completion": 0.5,
        "upcoming": 1,
        "next_planned": (clock.now() + timedelta(days=2)).date().isoformat(),
    }
    assert one["load"] == {
        "acute": 51.4286,
        "chronic": 25.7143,
        "ratio": 2,
        "unrated_sessions": 1,
    }
    assert one["needs_attention"] == []


@pytest.mark.requirement("BEY-13")
async def test_those_who_need_attention_come_first(
    gym: Gym, people: People, clock: AdjustableClock
) -> None:
    await trained(gym, clock, 1)
    await planned(gym, clock, 1)
    quiet = await people.athlete()
    await people.relate(gym.trainer, quiet)
    other = Gym(gym.trainer, quiet, gym.lifts, {})
    await trained(other, clock, 8)
    for days in (-3, -2):
        await planned(other, clock, days)

    first, second = await roster(gym.trainer)

    assert first["athlete_id"] == quiet.athlete_id
    assert first["needs_attention"] == [
        "not_trained_lately",
        "missed_workouts",
        "nothing_planned",
    ]
    assert second["needs_attention"] == []


@pytest.mark.requirement("BEY-13", "IAM-31")
async def test_whoever_withdraws_the_right_is_not_shown_any_more(gym: Gym, people: People) -> None:
    blind = await people.athlete()
    await people.relate(gym.trainer, blind, ["view_workouts", "assign_workouts"])
    relations = (await gym.athlete.get("/coaching/relations")).json()["data"]
    before = await roster(gym.trainer)

    paused = await gym.athlete.post(f"/coaching/relations/{relations[0]['id']}/pause")
    assert paused.is_success, paused.text

    assert [one["athlete_id"] for one in before] == [gym.athlete.athlete_id]
    assert await roster(gym.trainer) == []


@pytest.mark.requirement("BEY-13")
async def test_a_set_of_a_running_session_is_in_the_next_answer(
    gym: Gym, clock: AdjustableClock
) -> None:
    session = await gym.started(await planned(gym, clock, 0))
    await gym.logged(session)
    before = await roster(gym.trainer)
    await gym.logged(session)

    after = await roster(gym.trainer)

    assert [one["is_training_now"] for one in before] == [True]
    assert [one["volume_this_week"] for one in (*before, *after)] == [500, 1000]


async def test_a_group_may_be_asked_for_and_pages_follow_the_order(
    gym: Gym, people: People, clock: AdjustableClock
) -> None:
    other = await people.athlete()
    await people.relate(gym.trainer, other)
    await trained(gym, clock, 0)
    body = {"name": "Juniors", "athlete_ids": [gym.athlete.athlete_id]}
    group = (await gym.trainer.post("/coaching/groups", json=body)).json()["data"]

    of_group = await roster(gym.trainer, group_id=group["id"])
    answer = await gym.trainer.get(PATH, params={"page": 2, "page_size": 1})

    assert [one["athlete_id"] for one in of_group] == [gym.athlete.athlete_id]
    assert [one["athlete_id"] for one in answer.json()["data"]] == [gym.athlete.athlete_id]
    assert answer.json()["pagination"]["total_items"] == 2


@pytest.mark.requirement("REP-12")
async def test_it_has_a_chart_and_a_table(gym: Gym, clock: AdjustableClock) -> None:
    await planned(gym, clock, -2)

    chart = (await gym.trainer.get(PATH, params={"format": "series"})).json()["data"]
    table = (await gym.trainer.get(PATH, params={"format": "csv"})).text

    assert {one["name"]: one["values"] for one in chart["series"]} == {
        "Completed": [0],
        "Missed": [1],
    }
    assert "plans_missed" in table.splitlines()[0]
    assert len(table.splitlines()) == 2


async def test_each_athlete_reads_in_their_log_that_they_were_shown(
    gym: Gym, container: Container
) -> None:
    await roster(gym.trainer)
    await container.access_log().flush()

    log = (await gym.athlete.get("/coaching/access-log")).json()["data"]

    assert [(one["subject"], one["operation"]) for one in log] == [("roster", "get_roster")]
