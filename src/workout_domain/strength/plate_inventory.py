"""A plate inventory: what one gym of a user has to load, with counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.guards import known, required_text
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.strength.errors import ImplementUnknown
from workout_domain.strength.events import (
    PlateInventoryChanged,
    PlateInventoryCreated,
    PlateInventoryDeleted,
)
from workout_domain.strength.plates import (
    BOTH_SIDES,
    MOST_DENOMINATIONS,
    STANDARD_BARS,
    Implement,
    PlateStock,
)

LONGEST_NAME: Final = 100
MOST_IMPLEMENTS: Final = 20
MOST_FIXED_WEIGHTS: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Something plates go on, by the name its owner gives it."""

    name: str
    load: Load
    sides: int = BOTH_SIDES


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedWeights:
    """Weights that take no plates: a rack of dumbbells, a machine's stack."""

    name: str
    weights: tuple[Load, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """
    All that is there; ``collars`` are both of a bar's together.

    Raises:
        Invalid: there is too much of something, a weight of nothing, or the same thing twice.
    """

    unit: MeasurementUnit
    bars: tuple[Bar, ...] = ()
    collars: Load | None = None
    plates: tuple[PlateStock, ...] = ()
    fixed: tuple[FixedWeights, ...] = ()

    def __post_init__(self) -> None:
        _at_most("bars", self.bars, MOST_IMPLEMENTS)
        _at_most("fixed", self.fixed, MOST_IMPLEMENTS)
        _at_most("plates", self.plates, MOST_DENOMINATIONS)
        names = [
            required_text(one.name, field=field, longest=LONGEST_NAME)
            for field in ("bars", "fixed")
            for one in getattr(self, field)
        ]
        _once("bars", (name.casefold() for name in names))
        _once("plates", (one.load for one in self.plates))
        for bar in self.bars:
            Implement(bar=bar.load, sides=bar.sides)
        for one in self.fixed:
            _at_most("fixed", one.weights, MOST_FIXED_WEIGHTS)
            if not one.weights or not all(load.amount > 0 for load in one.weights):
                raise Invalid.field(
                    "/fixed", "greater_than", "Fixed weights must be there, and more than 0."
                )

    def implement(self, name: str | None = None) -> Implement | FixedWeights:
        """
        Return what is called so; without a name the first bar, or a usual one where there is none.

        Raises:
            ImplementUnknown: nothing is called so.
        """
        if name is None:
            first = self.bars[0] if self.bars else None
            load = STANDARD_BARS[self.unit] if first is None else first.load
            sides = BOTH_SIDES if first is None else first.sides
            return Implement(bar=load, collars=self.collars, sides=sides)
        wanted = name.strip().casefold()
        for bar in self.bars:
            if bar.name.casefold() == wanted:
                return Implement(bar=bar.load, collars=self.collars, sides=bar.sides)
        for one in self.fixed:
            if one.name.casefold() == wanted:
                return one
        raise ImplementUnknown.field(
            "/implement", "implement_unknown", "The inventory has nothing of this name."
        )


class PlateInventory(Aggregate):
    """One user's inventory; calculators use the default one where none is named."""

    def __init__(
        self, *, inventory_id: UUID, user_id: UUID, name: str, contents: Contents, at: datetime
    ) -> None:
        super().__init__(at=at)
        self.id = known(inventory_id, field="id")
        self.user_id = known(user_id, field="user_id")
        self.name = required_text(name, field="name", longest=LONGEST_NAME)
        self.contents = contents
        self.is_default = False

    @classmethod
    def create(
        cls,
        *,
        inventory_id: UUID,
        user_id: UUID,
        name: str,
        contents: Contents,
        is_default: bool,
        at: datetime,
    ) -> "PlateInventory":
        """
        Write an inventory down.

        Raises:
            Invalid: the name is blank or too long.
        """
        inventory = cls(
            inventory_id=inventory_id, user_id=user_id, name=name, contents=contents, at=at
        )
        inventory.is_default = is_default
        inventory._record(
            PlateInventoryCreated(
                occurred_at=at, inventory_id=inventory_id, user_id=user_id, is_default=is_default
            )
        )
        return inventory

    def replace(self, *, name: str, contents: Contents, is_default: bool, at: datetime) -> None:
        """
        Say all of it anew.

        Raises:
            Invalid: the name is blank or too long.
        """
        self.name = required_text(name, field="name", longest=LONGEST_NAME)
        self.contents = contents
        self.is_default = is_default
        self._changed(at=at)

    def make_way(self, *, at: datetime) -> None:
        """Cease to be the default one, because another becomes it."""
        self.is_default = False
        self._changed(at=at)

    def delete(self, *, at: datetime) -> None:
        """Give it up; none is default after the default one."""
        self.deleted_at = at
        self.is_default = False
        self._record(
            PlateInventoryDeleted(occurred_at=at, inventory_id=self.id, user_id=self.user_id)
        )

    def _changed(self, *, at: datetime) -> None:
        self._record(
            PlateInventoryChanged(
                occurred_at=at,
                inventory_id=self.id,
                user_id=self.user_id,
                is_default=self.is_default,
            )
        )


def _at_most(field: str, things: tuple[object, ...], most: int) -> None:
    if len(things) > most:
        raise Invalid.field(f"/{field}", "too_long", f"{field} may have {most} entries.")


def _once(field: str, things: Iterable[object]) -> None:
    seen: set[object] = set()
    for thing in things:
        if thing in seen:
            raise Invalid.field(f"/{field}", "duplicate", f"{field} holds the same thing twice.")
        seen.add(thing)
