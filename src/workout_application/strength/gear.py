"""Whose bar and plates a calculation uses: those given, those of an inventory, or usual ones."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.strength.ports import FoundInventory, PlateInventoryReader
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.strength.plate_inventory import FixedWeights
from workout_domain.strength.plates import (
    BOTH_SIDES,
    STANDARD_BARS,
    Implement,
    PlateStock,
    standard_plates,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GearAsked:
    """
    What a request says of its gear; what is None comes from an inventory, or from usual gear.

    ``implement`` names a bar or fixed weights of the inventory; ``collars`` are both together.
    """

    bar: Load | None = None
    collars: Load | None = None
    sides: int | None = None
    plates: tuple[PlateStock, ...] | None = None
    inventory_id: UUID | None = None
    implement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gear:
    """What a calculation uses, and whose it is: ``given``, of an ``inventory`` or ``standard``."""

    implement: Implement | FixedWeights
    plates: tuple[PlateStock, ...]
    source: str
    inventory_id: UUID | None = None


class GearRoom:
    """Finds the gear of a request; reads an inventory only where the request gives no plates."""

    def __init__(self, inventories: PlateInventoryReader) -> None:
        self._inventories = inventories

    async def find(self, asked: GearAsked, unit: MeasurementUnit, actor: Actor) -> Gear:
        """
        Return the gear: without plates or a named inventory, that of the caller's default one.

        Raises:
            PlateInventoryNotFound: the inventory named is not there, or somebody else's.
            ImplementUnknown: the inventory has nothing of the name asked for.
        """
        if asked.plates is not None:
            return Gear(implement=_bar(asked, unit), plates=asked.plates, source="given")
        found = await self._inventories.contents(asked.inventory_id, visible_to=actor)
        if found is None:
            plates = standard_plates(unit)
            return Gear(implement=_bar(asked, unit), plates=plates, source="standard")
        return Gear(
            implement=_of_inventory(asked, found),
            plates=found.contents.plates,
            source="inventory",
            inventory_id=found.id,
        )


def _bar(asked: GearAsked, unit: MeasurementUnit) -> Implement:
    return Implement(
        bar=asked.bar or STANDARD_BARS[unit],
        collars=asked.collars,
        sides=asked.sides or BOTH_SIDES,
    )


def _of_inventory(asked: GearAsked, found: FoundInventory) -> Implement | FixedWeights:
    there = found.contents.implement(asked.implement)
    if isinstance(there, FixedWeights):
        return there
    return Implement(
        bar=asked.bar or there.bar,
        collars=asked.collars or there.collars,
        sides=asked.sides or (BOTH_SIDES if asked.bar else there.sides),
    )
