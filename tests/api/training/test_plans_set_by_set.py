"""What a plan says of single sets, and which exercises it puts together, over HTTP."""

from typing import Any

import pytest

from tests.api.contract import conforming
from tests.builders.gym import Gym, a_workout_body, listed

TARGETS: list[dict[str, Any]] = [
    {"set_type": "warm_up", "reps": 5, "weight": 60, "unit": "kilograms", "rest_seconds": 60},
    {"reps_min": 3, "reps_max": 5, "percent_of_training_max": 82.5, "rpe": 8.5, "tempo": "3-1-x-0"},
    {"is_amrap": True, "weight": 187.5, "unit": "pounds", "rir": 1},
]
SHOWN: list[dict[str, Any]] = [
    {"number": 1, **TARGETS[0]},
    {"number": 2, "set_type": "normal", **TARGETS[1], "tempo": "3-1-X-0"},
    {"number": 3, "set_type": "normal", **TARGETS[2]},
]
SUPERSET: dict[str, Any] = {"kind": "superset", "rest_seconds": 90, "notes": "no rest between"}


def errors_of(answer: Any) -> dict[str, str]:
    """Return the pointers of a refusal with their codes."""
    assert answer.status_code == 400, answer.text
    return {error["pointer"]: error["code"] for error in answer.json()["errors"]}


@pytest.mark.requirement("BEY-06")
async def test_targets_are_shown_as_they_were_given_wherever_the_workout_is(gym: Gym) -> None:
    asked = {"exercise_id": gym.lifts[0], "targets": TARGETS, "rest_time_seconds": 180}
    workout = await gym.assigned(exercises=[asked, gym.prescription(1)])

    [first, second] = workout["exercises"]
    detail = await gym.seen(f"/workouts/{workout['id']}")
    lists = [
        await listed(gym.athlete, "/workouts?page_size=100"),
        await listed(gym.athlete, "/workouts?limit=100"),
    ]

    assert (first["sets"], first["reps"], first["weight"]) == (3, None, None)
    assert first["targets"] == SHOWN
    assert (second["targets"], second["block"], workout["blocks"]) == (None, None, [])
    assert detail["exercises"] == workout["exercises"]
    for found in lists:
        [item] = [one for one in found if one["id"] == workout["id"]]
        assert item["exercises"] == workout["exercises"]
        assert item["blocks"] == []


@pytest.mark.requirement("BEY-06")
async def test_what_is_shown_can_be_sent_again(gym: Gym) -> None:
    workout = await gym.planned(
        exercises=[
            {"exercise_id": gym.lifts[0], "targets": TARGETS, "block": 0},
            gym.prescription(1, block=0),
        ],
        blocks=[SUPERSET],
    )
    shown = [
        {name: value for name, value in one.items() if name not in {"id", "order_index"}}
        for one in workout["exercises"]
    ]

    answer = await gym.trainer.put(
        f"/workouts/{workout['id']}", json={"exercises": shown, "blocks": workout["blocks"]}
    )

    changed = conforming(answer)
    assert [one["targets"] for one in changed["exercises"]] == [SHOWN, None]
    assert changed["blocks"] == workout["blocks"]


@pytest.mark.requirement("BEY-06")
async def test_every_kind_of_block_can_be_planned(gym: Gym) -> None:
    blocks = [
        {"kind": "straight"},
        SUPERSET,
        {"kind": "circuit", "rounds": 3, "time_cap_seconds": 900},
        {"kind": "emom", "interval_seconds": 60, "rounds": 10},
        {"kind": "amrap", "time_cap_seconds": 600},
        {"kind": "drop"},
        {"kind": "cluster", "rest_seconds": 15},
    ]
    members = [0, 1, 1, 2, 2, 3, 4, 5, 6]
    exercises = [gym.prescription(at % 3, block=block) for at, block in enumerate(members)]

    workout = await gym.assigned(exercises=exercises, blocks=blocks)

    assert [block["kind"] for block in workout["blocks"]] == [block["kind"] for block in blocks]
    assert workout["blocks"][1] == {
        "rounds": None,
        "interval_seconds": None,
        "time_cap_seconds": None,
        **SUPERSET,
    }
    assert [one["block"] for one in workout["exercises"]] == members
    assert (await gym.seen(f"/workouts/{workout['id']}"))["blocks"] == workout["blocks"]


@pytest.mark.requirement("BEY-06")
async def test_everything_wrong_with_a_plan_is_named_at_once(gym: Gym) -> None:
    body = a_workout_body(
        name="",
        exercises=[
            gym.prescription(0, sets=2, block=0, targets=[{"reps": 5, "reps_min": 3}]),
            gym.prescription(1, targets=[{"number": 4, "tempo": "slow", "rpe": 11}, 1, {}]),
            {"exercise_id": gym.lifts[2], "targets": [{"rpe": 8}], "block": 7},
            {"exercise_id": gym.lifts[2]},
        ],
        blocks=[SUPERSET, {"kind": "emom", "rounds": 0}, {"kind": "drop", "rounds": 2}, "none"],
    )

    answer = await gym.trainer.post("/workouts", json=body)

    assert errors_of(answer) == {
        "/name": "string_too_short",
        "/exercises/0/sets": "ambiguous",
        "/exercises/0/targets/0/reps": "ambiguous",
        "/exercises/0/targets/0/reps_max": "required",
        "/exercises/1/targets/0/number": "out_of_order",
        "/exercises/1/targets/0/tempo": "string_pattern_mismatch",
        "/exercises/1/targets/0/rpe": "less_than_equal",
        "/exercises/1/targets/1": "model_attributes_type",
        "/exercises/2/targets/0/reps": "required",
        "/exercises/2/block": "block_unknown",
        "/exercises/3/sets": "missing",
        "/exercises/3/reps": "required",
        "/blocks/0": "too_few_exercises",
        "/blocks/1/rounds": "greater_than",
        "/blocks/1/interval_seconds": "required",
        "/blocks/1": "too_few_exercises",
        "/blocks/2/rounds": "not_for_kind",
        "/blocks/2": "too_few_exercises",
        "/blocks/3": "model_attributes_type",
    }


@pytest.mark.requirement("BEY-06")
@pytest.mark.parametrize(
    ("target", "pointer"),
    [
        ({"reps": 0}, "reps"),
        ({"reps": 5, "weight": -1}, "weight"),
        ({"reps": 5, "weight": 80, "percent_of_training_max": 80}, "percent_of_training_max"),
        ({"reps": 5, "percent_of_training_max": 0}, "percent_of_training_max"),
        ({"reps": 5, "percent_of_training_max": 200.5}, "percent_of_training_max"),
        ({"reps": 5, "percent_of_training_max": 80.25}, "percent_of_training_max"),
        ({"reps": 5, "rir": -1}, "rir"),
        ({"reps": 5, "is_amrap": "yes"}, "is_amrap"),
        ({"reps": 5, "set_type": "no such type"}, "set_type"),
        ({"reps": 5, "kind": "drop"}, "kind"),
        ({"duration_seconds": 30}, "reps"),
    ],
    ids=str,
)
async def test_a_wrong_target_is_pointed_at(gym: Gym, target: dict[str, Any], pointer: str) -> None:
    asked = {"exercise_id": gym.lifts[0], "targets": [target]}
    workout = await gym.planned()

    whole = await gym.trainer.post("/workouts", json=a_workout_body(exercises=[asked]))
    added = await gym.trainer.post(f"/workouts/{workout['id']}/exercises", json=asked)

    assert set(errors_of(whole)) == {f"/exercises/0/targets/0/{pointer}"}
    assert set(errors_of(added)) == {f"/targets/0/{pointer}"}


@pytest.mark.requirement("BEY-06")
async def test_one_exercise_is_added_and_changed_with_targets_in_its_block(gym: Gym) -> None:
    workout = await gym.planned(
        exercises=[gym.prescription(0, block=0), gym.prescription(1, block=0), gym.prescription(2)],
        blocks=[SUPERSET],
    )
    path = f"/workouts/{workout['id']}/exercises"

    added = conforming(
        await gym.trainer.post(
            path, json={"exercise_id": gym.lifts[2], "block": 0, "targets": TARGETS}
        )
    )
    changed = conforming(
        await gym.trainer.put(f"{path}/{added['id']}", json=gym.prescription(2, sets=4))
    )
    moved = await gym.trainer.put(
        f"{path}/{workout['exercises'][1]['id']}", json=gym.prescription(1, block=None)
    )

    shown = await gym.seen(f"/workouts/{workout['id']}", gym.trainer)
    assert (added["order_index"], added["block"], added["targets"]) == (2, 0, SHOWN)
    assert (changed["block"], changed["targets"], changed["sets"]) == (0, None, 4)
    assert errors_of(moved) == {"/block": "block_scattered"}
    assert [one["block"] for one in shown["exercises"]] == [0, 0, 0, None]


@pytest.mark.requirement("BEY-06")
async def test_a_superset_that_loses_its_second_exercise_is_one_no_more(gym: Gym) -> None:
    workout = await gym.planned(
        exercises=[gym.prescription(0, block=0), gym.prescription(1, block=0)], blocks=[SUPERSET]
    )
    gone = workout["exercises"][0]["id"]

    answer = await gym.trainer.delete(f"/workouts/{workout['id']}/exercises/{gone}")

    shown = await gym.seen(f"/workouts/{workout['id']}", gym.trainer)
    assert answer.status_code == 204
    assert shown["blocks"] == []
    assert [(one["order_index"], one["block"]) for one in shown["exercises"]] == [(0, None)]


@pytest.mark.requirement("BEY-06")
async def test_blocks_alone_are_replaced_where_the_exercises_fit_them(gym: Gym) -> None:
    workout = await gym.planned(
        exercises=[gym.prescription(0, block=0), gym.prescription(1, block=0)], blocks=[SUPERSET]
    )
    path = f"/workouts/{workout['id']}"

    circuit = await gym.trainer.put(path, json={"blocks": [{"kind": "circuit", "rounds": 4}]})
    drop = await gym.trainer.put(path, json={"blocks": [{"kind": "drop"}]})
    plain = await gym.trainer.put(path, json={"exercises": [gym.prescription(0)]})

    assert conforming(circuit)["blocks"][0]["rounds"] == 4
    assert errors_of(drop) == {"/blocks/0": "too_many_exercises"}
    assert conforming(plain)["blocks"] == []


@pytest.mark.requirement("BEY-06")
async def test_a_session_plans_as_many_sets_as_all_rounds_have(gym: Gym) -> None:
    workout = await gym.assigned(
        exercises=[gym.prescription(0, sets=2, block=0), gym.prescription(0, sets=1)],
        blocks=[{"kind": "circuit", "rounds": 3}],
    )

    session = await gym.started(workout)

    assert [log["planned_sets"] for log in session["exercise_logs"]] == [7]


async def test_the_export_tells_targets_and_blocks(fresh_gym: Gym) -> None:
    await fresh_gym.planned(
        exercises=[{"exercise_id": fresh_gym.lifts[0], "targets": TARGETS, "block": 0}],
        blocks=[{"kind": "drop"}],
    )

    export = await fresh_gym.trainer.get("/me/export")

    [workout] = export.json()["data"]["planned_workouts"]
    assert workout["exercises"][0]["targets"] == SHOWN
    assert workout["blocks"][0]["kind"] == "drop"
