"""One workout becomes many: for another day, and for several athletes at once."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.api.contract import conforming
from tests.api.training.test_planned_workouts import kinds_of
from tests.builders.gym import Gym, listed, made
from tests.builders.people import People, Person

LATER = "2026-04-06T17:30:00Z"


async def a_full_plan(gym: Gym, **fields: Any) -> dict[str, Any]:
    """Plan a workout with targets and a block."""
    targets = [{"reps": 5, "rpe": 8}, {"reps": 3, "percent_of_training_max": 90}]
    return await gym.planned(
        description="Slow",
        estimated_duration_minutes=75,
        exercises=[
            {"exercise_id": gym.lifts[0], "targets": targets, "block": 0},
            gym.prescription(1, weight=100, unit="pounds", notes="belt", block=0),
            gym.prescription(2),
        ],
        blocks=[{"kind": "superset", "rest_seconds": 90}],
        **fields,
    )


def content(workout: dict[str, Any]) -> dict[str, Any]:
    """Return what a workout asks for, without what is each row's own."""
    return {
        "exercises": [
            {name: value for name, value in one.items() if name != "id"}
            for one in workout["exercises"]
        ],
        **{name: workout[name] for name in ("type", "description", "blocks")},
    }


@pytest.fixture
async def team(gym: Gym, people: People) -> list[Person]:
    """Return three athletes of the gym's trainer."""
    athletes = [await people.athlete() for _ in range(3)]
    for one in athletes:
        invited = await made(gym.trainer, "/coaching/invitations", {})
        await made(one, "/coaching/invitations/accept", {"code": invited["code"]})
    return athletes


@pytest.mark.requirement("BEY-06")
async def test_a_copy_is_a_draft_of_the_same_plan_on_another_day(gym: Gym) -> None:
    original = await a_full_plan(gym)

    answer = await gym.trainer.post(
        f"/workouts/{original['id']}/duplicate", json={"scheduled_date": LATER}
    )

    copy = conforming(answer)
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/v1/workouts/{copy['id']}"
    assert copy["id"] != original["id"]
    assert (copy["status"], copy["athlete_id"], copy["name"]) == ("draft", None, original["name"])
    assert copy["scheduled_date"] == LATER
    assert content(copy) == content(original)
    assert {one["id"] for one in copy["exercises"]}.isdisjoint(
        one["id"] for one in original["exercises"]
    )
    assert await gym.seen(f"/workouts/{original['id']}", gym.trainer) == {
        **original,
        "sessions": [],
    }


async def test_a_copy_of_whatever_became_of_a_workout_is_fresh(gym: Gym, database: Any) -> None:
    original = await gym.assigned()
    session = await gym.started(original)
    await gym.completed(session)
    await gym.trainer.post(f"/workouts/{original['id']}/complete")

    copy = await made(
        gym.trainer,
        f"/workouts/{original['id']}/duplicate",
        {"scheduled_date": LATER, "athlete_id": gym.athlete.athlete_id, "name": "Week 2"},
    )

    shown = await gym.seen(f"/workouts/{copy['id']}")
    assert (shown["status"], shown["name"], shown["sessions"]) == ("assigned", "Week 2", [])
    assert await kinds_of(database, copy) == ["workout.created", "workout.assigned"]


async def test_only_ones_own_workouts_are_copied_for_ones_own_athletes(
    gym: Gym, other_pair: tuple[Person, Person]
) -> None:
    other, stranger = other_pair
    workout = await gym.planned()
    path, body = f"/workouts/{workout['id']}/duplicate", {"scheduled_date": LATER}

    foreign = await other.post(path, json=body)
    uncoached = await gym.trainer.post(path, json={**body, "athlete_id": stranger.athlete_id})
    wrong = await gym.trainer.post(path, json={"name": None, "colour": "red"})

    assert (foreign.status_code, foreign.json()["code"]) == (404, "workout_not_found")
    assert (uncoached.status_code, uncoached.json()["code"]) == (403, "athlete_not_coached")
    assert sorted(error["pointer"] for error in wrong.json()["errors"]) == [
        "/colour",
        "/name",
        "/scheduled_date",
    ]


@pytest.mark.requirement("COA-03")
async def test_each_of_many_athletes_gets_a_copy_of_their_own(
    gym: Gym, team: list[Person], database: Any
) -> None:
    original = await a_full_plan(gym)
    ids = [one.athlete_id for one in team]

    answer = await gym.trainer.post(
        f"/workouts/{original['id']}/assign-many",
        json={"athlete_ids": ids, "scheduled_date": LATER},
    )

    given = conforming(answer)
    assert (answer.status_code, given["workout_id"]) == (200, original["id"])
    assert [one["athlete_id"] for one in given["results"]] == ids
    assert len({one["workout_id"] for one in given["results"]}) == 3
    for athlete, result in zip(team, given["results"], strict=True):
        assert (result["code"], result["message"]) == (None, None)
        copy = await gym.seen(f"/workouts/{result['workout_id']}", athlete)
        assert (copy["status"], copy["athlete_id"]) == ("assigned", athlete.athlete_id)
        assert copy["scheduled_date"] == LATER
        assert content(copy) == content(original)
        assert await kinds_of(database, copy) == ["workout.created", "workout.assigned"]
    after = await gym.seen(f"/workouts/{original['id']}", gym.trainer)
    assert (after["status"], after["revision"]) == ("draft", original["revision"])


@pytest.mark.requirement("COA-03", "BEY-01")
async def test_who_may_not_be_given_a_copy_is_named_and_the_others_get_theirs(
    gym: Gym, team: list[Person], other_pair: tuple[Person, Person]
) -> None:
    original = await gym.planned()
    [relation] = await listed(team[1], "/coaching/relations")
    await team[1].patch(f"/coaching/relations/{relation['id']}", json={"scopes": ["message"]})
    nobody = str(UUID(int=7))
    ids = [team[0].athlete_id, other_pair[1].athlete_id, team[1].athlete_id, nobody]

    answer = await gym.trainer.post(
        f"/workouts/{original['id']}/assign-many", json={"athlete_ids": ids}
    )

    results = conforming(answer)["results"]
    assert [(one["workout_id"] is None, one["code"]) for one in results] == [
        (False, None),
        (True, "athlete_not_coached"),
        (True, "scope_required"),
        (True, "athlete_not_coached"),
    ]
    copy = await gym.seen(f"/workouts/{results[0]['workout_id']}", team[0])
    assert copy["scheduled_date"] == original["scheduled_date"]
    assert await listed(team[1], "/workouts") == []


@pytest.mark.requirement("BEY-01")
async def test_each_athlete_sees_in_their_log_who_gave_them_the_copy(
    gym: Gym, team: list[Person]
) -> None:
    original = await gym.planned()
    answer = await gym.trainer.post(
        f"/workouts/{original['id']}/assign-many",
        json={"athlete_ids": [one.athlete_id for one in team]},
    )

    for athlete, result in zip(team, conforming(answer)["results"], strict=True):
        [entry] = await listed(athlete, "/coaching/access-log?action=changed")
        assert (entry["subject"], entry["subject_id"]) == ("workout", result["workout_id"])
        assert entry["operation"] == "assign_workout_to_many"


@pytest.mark.requirement("BEY-05")
async def test_a_repeated_request_gives_nobody_a_second_copy(gym: Gym, team: list[Person]) -> None:
    original = await gym.planned()
    path, key = f"/workouts/{original['id']}/assign-many", {"Idempotency-Key": uuid4().hex}
    body = {"athlete_ids": [one.athlete_id for one in team]}

    first = await gym.trainer.post(path, json=body, headers=key)
    second = await gym.trainer.post(path, json=body, headers=key)

    assert second.json() == first.json()
    assert second.headers["idempotency-replayed"] == "true"
    assert [len(await listed(one, "/workouts")) for one in team] == [1, 1, 1]


@pytest.mark.parametrize(
    ("ids", "pointer"),
    [
        ([], "/athlete_ids"),
        ([str(UUID(int=number)) for number in range(1, 102)], "/athlete_ids"),
        (["nobody"], "/athlete_ids/0"),
        ([str(UUID(int=7)), UUID(int=7).hex.upper()], "/athlete_ids/1"),
        (7, "/athlete_ids"),
    ],
    ids=["none", "too many", "no id", "twice", "no list"],
)
async def test_a_wrong_list_of_athletes_is_refused(gym: Gym, ids: Any, pointer: str) -> None:
    workout = await gym.planned()

    answer = await gym.trainer.post(
        f"/workouts/{workout['id']}/assign-many", json={"athlete_ids": ids}
    )

    assert answer.status_code == 400, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


async def test_somebody_elses_workout_is_given_to_nobody(
    gym: Gym, other_pair: tuple[Person, Person]
) -> None:
    workout = await gym.planned()
    other, athlete = other_pair

    answer = await other.post(
        f"/workouts/{workout['id']}/assign-many", json={"athlete_ids": [athlete.athlete_id]}
    )

    assert (answer.status_code, answer.json()["code"]) == (404, "workout_not_found")
