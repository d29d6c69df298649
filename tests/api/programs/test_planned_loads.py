"""Loads that a plan leaves open over HTTP: when a session starts, programs say what they are."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.builders.lifting import LINEAR, PERCENTAGES, RULES, Lifter, made
from tests.builders.people import Person
from tests.builders.planned_lifting import Planner, targets, weights

pytestmark = pytest.mark.requirement("BEY-07")

OPEN: dict[str, Any] = {"sets": 3}
DOUBLE = {
    "kind": "double_progression",
    "unit": "kilograms",
    "start": 21,
    "sets": 3,
    "reps_min": 8,
    "reps_max": 12,
    "increment": 2.5,
}
RPE = {"kind": "rpe", "unit": "kilograms", "start": 101, "sets": 3, "reps": 5, "target_rpe": 8}
POUNDS = {**LINEAR, "unit": "pounds", "start": 187, "rounding": {"step": 5, "mode": "down"}}
KINDS = {
    "linear": LINEAR,
    "double": DOUBLE,
    "percentages": PERCENTAGES,
    "rpe": RPE,
    "pounds": POUNDS,
}


@pytest.fixture
def planner(coached: tuple[Person, Lifter]) -> Planner:
    """Return a coach who plans for an athlete."""
    return Planner(*coached)


def percent(*percentages: float) -> dict[str, Any]:
    """Ask for a set at each percentage."""
    return {"targets": [{"percent_of_training_max": one} for one in percentages]}


async def test_percentages_become_weights_of_the_training_max(planner: Planner) -> None:
    maximum = await planner.lifter.maximum(101)

    session = await planner.begin(await planner.workout(percent(75, 82.5)))
    await planner.lifter.log(session["id"], [(80, 5)])

    because = {"training_max_id": maximum["id"], "reason": "from_training_max"}
    assert targets(session) == [
        {
            "number": number,
            "set_type": "normal",
            "reps": 5,
            "weight": weight,
            "unit": "kilograms",
            "percent_of_training_max": percentage,
            "progression": because,
        }
        for number, percentage, weight in [(1, 75, 75), (2, 82.5, 82.5)]
    ]
    shown = await made(await planner.trainer.get(f"/sessions/{session['id']}"))
    assert targets(shown) == targets(session)
    [logged] = shown["sets"]
    assert logged["target"] == targets(session)[0]
    assert (logged["deviation"]["weight"], logged["deviation"]["unit"]) == (5, "kilograms")
    assert (await planner.lifter.athlete.get("/sessions/active")).json()["data"] == shown


@pytest.mark.parametrize(
    ("rule", "maximum", "expected"),
    [
        (None, (101, "kilograms"), (77.5, "kilograms")),
        (None, (101, "pounds"), (75, "pounds")),
        ({**LINEAR, "rounding": {"step": 1}}, (101, "kilograms"), (77, "kilograms")),
        (
            {**LINEAR, "rounding": {"step": 5, "mode": "down"}},
            (101, "kilograms"),
            (75, "kilograms"),
        ),
        # The limits of a rule are those of its own loads.
        ({**LINEAR, "minimum": 80}, (101, "kilograms"), (77.5, "kilograms")),
        (POUNDS, (101, "kilograms"), (165, "pounds")),
        (LINEAR, (225, "pounds"), (77.5, "kilograms")),
    ],
)
async def test_percentages_are_rounded_as_the_rule_of_the_exercise_says(
    planner: Planner,
    rule: dict[str, Any] | None,
    maximum: tuple[float, str],
    expected: tuple[float, str],
) -> None:
    value, unit = maximum
    if rule is not None:
        await planner.lifter.rule(rule)
    await planner.lifter.maximum(value, unit=unit)

    [target] = targets(await planner.begun(percent(76)))

    assert (target["weight"], target["unit"]) == expected
    assert target["percent_of_training_max"] == 76
    assert "rule_id" not in target["progression"]


async def test_without_a_training_max_a_percentage_stays_one(planner: Planner) -> None:
    await planner.lifter.rule(LINEAR)

    assert targets(await planner.begun(percent(75))) == [
        {"number": 1, "set_type": "normal", "reps": 5, "percent_of_training_max": 75}
    ]


async def test_the_training_max_is_that_of_the_session_s_day(planner: Planner) -> None:
    today = datetime.now(UTC)
    for days, value in [(-20, 80), (-10, 90), (0, 100), (10, 200)]:
        day = (today + timedelta(days=days)).date()
        await planner.lifter.maximum(value, effective_from=day.isoformat())

    found = [
        weights(
            await planner.begun(
                percent(100), session_date=(today - timedelta(days=days)).isoformat()
            )
        )
        for days in (0, 5, 15, 25)
    ]

    assert found == [[100], [90], [80], [None]]


async def test_the_day_is_the_one_its_athlete_lives(planner: Planner) -> None:
    await planner.lifter.maximum(80, effective_from=date(2026, 3, 1).isoformat())
    await planner.lifter.maximum(90, effective_from=date(2026, 3, 3).isoformat())
    late = datetime(2026, 3, 2, 12, tzinfo=UTC).isoformat()

    found = [
        weights(await planner.begun(percent(100), session_date=late, time_zone=zone))
        for zone in ("UTC", "Pacific/Kiritimati")
    ]

    assert found == [[80], [90]]


async def test_a_rule_fills_what_the_plan_leaves_open_and_nothing_else(planner: Planner) -> None:
    rule = await planner.lifter.rule(LINEAR)
    said = [
        {"set_type": "warm_up"},
        {},
        {"weight": 60, "unit": "kilograms"},
        {"percent_of_training_max": 90},
        {"rpe": 8},
        {"set_type": "drop_set"},
    ]

    session = await planner.begun({"targets": said})

    assert weights(session) == [None, 80, 60, None, 80, None]
    because = {"rule_id": rule["id"], "reason": "from_load"}
    assert [one.get("progression") for one in targets(session)] == [
        None,
        because,
        None,
        None,
        because,
        None,
    ]
    after = await made(await planner.lifter.athlete.get(f"{RULES}/{rule['id']}"))
    assert after == rule


async def test_the_days_of_a_cycle_are_gone_through_set_by_set(planner: Planner) -> None:
    rule, maximum = await planner.lifter.rule(PERCENTAGES), await planner.lifter.maximum(100)
    said = [{"set_type": "warm_up"}, {}, {"weight": 70, "unit": "kilograms"}, {}, {}]

    session = await planner.begun({"targets": said})

    assert weights(session) == [None, 65, 70, 85, None]
    assert targets(session)[1]["progression"] == {
        "rule_id": rule["id"],
        "training_max_id": maximum["id"],
        "reason": "from_training_max",
    }


async def test_sets_that_drop_from_another_are_no_rule_s(planner: Planner) -> None:
    await planner.lifter.rule(LINEAR)
    drops = await planner.workout(
        {"sets": 1}, {"sets": 3, "block": 0}, {"sets": 1}, blocks=[{"kind": "drop"}]
    )

    assert weights(await planner.begin(drops)) == [80, 80, None, None, 80]


@pytest.mark.parametrize("name", KINDS)
async def test_a_session_begins_with_what_the_explanation_says(planner: Planner, name: str) -> None:
    lifter = planner.lifter
    rule = await lifter.rule(KINDS[name])
    await lifter.maximum(103)

    async def same() -> list[Any]:
        asked = (await lifter.explained(rule["id"]))["next"]
        session = await planner.begun(OPEN)
        found = [(one["weight"], one["unit"]) for one in targets(session)]
        assert found == [(one["load"], asked["unit"]) for one in asked["sets"]]
        assert {one["progression"]["reason"] for one in targets(session)} == {asked["reason"]}
        assert {one["progression"]["rule_id"] for one in targets(session)} == {rule["id"]}
        return found

    async def trained(reps: int) -> None:
        asked = (await lifter.explained(rule["id"]))["next"]
        session_id = await lifter.begin()
        for one in asked["sets"]:
            load = [(one["load"], reps)]
            await lifter.log(session_id, load, unit=asked["unit"], rpe=7 if reps > 5 else 10)
        await lifter.complete(session_id)

    seen = [await same()]
    for reps in (12, 1, 1):
        await trained(reps)
        seen.append(await same())
    await planner.override(rule["id"], 61.25)
    seen.append(await same())

    assert len({tuple(one) for one in seen}) >= 3


async def test_a_percentage_rule_without_a_training_max_says_nothing(planner: Planner) -> None:
    await planner.lifter.rule(PERCENTAGES)

    assert weights(await planner.begun(OPEN)) == [None] * 3


async def test_a_session_of_another_day_begins_with_what_was_asked_then(planner: Planner) -> None:
    lifter = planner.lifter
    before = datetime.now(UTC) - timedelta(days=3)
    await lifter.rule(LINEAR)
    await lifter.train([(80, 5)] * 3)

    assert weights(await planner.begun(OPEN)) == [82.5] * 3
    assert weights(await planner.begun(OPEN, session_date=before.isoformat())) == [None] * 3


@pytest.mark.parametrize(
    ("load_kind", "expected"), [("bodyweight", [20, 15]), ("assisted", [20, None])]
)
async def test_a_weight_means_what_it_does_on_the_lift(
    planner: Planner, database: Any, load_kind: str, expected: list[Any]
) -> None:
    planner.lifter.exercise_id = await database.fetchval(
        """SELECT id::text FROM exercises WHERE load_kind = $1 AND shipped_digest IS NOT NULL
        AND measurement_type IN ('weight_reps', 'reps') AND is_active LIMIT 1""",
        load_kind,
    )
    await planner.lifter.rule({**LINEAR, "start": 20})
    await planner.lifter.maximum(20)

    session = await planner.begun({"targets": [{}, {"percent_of_training_max": 75}]})

    assert weights(session) == expected


async def test_a_start_changes_no_training_max_and_no_rule(planner: Planner, database: Any) -> None:
    rule = await planner.lifter.rule(PERCENTAGES)
    await planner.lifter.maximum(100)
    everything = [
        "SELECT * FROM training_maxes WHERE athlete_id = $1::uuid",
        "SELECT * FROM progression_rules WHERE athlete_id = $1::uuid",
        """SELECT x.* FROM progression_applications x
        JOIN progression_rules r ON r.id = x.rule_id WHERE r.athlete_id = $1::uuid""",
    ]
    athlete_id = planner.lifter.athlete.athlete_id
    before = [await database.fetch(query, athlete_id) for query in everything]

    session = await planner.begin(await planner.workout(OPEN))
    await planner.lifter.log(session["id"], [(65, 5)])
    await planner.lifter.follow()

    assert [await database.fetch(query, athlete_id) for query in everything] == before
    assert await planner.lifter.next_load(rule["id"]) == 85


async def test_a_plan_goes_on_with_the_rule_from_session_to_session(planner: Planner) -> None:
    rule = await planner.lifter.rule(LINEAR)
    workout_id, found = await planner.workout(OPEN), []
    for _ in range(3):
        session = await planner.begin(workout_id)
        found.append(weights(session))
        await planner.lifter.log(session["id"], [(one, 5) for one in weights(session)])
        await planner.lifter.complete(session["id"])
    planned = await made(await planner.trainer.get(f"/workouts/{workout_id}"))
    await planner.lifter.athlete.delete(f"{RULES}/{rule['id']}")

    assert found == [[80] * 3, [82.5] * 3, [85] * 3]
    assert planned["exercises"][0]["targets"] is None
    assert planned["exercises"][0]["weight"] is None
    assert weights(await planner.begin(workout_id)) == [None] * 3
