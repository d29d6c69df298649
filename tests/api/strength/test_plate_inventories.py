"""Plate inventories over HTTP, and the calculators that use them."""

import asyncio
import json
from typing import Any

import pytest

from tests.api.contract import conforming
from tests.builders.people import People, Person
from tests.infrastructure.training.conftest import Adapters, adapters
from workout_application.strength.queries.list_plate_inventories import ListPlateInventories

pytestmark = pytest.mark.requirement("STR-13", "BEY-11")

INVENTORIES = "/tools/plate-inventories"
HOME: dict[str, Any] = {
    "name": "Home gym",
    "unit": "kilograms",
    "bars": [
        {"name": "Olympic bar", "weight": 20},
        {"name": "Landmine", "weight": 10, "sides": 1},
    ],
    "collars": 0.5,
    "plates": [
        {"weight": 20, "pairs": 1},
        {"weight": 10, "pairs": 2},
        {"weight": 45, "unit": "pounds", "pairs": 1},
    ],
    "fixed": [{"name": "Dumbbells", "weights": [{"weight": 10}, {"weight": 25, "unit": "pounds"}]}],
}
__all__ = ["adapters"]


async def made(person: Person, **fields: Any) -> dict[str, Any]:
    """Create an inventory."""
    answer = await person.post(INVENTORIES, json={**HOME, **fields})
    assert answer.status_code == 201, answer.text
    conforming(answer)
    inventory: dict[str, Any] = answer.json()["data"]
    return inventory


async def plates(person: Person, **fields: Any) -> dict[str, Any]:
    """Ask the plate calculator."""
    answer = await person.post("/tools/plates", json={"unit": "kilograms", **fields})
    assert answer.status_code == 200, answer.text
    conforming(answer)
    found: dict[str, Any] = answer.json()["data"]
    return found


async def defaults(person: Person) -> list[str]:
    """Return the names of the default inventories."""
    listed = (await person.get(INVENTORIES)).json()["data"]
    return [one["name"] for one in listed if one["is_default"]]


async def test_an_inventory_is_made_read_replaced_and_deleted(people: People) -> None:
    person = await people.athlete()
    created = await person.post(INVENTORIES, json=HOME)
    inventory = created.json()["data"]
    path = f"{INVENTORIES}/{inventory['id']}"

    read = await person.get(path)
    replaced = await person.put(path, json={"name": "Garage", "unit": "pounds"})

    assert created.headers["location"] == f"/api/v1{path}"
    assert created.headers["etag"] == read.headers["etag"] == '"1"'
    assert read.json()["data"] == inventory
    assert inventory["bars"] == [
        {"name": "Olympic bar", "weight": 20, "unit": "kilograms", "sides": 2},
        {"name": "Landmine", "weight": 10, "unit": "kilograms", "sides": 1},
    ]
    assert inventory["plates"][2] == {"weight": 45, "unit": "pounds", "pairs": 1}
    assert inventory["fixed"][0]["weights"][1] == {"weight": 25, "unit": "pounds"}
    assert (inventory["collars"], inventory["is_default"]) == (0.5, True)
    anew = replaced.json()["data"]
    assert (anew["name"], anew["unit"], anew["bars"], anew["collars"]) == (
        "Garage",
        "pounds",
        [],
        None,
    )
    assert (anew["revision"], replaced.headers["etag"]) == (2, '"2"')
    assert (await person.get(path)).json()["data"] == anew
    assert (await person.delete(path)).status_code == 204
    gone = await person.get(path)
    assert (gone.status_code, gone.json()["code"]) == (404, "plate_inventory_not_found")
    assert (await person.get(INVENTORIES)).json()["data"] == []


async def test_what_was_read_can_be_sent_back(people: People) -> None:
    person = await people.athlete()
    inventory = await made(person)
    shown = {key: inventory[key] for key in (*HOME, "is_default")}

    replaced = await person.put(f"{INVENTORIES}/{inventory['id']}", json=shown)

    kept = replaced.json()["data"]
    assert {key: kept[key] for key in shown} == shown


async def test_weights_stay_as_entered(people: People) -> None:
    person = await people.athlete()
    plates_ = [{"weight": weight, "pairs": 1} for weight in (0.001, 2.5, 9999.999)]

    inventory = await made(person, plates=plates_)

    read = (await person.get(f"{INVENTORIES}/{inventory['id']}")).json()["data"]
    assert [one["weight"] for one in read["plates"]] == [0.001, 2.5, 9999.999]


async def test_a_bar_without_a_name_is_called_one(people: People) -> None:
    inventory = await made(await people.athlete(), bars=[{"weight": 20}, {"weight": 15}])

    assert [bar["name"] for bar in inventory["bars"]] == ["Bar", "Bar 2"]


async def test_names_are_a_user_s_own_in_whatever_case(people: People) -> None:
    person = await people.athlete()
    inventory = await made(person)
    other = await made(person, name="Club")

    twice = await person.post(INVENTORIES, json={**HOME, "name": " HOME GYM "})
    renamed = await person.put(f"{INVENTORIES}/{other['id']}", json={**HOME, "name": "home gym"})
    await person.delete(f"{INVENTORIES}/{inventory['id']}")

    for answer in (twice, renamed):
        assert (answer.status_code, answer.json()["code"]) == (409, "plate_inventory_name_taken")
    await made(person, name="home gym")
    await made(await people.athlete())


async def test_one_inventory_is_the_default_one(people: People) -> None:
    person = await people.athlete()
    home = await made(person)
    await made(person, name="Club")
    assert await defaults(person) == ["Home gym"]

    hotel = await made(person, name="Hotel", is_default=True)
    assert await defaults(person) == ["Hotel"]

    await person.put(f"{INVENTORIES}/{home['id']}", json={**HOME, "is_default": True})
    assert await defaults(person) == ["Home gym"]
    await person.put(f"{INVENTORIES}/{home['id']}", json=HOME)
    assert await defaults(person) == ["Home gym"]
    await person.put(f"{INVENTORIES}/{hotel['id']}", json={**HOME, "name": "Hotel"})
    assert await defaults(person) == ["Home gym"]

    await person.delete(f"{INVENTORIES}/{home['id']}")
    assert await defaults(person) == []


async def test_of_many_made_at_once_one_is_the_default_one(people: People) -> None:
    person = await people.athlete()

    await asyncio.gather(*(made(person, name=f"Gym {n}", is_default=True) for n in range(5)))

    assert len(await defaults(person)) == 1


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"name": "  "}, {"/name": "blank"}),
        ({"unit": None}, {"/unit": "enum"}),
        ({"bars": [{"name": "Bar"}], "collars": -1, "steel": 1},
         {"/bars/0/weight": "missing", "/collars": "greater_than_equal",
          "/steel": "extra_forbidden"}),
        ({"plates": [{"weight": 20, "pairs": 1}, {"weight": 20.0, "pairs": 2}]},
         {"/plates": "duplicate"}),
        ({"bars": [{"name": "a", "weight": 1}, {"name": "A", "weight": 2}]},
         {"/bars": "duplicate"}),
        ({"bars": [{"weight": 20, "sides": 4}]}, {"/bars/0/sides": "literal_error"}),
        ({"plates": [{"weight": 0, "pairs": 101}]},
         {"/plates/0/weight": "greater_than", "/plates/0/pairs": "less_than_equal"}),
        ({"fixed": [{"name": "Stack", "weights": []}]}, {"/fixed/0/weights": "too_short"}),
    ],
)  # fmt: skip
async def test_what_cannot_be_kept_is_refused(
    people: People, wrong: dict[str, Any], expected: dict[str, str]
) -> None:
    person = await people.athlete()

    answer = await person.post(INVENTORIES, json={**HOME, **wrong})

    assert answer.status_code == 400
    assert {one["pointer"]: one["code"] for one in answer.json()["errors"]} == expected


async def test_nobody_else_s_inventory_is_there(people: People) -> None:
    inventory = await made(await people.athlete())
    other = await people.trainer()
    path = f"{INVENTORIES}/{inventory['id']}"

    answers = [
        await other.get(path),
        await other.put(path, json=HOME),
        await other.delete(path),
        await other.post("/tools/plates", json={"target": 100, "inventory_id": inventory["id"]}),
        await other.post(
            "/tools/warm-up", json={"target": 100, "reps": 5, "inventory_id": inventory["id"]}
        ),
    ]

    assert {(one.status_code, one.json()["code"]) for one in answers} == {
        (404, "plate_inventory_not_found")
    }
    assert (await other.get(INVENTORIES)).json()["data"] == []


async def test_a_stale_revision_changes_nothing(people: People) -> None:
    person = await people.athlete()
    inventory = await made(person)
    path = f"{INVENTORIES}/{inventory['id']}"
    await person.put(path, json=HOME)
    stale = {"If-Match": '"1"'}

    replaced = await person.put(path, json={**HOME, "name": "Mine"}, headers=stale)
    deleted = await person.delete(path, headers=stale)

    assert (replaced.status_code, deleted.status_code) == (412, 412)
    read = await person.get(path)
    assert read.json()["data"]["name"] == "Home gym"
    unchanged = await person.get(path, headers={"If-None-Match": read.headers["etag"]})
    assert unchanged.status_code == 304
    assert (await person.delete(path, headers={"If-Match": '"2"'})).status_code == 204


async def test_a_repeat_by_key_makes_one_inventory(people: People) -> None:
    person = await people.athlete()
    key = {"Idempotency-Key": "inventory"}

    first = await person.post(INVENTORIES, json=HOME, headers=key)
    again = await person.post(INVENTORIES, json=HOME, headers=key)
    other = await person.post(INVENTORIES, json={**HOME, "name": "Other"}, headers=key)

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.json() == first.json()
    assert len((await person.get(INVENTORIES)).json()["data"]) == 1


async def test_lists_are_cut_and_sorted(people: People) -> None:
    person = await people.athlete()
    for name in ("club", "Attic", "Basement"):
        await made(person, name=name)

    by_name = await person.get(INVENTORIES)
    newest = await person.get(f"{INVENTORIES}?sort=-created_at&page_size=2")
    wrong = await person.get(f"{INVENTORIES}?sort=weight")

    assert [one["name"] for one in by_name.json()["data"]] == ["Attic", "Basement", "club"]
    assert [one["name"] for one in newest.json()["data"]] == ["Basement", "Attic"]
    assert newest.json()["pagination"]["total_items"] == 3
    assert wrong.status_code == 400


async def test_the_calculator_never_uses_more_pairs_than_are_stored(people: People) -> None:
    person = await people.athlete()
    inventory = await made(person, plates=[{"weight": 20, "pairs": 1}, {"weight": 10, "pairs": 2}])

    found = await plates(person, target=200.5, inventory_id=inventory["id"])

    assert [one["weight"] for one in found["per_side"]] == [20, 10, 10]
    assert (found["achieved"], found["remainder"], found["loadable"]) == (100.5, 100, False)


async def test_the_default_inventory_is_used_where_nothing_is_said(people: People) -> None:
    person = await people.athlete()
    inventory = await made(person)

    found = await plates(person, target=100)
    own = await plates(person, target=100, plates=[{"weight": 40, "pairs": 1}])
    warm_up = await person.post(
        "/tools/warm-up", json={"target": 100, "unit": "kilograms", "reps": 5}
    )

    assert found["inventory_id"] == inventory["id"]
    assert found["collars"] == {"weight": 0.5, "unit": "kilograms"}
    assert (own["inventory_id"], [one["weight"] for one in own["per_side"]]) == (None, [40])
    assert warm_up.json()["data"]["inventory_id"] == inventory["id"]


async def test_bars_and_fixed_weights_are_asked_for_by_name(people: People) -> None:
    person = await people.athlete()
    await made(person)

    landmine = await plates(person, target=50.5, implement="landmine")
    dumbbell = await plates(person, target=12, implement="Dumbbells")
    unknown = await person.post("/tools/plates", json={"target": 12, "implement": "Kettlebell"})
    ramp = await person.post(
        "/tools/warm-up", json={"target": 20, "reps": 5, "implement": "Dumbbells"}
    )

    assert landmine["sides"] == 1
    assert [one["weight"] for one in landmine["per_side"]] == [20, 20]
    assert dumbbell["fixed"] == {"weight": 25, "unit": "pounds"}
    for answer in (unknown, ramp):
        assert (answer.status_code, answer.json()["code"]) == (400, "implement_unknown")


async def test_inventories_leave_events(people: People, database: Any) -> None:
    person = await people.athlete()
    home = await made(person)
    await made(person, name="Club", is_default=True)
    await person.delete(f"{INVENTORIES}/{home['id']}")

    rows = await database.fetch(
        """SELECT kind, payload FROM outbox_messages WHERE aggregate_id = $1::uuid ORDER BY id""",
        home["id"],
    )

    assert [row["kind"] for row in rows] == [
        "tools.plate_inventory.created",
        "tools.plate_inventory.changed",
        "tools.plate_inventory.deleted",
    ]
    assert json.loads(rows[0]["payload"]) == {
        "inventory_id": home["id"],
        "user_id": person.user["id"],
        "is_default": True,
    }


@pytest.mark.requirement("SEC-10")
async def test_inventories_are_part_of_the_copy_of_one_s_data(people: People) -> None:
    person = await people.athlete()
    await made(person)

    copied = (await person.get("/me/export")).json()["data"]

    assert [one["name"] for one in copied["plate_inventories"]] == ["Home gym"]
    assert copied["plate_inventories"][0]["contents"]["plates"][0]["weight"] == "20"


@pytest.mark.requirement("DBR-23")
async def test_a_page_costs_the_same_whatever_it_holds(adapters: Adapters, people: People) -> None:
    person = await people.athlete()
    await made(person)
    await adapters.send(ListPlateInventories(), person)
    one = len(adapters.statements.all)
    for number in range(8):
        await made(person, name=f"Gym {number}")

    page = await adapters.send(ListPlateInventories(), person)

    assert len(page.items) == 9
    assert len(adapters.statements.all) == one == 2
