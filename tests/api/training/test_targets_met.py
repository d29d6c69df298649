"""Prescription apart from performance: each set beside the target it was to meet."""

from typing import Any

import asyncpg
import pytest

from tests.api.contract import conforming
from tests.builders.gym import Gym, a_set_body, made

TARGETS = [
    {"set_type": "warm_up", "reps": 5, "weight": 60, "unit": "kilograms"},
    {"reps": 5, "weight": 100, "unit": "kilograms", "rpe": 8},
    {"reps_min": 6, "reps_max": 8, "weight": 90, "unit": "kilograms"},
    {"set_type": "drop_set", "reps": 10, "weight": 70, "unit": "kilograms"},
]


async def begun(gym: Gym, targets: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """Start a session of a workout planned set by set."""
    asked = targets or TARGETS
    numbered = [{"number": number, **one} for number, one in enumerate(asked, start=1)]
    what = {"exercise_id": gym.lifts[0], "sets": len(asked), "targets": numbered}
    return await gym.started(await gym.assigned(exercises=[what]))


@pytest.mark.requirement("BEY-06")
async def test_a_session_shows_target_and_actual_of_each_set(gym: Gym) -> None:
    session = await begun(gym)
    warm_up = await gym.logged(session, set_type="warm_up", weight=60)
    top = await gym.logged(session, weight=102.5, number_reps=4, rpe=9)
    back_off = await gym.logged(session, weight=90, number_reps=7)
    extra = await gym.logged(session, set_type="failure", weight=50)

    shown = conforming(await gym.athlete.get(f"/sessions/{session['id']}"))

    assert shown["sets"] == [warm_up, top, back_off, extra]
    assert [one["target_number"] for one in shown["sets"]] == [1, 2, 3, 4]
    assert top["target"] == {"number": 2, "set_type": "normal", **TARGETS[1]}
    assert top["deviation"] == {
        "reps": -1,
        "weight": 2.5,
        "unit": "kilograms",
        "rpe": 1,
        "rir": None,
        "duration_seconds": None,
        "distance_meters": None,
    }
    assert back_off["deviation"]["reps"] == 0
    [log] = shown["exercise_logs"]
    assert [one["number"] for one in log["targets"]] == [1, 2, 3, 4]


@pytest.mark.requirement("BEY-06")
async def test_warm_ups_meet_warm_ups_and_work_meets_work(gym: Gym) -> None:
    session = await begun(gym)

    work = await gym.logged(session)
    warm_up = await gym.logged(session, set_type="warm_up")
    second_warm_up = await gym.logged(session, set_type="warm_up")

    assert (work["target_number"], warm_up["target_number"]) == (2, 1)
    assert (second_warm_up["target_number"], second_warm_up["deviation"]) == (None, None)


@pytest.mark.requirement("BEY-06")
async def test_a_drop_meets_only_a_target_for_drops(gym: Gym) -> None:
    session = await begun(gym)
    head = await gym.logged(session)

    spontaneous = await gym.logged(session, parent_set_id=head["id"])
    planned = await gym.logged(session, set_type="drop_set", parent_set_id=head["id"])

    assert spontaneous["target_number"] == 3
    assert planned["target_number"] == 4


@pytest.mark.requirement("BEY-06")
async def test_a_client_may_name_the_target(gym: Gym) -> None:
    session = await begun(gym)

    third = await gym.logged(session, target_number=3)
    next_open = await gym.logged(session)
    again = await gym.logged(session, target_number=3)
    refused = await gym.athlete.post(
        f"/sessions/{session['id']}/sets", json=a_set_body(gym.lifts[0], target_number=5)
    )
    unplanned = await gym.athlete.post(
        f"/sessions/{session['id']}/sets", json=a_set_body(gym.lifts[1], target_number=1)
    )

    assert [one["target_number"] for one in (third, next_open, again)] == [3, 2, 3]
    for answer in (refused, unplanned):
        [error] = answer.json()["errors"]
        assert (answer.status_code, error["code"]) == (400, "target_unknown")


@pytest.mark.requirement("BEY-06")
async def test_each_side_meets_every_target(gym: Gym) -> None:
    session = await begun(gym, [{"reps": 8}, {"reps": 8}])

    sides = ["left", "right", "left", None, "right"]
    numbers = [(await gym.logged(session, side=side))["target_number"] for side in sides]

    assert numbers == [1, 1, 2, None, 2]


@pytest.mark.requirement("BEY-06")
async def test_a_removed_set_leaves_its_target_open(gym: Gym) -> None:
    session = await begun(gym)
    first = await gym.logged(session)
    second = await gym.logged(session)
    await gym.athlete.delete(f"/sets/{first['id']}")

    third = await gym.logged(session)

    assert [one["target_number"] for one in (first, second, third)] == [2, 3, 2]


@pytest.mark.requirement("BEY-06")
async def test_the_target_is_what_was_planned_when_the_session_began(gym: Gym) -> None:
    workout = await gym.assigned(exercises=[gym.prescription(weight=100, unit="kilograms")])
    session = await gym.started(workout)
    heavier = gym.prescription(weight=120, unit="kilograms")
    answer = await gym.trainer.put(f"/workouts/{workout['id']}", json={"exercises": [heavier]})
    assert answer.status_code == 200

    one = await gym.logged(session)

    assert one["target"]["weight"] == 100
    assert (one["deviation"]["reps"], one["deviation"]["weight"]) == (0, 0)


@pytest.mark.requirement("BEY-06")
async def test_corrections_and_repetitions_change_the_deviation(gym: Gym) -> None:
    session = await begun(gym)
    path = f"/sessions/{session['id']}"
    one = await gym.logged(session, number_reps=4)

    added = await made(gym.athlete, f"/sets/{one['id']}/reps", {})
    after_added = (await gym.seen(path))["sets"][0]
    await gym.athlete.put(f"/reps/{added['id']}", json={"success": False})
    after_failed = (await gym.seen(path))["sets"][0]
    corrected = await gym.athlete.put(
        f"/sets/{one['id']}", json={"weight": 220, "unit": "pounds", "rpe": 7.5}
    )

    assert [x["deviation"]["reps"] for x in (one, after_added, after_failed)] == [-1, 0, -1]
    assert after_added["target"] == one["target"]
    deviation = corrected.json()["data"]["deviation"]
    assert (deviation["weight"], deviation["unit"], deviation["rpe"]) == (-0.462, "pounds", -0.5)
    assert (await gym.seen(path))["sets"] == [corrected.json()["data"]]


@pytest.mark.requirement("BEY-06")
async def test_without_a_plan_there_is_neither_target_nor_deviation(gym: Gym) -> None:
    session = await gym.begun()

    one = await gym.logged(session)

    assert (one["target"], one["target_number"], one["deviation"]) == (None, None, None)
    [log] = (await gym.seen(f"/sessions/{session['id']}"))["exercise_logs"]
    assert log["targets"] is None


@pytest.mark.parametrize("wrong", [0, -1, 5001, 1.5, True, "first"])
async def test_a_target_of_nonsense_is_400(gym: Gym, wrong: Any) -> None:
    session = await begun(gym)

    answer = await gym.athlete.post(
        f"/sessions/{session['id']}/sets", json=a_set_body(gym.lifts[0], target_number=wrong)
    )

    assert answer.status_code == 400


@pytest.mark.requirement("BEY-06")
async def test_finding_the_next_target_does_not_read_the_sets_before(
    gym: Gym, database_url: str
) -> None:
    """A thousand sets without a target cost the search nothing: it looks into its own index."""
    session = await begun(gym)
    one = await gym.logged(session)
    connection = await asyncpg.connect(database_url)
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(MANY_SETS, one["id"])
        await connection.execute("ANALYZE performed_sets")
        plan = await connection.fetchval(
            f"EXPLAIN (ANALYZE, FORMAT JSON) {LOOK_UP}", session["id"], gym.lifts[0]
        )
    finally:
        await transaction.rollback()
        await connection.close()

    assert "ix_performed_sets_target_number" in plan


MANY_SETS = """
INSERT INTO performed_sets (
    id, session_id, exercise_id, set_type_id, number_reps, performed_at, sequence, created_at,
    updated_at)
SELECT gen_random_uuid(), session_id, exercise_id, set_type_id, 5, now(), 100 + n, now(), now()
FROM performed_sets, generate_series(1, 1000) n WHERE id = $1
"""
LOOK_UP = """
SELECT 1 FROM performed_sets m WHERE m.session_id = $1 AND m.exercise_id = $2
AND m.target_number = 3 AND m.deleted_at IS NULL
"""
