"""The calculators over HTTP: what they answer, and what they refuse."""

from typing import Any

import httpx2
import pytest

from tests.api.contract import conforming
from tests.builders.people import People, Person

FORMULAS = ["brzycki", "epley", "lander", "lombardi", "mayhew", "oconner", "wathan"]
FIVES = {"weight": 100, "unit": "kilograms", "reps": 5}
GYM = [
    {"weight": weight, "unit": "kilograms", "pairs": pairs}
    for weight, pairs in ((25, 4), (20, 1), (15, 1), (10, 1), (5, 1), (2.5, 1), (1.25, 1))
]
ABSURD = [{"weight": round(1 + n * 0.007, 3), "pairs": 100} for n in range(30)]
POUNDS_GYM = [
    {"weight": weight, "unit": "pounds", "pairs": pairs}
    for weight, pairs in ((45, 4), (35, 1), (25, 1), (10, 2), (5, 1), (2.5, 1))
]


@pytest.fixture(scope="module")
async def lifter(people: People) -> Person:
    """Return somebody without any inventory."""
    return await people.athlete()


async def told(person: Person, tool: str, body: dict[str, Any]) -> dict[str, Any]:
    """Ask a calculator."""
    answer = await person.post(f"/tools/{tool}", json=body)
    assert answer.status_code == 200, answer.text
    conforming(answer)
    data: dict[str, Any] = answer.json()["data"]
    return data


async def refused(person: Person, tool: str, body: dict[str, Any]) -> dict[str, set[str]]:
    """Ask a calculator what it must refuse; return the codes by pointer."""
    answer = await person.post(f"/tools/{tool}", json=body)
    assert answer.status_code == 400, answer.text
    found: dict[str, set[str]] = {}
    for error in answer.json()["errors"]:
        found.setdefault(error["pointer"], set()).add(error["code"])
    return found


def weights(loads: list[dict[str, Any]]) -> list[float]:
    """Return the weights of loads."""
    return [load["weight"] for load in loads]


@pytest.mark.requirement(
    "STR-01", "STR-02", "STR-03", "STR-04", "STR-05", "STR-06", "STR-07", "STR-08", "BEY-04"
)
async def test_seven_named_estimates_come_with_mean_and_median(lifter: Person) -> None:
    found = await told(lifter, "one-rep-max", FIVES)

    assert {one["formula"]: one["value"] for one in found["estimates"]} == {
        "brzycki": 112.5,
        "epley": 116.65,
        "lander": 113.7089,
        "lombardi": 117.4619,
        "mayhew": 119.0107,
        "oconner": 112.5,
        "wathan": 116.5825,
    }
    assert [one["formula"] for one in found["estimates"]] == FORMULAS
    assert all(one["version"] and one["unit"] == "kilograms" for one in found["estimates"])
    assert (found["average"], found["median"]) == (115.4877, 116.5825)
    assert (found["is_actual_single"], found["reliability"]) == (False, "high")
    assert found["chart"] is None


@pytest.mark.requirement("STR-08")
async def test_estimates_come_in_the_unit_asked(lifter: Person) -> None:
    found = await told(lifter, "one-rep-max", {"weight": 225, "unit": "pounds", "reps": 5})

    assert {one["unit"] for one in found["estimates"]} == {"pounds"}
    assert found["estimates"][0]["value"] == 253.125


@pytest.mark.requirement("STR-08")
async def test_a_bare_weight_is_in_the_unit_the_caller_prefers(people: People) -> None:
    american = await people.register("athlete", preferred_unit="pounds")

    found = await told(american, "one-rep-max", {"weight": 225, "reps": 1})

    assert found["unit"] == "pounds"
    assert found["is_actual_single"]
    assert {one["value"] for one in found["estimates"]} == {225}


@pytest.mark.requirement("STR-08", "BEY-04")
async def test_above_ten_repetitions_the_answer_warns(lifter: Person) -> None:
    found = await told(lifter, "one-rep-max", {**FIVES, "reps": 11})

    assert found["reliability"] == "low"


@pytest.mark.requirement("STR-08")
@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"reps": 37}, {"/reps": {"less_than_equal"}}),
        ({"reps": 0}, {"/reps": {"greater_than_equal"}}),
        ({"weight": 0}, {"/weight": {"greater_than"}}),
        ({"weight": -1}, {"/weight": {"greater_than"}}),
        ({"weight": "100"}, {"/weight": {"value_error"}}),
        ({"reps": 5.5}, {"/reps": {"int_from_float"}}),
        ({"rpe": 8.2}, {"/rpe": {"multiple_of"}}),
        ({"rpe": 8, "rir": 2}, {"/rpe": {"ambiguous"}}),
        ({"unit": "stones"}, {"/unit": {"enum"}}),
        ({"load": 1}, {"/load": {"extra_forbidden"}}),
        ({"reps": 30, "rir": 7}, {"/reps": {"out_of_range"}}),
        (
            {"weight": 0, "reps": 37, "unit": "stones"},
            {
                "/weight": {"greater_than"},
                "/reps": {"less_than_equal"},
                "/unit": {"enum"},
            },
        ),
        ({"chart": {"at_10": [100, 90], "at_9_5": [95]}}, {"/chart": {"length"}}),
        ({"chart": {"at_10": [90, 100], "at_9_5": [85, 95]}}, {"/chart": {"not_falling"}}),
        ({"weight": -80, "bodyweight": 80}, {"/weight": {"greater_than"}}),
    ],
)
async def test_what_cannot_be_estimated_is_refused(
    lifter: Person, wrong: dict[str, Any], expected: dict[str, set[str]]
) -> None:
    assert await refused(lifter, "one-rep-max", {**FIVES, **wrong}) == expected


@pytest.mark.requirement("BEY-04")
@pytest.mark.parametrize("effort", [{"rpe": 8}, {"rir": 2}])
async def test_with_effort_formulas_count_what_was_left_and_the_chart_speaks(
    lifter: Person, effort: dict[str, Any]
) -> None:
    found = await told(lifter, "one-rep-max", {**FIVES, **effort})

    values = {one["formula"]: one["value"] for one in found["estimates"]}
    assert (values["epley"], values["brzycki"]) == (123.31, 120)
    assert found["repetitions_to_failure"] == 7
    assert (found["chart"]["percentage"], found["chart"]["value"]) == (81.1, 123.3046)
    assert (found["chart"]["name"], found["chart"]["version"]) == ("rts", "1")


@pytest.mark.requirement("BEY-04")
async def test_a_single_with_something_left_is_an_estimate(lifter: Person) -> None:
    found = await told(lifter, "one-rep-max", {**FIVES, "reps": 1, "rpe": 9})

    assert not found["is_actual_single"]
    assert found["median"] > 100


@pytest.mark.requirement("BEY-04")
async def test_an_athlete_s_own_chart_takes_the_place_of_the_usual_one(lifter: Person) -> None:
    chart = {"name": "mine", "version": "7", "at_10": [100, 90, 80], "at_9_5": [95, 85, 75]}

    found = await told(lifter, "one-rep-max", {**FIVES, "reps": 2, "rir": 1, "chart": chart})
    beyond = await told(lifter, "one-rep-max", {**FIVES, "reps": 3, "rir": 1, "chart": chart})

    assert found["chart"] == {
        "name": "mine",
        "version": "7",
        "percentage": 80,
        "value": 125,
        "external": None,
        "unit": "kilograms",
    }
    assert beyond["chart"] is None


@pytest.mark.requirement("BEY-04")
@pytest.mark.parametrize(
    ("weight", "total", "external"), [(22, 129.1728, 49.1728), (-30, 63.32, -16.68)]
)
async def test_a_lift_that_moves_the_body_says_what_can_be_added(
    lifter: Person, weight: int, total: float, external: float
) -> None:
    body = {"weight": weight, "unit": "kilograms", "reps": 8, "bodyweight": 80}

    found = await told(lifter, "one-rep-max", body)
    half = await told(lifter, "one-rep-max", {**body, "bodyweight_share": 0.65})

    epley = next(one for one in found["estimates"] if one["formula"] == "epley")
    assert (epley["value"], epley["external"]) == (total, external)
    assert (found["body_load"], half["body_load"]) == (80, 52)


@pytest.mark.requirement("BEY-04")
async def test_points_come_by_four_systems_with_their_versions(lifter: Person) -> None:
    found = await told(
        lifter,
        "points",
        {
            "sex": "male",
            "bodyweight": 93,
            "total": 700,
            "unit": "kilograms",
            "equipment": "classic",
            "event": "sbd",
        },
    )

    assert found == {
        "dots": {"value": 445.3758, "version": "2019"},
        "wilks": {"value": 439.7331, "version": "1994"},
        "wilks_2": {"value": 528.0867, "version": "2020"},
        "ipf_gl": {"value": 91.5748, "version": "2020-05-01"},
    }


@pytest.mark.requirement("BEY-04")
async def test_of_the_bench_press_alone_only_ipf_gl_speaks(lifter: Person) -> None:
    body = {"sex": "female", "bodyweight": 76, "total": 150, "unit": "kilograms"}

    found = await told(lifter, "points", {**body, "equipment": "equipped", "event": "bench"})

    assert found["ipf_gl"]["value"] == 81.737
    assert {found[name] for name in ("dots", "wilks", "wilks_2")} == {None}


@pytest.mark.requirement("BEY-04")
async def test_points_of_pounds_are_those_of_the_exact_kilograms(lifter: Person) -> None:
    # With kilograms rounded to grams it would be 997.9152.
    body = {"sex": "male", "bodyweight": 100.001, "total": 2000.001, "unit": "pounds"}

    found = await told(lifter, "points", body)

    assert found["dots"]["value"] == 997.9227


@pytest.mark.requirement("BEY-04")
async def test_points_of_nobody_are_refused(lifter: Person) -> None:
    found = await refused(lifter, "points", {"sex": "x", "bodyweight": 0, "total": -1, "age": 7})

    assert found == {
        "/sex": {"enum"},
        "/bodyweight": {"greater_than"},
        "/total": {"greater_than_equal"},
        "/age": {"extra_forbidden"},
    }


@pytest.mark.requirement("STR-12", "BEY-11")
@pytest.mark.parametrize(
    ("target", "per_side", "achieved", "remainder"),
    [
        (100, [25, 15], 100, 0),
        (102.5, [25, 15, 1.25], 102.5, 0),
        (142.5, [25, 25, 10, 1.25], 142.5, 0),
        (227.5, [25, 25, 25, 25, 2.5, 1.25], 227.5, 0),
        (101, [25, 15], 100, 1),
        (20, [], 20, 0),
    ],
)
async def test_plates_are_loaded_as_published(
    lifter: Person, target: float, per_side: list[float], achieved: float, remainder: float
) -> None:
    body = {"target": target, "unit": "kilograms", "bar": 20, "plates": GYM}

    found = await told(lifter, "plates", body)

    assert weights(found["per_side"]) == per_side
    assert (found["achieved"], found["remainder"]) == (achieved, remainder)
    assert found["loadable"] is (remainder == 0)
    assert found["bar"] == {"weight": 20, "unit": "kilograms"}


@pytest.mark.requirement("STR-12", "BEY-11")
@pytest.mark.parametrize(
    ("target", "unit", "per_side", "achieved", "remainder"),
    [
        (225, "pounds", [45, 45], 225, 0),
        (187.5, "pounds", [45, 25], 185, 2.5),
    ],
)
async def test_plates_in_pounds_are_loaded_as_published(
    lifter: Person,
    target: float,
    unit: str,
    per_side: list[float],
    achieved: float,
    remainder: float,
) -> None:
    body = {"target": target, "unit": unit, "bar": 45, "plates": POUNDS_GYM}

    found = await told(lifter, "plates", body)

    assert weights(found["per_side"]) == per_side
    assert (found["achieved"], found["remainder"]) == (achieved, remainder)


@pytest.mark.requirement("STR-12", "BEY-11")
async def test_kilograms_are_loaded_exactly_with_pounds(lifter: Person) -> None:
    inventory = {
        "name": "Pounds",
        "unit": "pounds",
        "bars": [{"weight": 45}],
        "plates": POUNDS_GYM,
        "is_default": False,
    }
    made = await lifter.post("/tools/plate-inventories", json=inventory)
    body = {"target": 100, "unit": "kilograms", "inventory_id": made.json()["data"]["id"]}

    found = await told(lifter, "plates", body)

    assert [(one["weight"], one["unit"]) for one in found["per_side"]] == [
        (45, "pounds"),
        (35, "pounds"),
        (5, "pounds"),
        (2.5, "pounds"),
    ]
    assert (found["achieved"], found["remainder"], found["unit"]) == (
        99.7903214,
        0.2096786,
        "kilograms",
    )
    assert found["inventory_id"] == body["inventory_id"]


@pytest.mark.requirement("STR-12", "BEY-11")
async def test_where_greedy_fails_the_calculator_does_not(lifter: Person) -> None:
    plates = [{"weight": 25, "pairs": 1}, {"weight": 20, "pairs": 2}]

    found = await told(
        lifter, "plates", {"target": 100, "unit": "kilograms", "bar": 20, "plates": plates}
    )

    assert (weights(found["per_side"]), found["achieved"]) == ([20, 20], 100)


@pytest.mark.requirement("STR-12")
async def test_who_says_nothing_of_gear_gets_that_of_a_usual_gym(lifter: Person) -> None:
    kilograms = await told(lifter, "plates", {"target": 100, "unit": "kilograms"})
    pounds = await told(lifter, "plates", {"target": 225, "unit": "pounds"})

    assert (weights(kilograms["per_side"]), kilograms["bar"]["weight"]) == ([25, 15], 20)
    assert (weights(pounds["per_side"]), pounds["bar"]["weight"]) == ([45, 45], 45)
    assert kilograms["inventory_id"] is None


@pytest.mark.requirement("STR-12", "BEY-11")
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"target": 15}, {"/target": {"below_bar"}}),
        ({"target": 22, "collars": 5}, {"/target": {"below_bar"}}),
        ({"target": 9, "fixed": [{"weight": 10}]}, {"/target": {"below_bar"}}),
        ({"target": 0}, {"/target": {"greater_than"}}),
        ({"target": 100, "sides": 3}, {"/sides": {"literal_error"}}),
        ({"target": 100, "plates": [{"weight": 0, "pairs": -1}]},
         {"/plates/0/weight": {"greater_than"}, "/plates/0/pairs": {"greater_than_equal"}}),
        ({"target": 100, "plates": [{"weight": 1, "pairs": 1}] * 41}, {"/plates": {"too_long"}}),
        ({"target": 100, "plates": [], "implement": "Bar"}, {"/implement": {"ambiguous"}}),
        ({"target": 100, "bar": 20, "implement": "Bar"}, {"/implement": {"ambiguous"}}),
        ({"target": 100, "fixed": [{"weight": 10}], "bar": 20, "loaded": []},
         {"/bar": {"ambiguous"}, "/loaded": {"ambiguous"}}),
        ({"target": 100, "fixed": []}, {"/fixed": {"too_short"}}),
        ({"target": 900, "plates": ABSURD},
         {"/plates": {"too_many_combinations"}}),
    ],
)  # fmt: skip
async def test_what_cannot_be_asked_of_plates_is_refused(
    lifter: Person, body: dict[str, Any], expected: dict[str, set[str]]
) -> None:
    assert await refused(lifter, "plates", {"unit": "kilograms", **body}) == expected


@pytest.mark.requirement("BEY-11")
async def test_collars_sides_and_what_is_loaded_count(lifter: Person) -> None:
    gear = {"unit": "kilograms", "bar": 20, "plates": GYM}

    collared = await told(lifter, "plates", {**gear, "target": 100, "collars": 5})
    landmine = await told(lifter, "plates", {**gear, "target": 70, "sides": 1})
    changed = await told(
        lifter, "plates", {**gear, "target": 100, "loaded": [{"weight": 20}, {"weight": 15}]}
    )

    assert weights(collared["per_side"]) == [25, 10, 2.5]
    assert collared["collars"] == {"weight": 5, "unit": "kilograms"}
    assert (weights(landmine["per_side"]), landmine["sides"]) == ([25, 25], 1)
    assert weights(changed["per_side"]) == [20, 15, 5]
    assert (weights(changed["put_on"]), weights(changed["taken_off"])) == ([5], [])


@pytest.mark.requirement("BEY-11")
async def test_on_request_the_nearest_loading_may_be_heavier(lifter: Person) -> None:
    body = {"target": 102, "unit": "kilograms", "bar": 20, "plates": GYM}

    below = await told(lifter, "plates", body)
    nearest = await told(lifter, "plates", {**body, "may_exceed": True})

    assert (below["achieved"], below["remainder"]) == (100, 2)
    assert (nearest["achieved"], nearest["remainder"]) == (102.5, -0.5)


@pytest.mark.requirement("BEY-11")
async def test_of_fixed_weights_the_one_to_take_is_named(lifter: Person) -> None:
    fixed = [{"weight": 20}, {"weight": 50, "unit": "pounds"}]

    found = await told(lifter, "plates", {"target": 23, "unit": "kilograms", "fixed": fixed})

    assert found["fixed"] == {"weight": 50, "unit": "pounds"}
    assert (found["achieved"], found["remainder"]) == (22.6796185, 0.3203815)
    assert (found["bar"], found["per_side"]) == (None, [])


@pytest.mark.requirement("BEY-11")
async def test_a_warm_up_is_a_ramp_that_changes_few_plates(lifter: Person) -> None:
    body = {"target": 100, "unit": "kilograms", "reps": 5, "bar": 20, "plates": GYM}

    found = await told(lifter, "warm-up", body)

    assert [(one["weight"], one["reps"]) for one in found["sets"]] == [
        (20, 10),
        (40, 5),
        (60, 3),
        (80, 2),
    ]
    assert [one["number"] for one in found["sets"]] == [1, 2, 3, 4]
    work = found["work_set"]
    assert (work["weight"], work["reps"], work["percentage"]) == (100, 5, 100)
    assert weights(work["per_side"]) == [25, 15]
    changes = [*found["sets"], work]
    assert found["changes"] == sum(len(one["put_on"]) + len(one["taken_off"]) for one in changes)
    assert (found["scheme"], found["version"]) == ("ramp", "1")


@pytest.mark.requirement("BEY-11")
@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"reps": 0}, {"/reps": {"greater_than_equal"}}),
        ({"target": 15}, {"/target": {"below_bar"}}),
        ({"fixed": []}, {"/fixed": {"extra_forbidden"}}),
    ],
)
async def test_what_cannot_be_warmed_up_for_is_refused(
    lifter: Person, wrong: dict[str, Any], expected: dict[str, set[str]]
) -> None:
    body = {"target": 100, "unit": "kilograms", "reps": 5, **wrong}

    assert await refused(lifter, "warm-up", body) == expected


@pytest.mark.requirement("STR-08", "STR-12")
@pytest.mark.parametrize("tool", ["one-rep-max", "points", "plates", "warm-up"])
async def test_calculators_are_for_those_who_signed_in(api: httpx2.AsyncClient, tool: str) -> None:
    answer = await api.post(f"/tools/{tool}", json=FIVES)

    assert answer.status_code == 401


async def test_a_calculator_ignores_an_idempotency_key(lifter: Person) -> None:
    answers = [
        await lifter.post(
            "/tools/one-rep-max", json={**FIVES, "reps": reps}, headers={"Idempotency-Key": "same"}
        )
        for reps in (5, 6, 6)
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert [answer.json()["data"]["reps"] for answer in answers] == [5, 6, 6]
    assert "idempotency-replayed" not in answers[2].headers
