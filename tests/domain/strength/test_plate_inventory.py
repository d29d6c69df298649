"""Plate inventories: what they may hold, and how they change."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests.builders.coaching import NOON
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.strength.errors import ImplementUnknown
from workout_domain.strength.events import (
    PlateInventoryChanged,
    PlateInventoryCreated,
    PlateInventoryDeleted,
)
from workout_domain.strength.plate_inventory import Bar, Contents, FixedWeights, PlateInventory
from workout_domain.strength.plates import Implement, PlateStock

pytestmark = pytest.mark.requirement("STR-13")

KG, LB = MeasurementUnit.KILOGRAMS, MeasurementUnit.POUNDS
LATER = NOON + timedelta(hours=1)
TWENTY = Load(Decimal(20))


def contents(**fields: Any) -> Contents:
    """Make what a home gym holds."""
    return Contents(**{"unit": KG, **fields})


def an_inventory(**fields: Any) -> PlateInventory:
    """Create an inventory."""
    values: dict[str, Any] = {"name": "Home gym", "contents": contents(), "is_default": True}
    return PlateInventory.create(
        inventory_id=uuid4(), user_id=uuid4(), **{**values, **fields}, at=NOON
    )


def test_creating_replacing_and_deleting_leave_events() -> None:
    inventory = an_inventory(name="  Home gym ")

    inventory.replace(name="Garage", contents=contents(unit=LB), is_default=False, at=LATER)
    inventory.delete(at=LATER)

    events = inventory.take_events()
    assert [type(event) for event in events] == [
        PlateInventoryCreated,
        PlateInventoryChanged,
        PlateInventoryDeleted,
    ]
    assert {event.aggregate_id for event in events} == {inventory.id}
    assert (inventory.name, inventory.contents.unit) == ("Garage", LB)
    assert inventory.revision == 3
    assert inventory.is_deleted


def test_the_default_one_makes_way() -> None:
    inventory = an_inventory()

    inventory.make_way(at=LATER)

    assert not inventory.is_default
    assert isinstance(inventory.take_events()[-1], PlateInventoryChanged)


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_an_inventory_has_a_name(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        an_inventory(name=name)

    assert [error.pointer for error in refused.value.errors] == ["/name"]


def test_without_a_name_the_first_bar_is_taken_with_its_collars() -> None:
    held = contents(
        bars=(Bar(name="Women's", load=Load(Decimal(15))), Bar(name="Men's", load=TWENTY)),
        collars=Load(Decimal(5)),
    )

    assert held.implement() == Implement(bar=Load(Decimal(15)), collars=Load(Decimal(5)))
    assert held.implement(" MEN'S ") == Implement(bar=TWENTY, collars=Load(Decimal(5)))


@pytest.mark.parametrize(("unit", "weight"), [(KG, 20), (LB, 45)])
def test_without_any_bar_a_usual_one_is_taken(unit: MeasurementUnit, weight: int) -> None:
    assert contents(unit=unit).implement() == Implement(bar=Load(Decimal(weight), unit))


def test_fixed_weights_are_found_by_name() -> None:
    dumbbells = FixedWeights(name="Dumbbells", weights=(TWENTY,))

    assert contents(fixed=(dumbbells,)).implement("dumbbells") == dumbbells
    with pytest.raises(ImplementUnknown):
        contents(fixed=(dumbbells,)).implement("kettlebells")


@pytest.mark.parametrize(
    ("fields", "pointer", "code"),
    [
        ({"bars": (Bar(name=" ", load=TWENTY),)}, "/bars", "blank"),
        ({"bars": (Bar(name="A", load=TWENTY), Bar(name="a", load=TWENTY))}, "/bars", "duplicate"),
        ({"bars": (Bar(name="A", load=TWENTY, sides=3),)}, "/sides", "out_of_range"),
        (
            {"bars": tuple(Bar(name=str(n), load=TWENTY) for n in range(21))},
            "/bars",
            "too_long",
        ),
        ({"plates": (PlateStock(load=TWENTY, pairs=1),) * 2}, "/plates", "duplicate"),
        (
            {"plates": tuple(PlateStock(load=Load(Decimal(n)), pairs=1) for n in range(1, 42))},
            "/plates",
            "too_long",
        ),
        ({"fixed": (FixedWeights(name="A", weights=()),)}, "/fixed", "greater_than"),
        (
            {"fixed": (FixedWeights(name="A", weights=(Load(Decimal(0)),)),)},
            "/fixed",
            "greater_than",
        ),
        ({"fixed": (FixedWeights(name="A", weights=(TWENTY,) * 101),)}, "/fixed", "too_long"),
        (
            {
                "bars": (Bar(name="A", load=TWENTY),),
                "fixed": (FixedWeights(name="A", weights=(TWENTY,)),),
            },
            "/bars",
            "duplicate",
        ),
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, Any], pointer: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        contents(**fields)

    assert [(error.pointer, error.code) for error in refused.value.errors] == [(pointer, code)]


def test_the_same_plate_in_two_units_is_two_plates() -> None:
    held = contents(
        plates=(PlateStock(load=TWENTY, pairs=1), PlateStock(load=Load(Decimal(20), LB), pairs=1))
    )

    assert len(held.plates) == 2
