"""Dry runs over HTTP: they are what real sessions become, and write nothing."""

from typing import Any, Final

import pytest

from tests.builders.lifting import LINEAR, MAXES, PERCENTAGES, RULES, Lifter, made

pytestmark = pytest.mark.requirement("BEY-07")

_SCHEMES: Final[dict[str, tuple[dict[str, Any], list[list[dict[str, Any]]]]]] = {
    "linear": (
        LINEAR,
        [
            [{"weight": 80, "reps": 5}] * 3,
            [{"weight": 82.5, "reps": 5}] * 2,
            [{"weight": 40, "reps": 5, "is_warm_up": True}, *[{"weight": 82.5, "reps": 4}] * 3],
            [{"weight": 75, "reps": 5}] * 3,
            [{"weight": 165.5, "unit": "pounds", "reps": 5}] * 3,
        ],
    ),
    "double_progression": (
        {
            "kind": "double_progression",
            "unit": "pounds",
            "start": 45,
            "sets": 2,
            "reps_min": 8,
            "reps_max": 12,
            "increment": 5,
            "rounding": {"step": 5, "mode": "down"},
        },
        [
            [{"weight": 45, "reps": 9}, {"weight": 45, "reps": 12}],
            [{"weight": 45, "reps": 12}] * 2,
            [{"weight": 50, "reps": 7}] * 2,
        ],
    ),
    "training_max_percentage": (
        PERCENTAGES,
        [
            [{"weight": 65, "reps": 5}, {"weight": 75, "reps": 5}, {"weight": 85, "reps": 8}],
            [{"weight": 70, "reps": 3}, {"weight": 80, "reps": 3}, {"weight": 90, "reps": 3}],
            [{"weight": 65, "reps": 5}, {"weight": 75, "reps": 5}, {"weight": 85, "reps": 2}],
        ],
    ),
    "rpe": (
        {
            "kind": "rpe",
            "unit": "kilograms",
            "start": 100,
            "sets": 1,
            "reps": 5,
            "target_rpe": 8,
            "step_cap": 5,
        },
        [
            [{"weight": 100, "reps": 5, "rpe": 7}],
            [{"weight": 102.5, "reps": 5, "rpe": 9.5}],
            [{"weight": 97.5, "reps": 5}],
        ],
    ),
}


@pytest.mark.parametrize("name", _SCHEMES)
async def test_a_dry_run_says_what_real_sessions_then_produce(lifter: Lifter, name: str) -> None:
    parameters, sessions = _SCHEMES[name]
    rule = await lifter.rule(parameters)
    await lifter.maximum(100)
    performances = [{"sets": sets} for sets in sessions]
    unit = parameters["unit"]

    of_rule = await made(
        await lifter.athlete.post(
            f"{RULES}/{rule['id']}/simulate", json={"performances": performances, "unit": unit}
        )
    )
    of_none = await made(
        await lifter.athlete.post(
            f"{RULES}/simulate",
            json={
                "parameters": parameters,
                "performances": performances,
                "training_max": {"value": 100, "unit": "kilograms"},
            },
        )
    )
    for sets in sessions:
        session_id = await lifter.begin()
        for one in sets:
            await lifter.log(
                session_id,
                [(one["weight"], one["reps"])],
                set_type="warm_up" if one.get("is_warm_up") else "normal",
                unit=one.get("unit", unit),
                rpe=one.get("rpe"),
            )
        await lifter.complete(session_id)

    history = [one for one in reversed(await lifter.history(rule["id"])) if one["session_id"]]
    assert of_rule == of_none
    for real, supposed in zip(history, of_rule["sessions"], strict=True):
        for field in ("outcome", "reason", "sentence", "chain", "after", "proposed_training_max"):
            assert real[field] == supposed[field]
        for one in (*real["sets"], *supposed["sets"]):
            one["set_id"] = None
        assert real["sets"] == supposed["sets"]
    assert (await lifter.explained(rule["id"]))["next"] == of_rule["next"]


async def test_a_dry_run_writes_nothing(lifter: Lifter, database: Any) -> None:
    rule = await lifter.rule(LINEAR)
    before = await made(await lifter.athlete.get(f"{RULES}/{rule['id']}"))
    history = await lifter.history(rule["id"])
    counts = """SELECT (SELECT count(*) FROM training_maxes) AS a,
        (SELECT count(*) FROM progression_rules) AS b,
        (SELECT count(*) FROM progression_applications) AS c,
        (SELECT count(*) FROM outbox_messages) AS d"""
    rows = await database.fetchrow(counts)
    body = {"performances": [{"sets": [{"weight": 80, "reps": 5}] * 3}] * 10}

    run = await made(await lifter.athlete.post(f"{RULES}/{rule['id']}/simulate", json=body))

    assert len(run["sessions"]) == 10
    assert await database.fetchrow(counts) == rows
    assert await made(await lifter.athlete.get(f"{RULES}/{rule['id']}")) == before
    assert await lifter.history(rule["id"]) == history


async def test_a_dry_run_may_take_every_proposal_at_once(lifter: Lifter) -> None:
    days = [[(65, 5), (75, 5), (85, 5)], [(70, 3), (80, 3), (90, 3)]]
    cycle = [{"sets": [{"weight": p * 1.2, "reps": r} for p, r in day]} for day in days]
    body = {
        "parameters": PERCENTAGES,
        "performances": cycle * 3,
        "training_max": {"value": 100},
        "accept_proposals": True,
    }

    run = await made(await lifter.athlete.post(f"{RULES}/simulate", json=body))

    assert [one["proposed_training_max"] for one in run["sessions"]] == [
        None, 102.5, None, 105, None, 107.5
    ]  # fmt: skip
    assert run["training_max"] == 107.5
    assert run["next"]["load"] == 92.5
    assert await made(await lifter.athlete.get(f"{MAXES}/current")) == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"performances": []}, "/performances"),
        ({"performances": [{"sets": []}]}, "/performances/0/sets"),
        ({"performances": [{"sets": [{"reps": -1}]}]}, "/performances/0/sets/0/reps"),
        ({"performances": [{"sets": [{"reps": 1, "rpe": 11}]}]}, "/performances/0/sets/0/rpe"),
    ],
)
async def test_a_dry_run_of_nothing_is_refused(
    lifter: Lifter, body: dict[str, Any], pointer: str
) -> None:
    rule = await lifter.rule(LINEAR)

    answer = await lifter.athlete.post(f"{RULES}/{rule['id']}/simulate", json=body)

    assert answer.status_code == 400
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
