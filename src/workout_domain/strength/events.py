"""What happens to plate inventories, and that a calculator was used."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from workout_domain.kernel.events import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class PlateInventoryEvent(DomainEvent):
    """Something happened to one plate inventory."""

    inventory_id: UUID
    user_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The inventory."""
        return self.inventory_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PlateInventoryCreated(PlateInventoryEvent):
    """A user wrote down what plates a gym has."""

    kind: ClassVar[str] = "tools.plate_inventory.created"
    is_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlateInventoryChanged(PlateInventoryEvent):
    """An inventory says something else, or became or ceased to be the default one."""

    kind: ClassVar[str] = "tools.plate_inventory.changed"
    is_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlateInventoryDeleted(PlateInventoryEvent):
    """A user gave an inventory up."""

    kind: ClassVar[str] = "tools.plate_inventory.deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatesCalculated(DomainEvent):
    """
    Somebody used the plate calculator; told only where telemetry is on.

    ``source`` says whose plates they were: ``given`` with the request, of an ``inventory``, or the
    ``standard`` ones.
    """

    kind: ClassVar[str] = "tools.platecalc.query"
    user_id: UUID
    target: Decimal
    unit: str
    achieved: Decimal
    loadable: bool
    source: str
    inventory_id: UUID | None

    @property
    def aggregate_id(self) -> UUID:
        """The user, because a calculation is nothing that stays."""
        return self.user_id
