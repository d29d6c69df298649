"""What the strength tools need from elsewhere, in their own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_domain.strength.events import PlatesCalculated
from workout_domain.strength.plate_inventory import Contents
from workout_shared.pages import Page, PageRequest


@dataclass(frozen=True, slots=True)
class FoundInventory:
    """What an inventory holds, and which it is."""

    id: UUID
    contents: Contents


class PlateInventoryReader(Protocol):
    """Reads a user's own plate inventories."""

    async def page(self, request: PageRequest, *, visible_to: Actor) -> Page[bytes]:
        """Return ``PlateInventoryView`` items."""
        ...

    async def one(self, inventory_id: UUID, *, visible_to: Actor) -> Document:
        """
        Return a ``PlateInventoryView``.

        Raises:
            PlateInventoryNotFound: there is none, or it is somebody else's.
        """
        ...

    async def contents(
        self, inventory_id: UUID | None, *, visible_to: Actor
    ) -> FoundInventory | None:
        """
        Return what an inventory holds; None stands for the default one, which may be missing.

        Raises:
            PlateInventoryNotFound: the one named is not there, or somebody else's.
        """
        ...


class CalculatorTelemetry(Protocol):
    """Tells that a calculator was used, where the operator wants to know."""

    async def plates_calculated(self, event: PlatesCalculated, actor: Actor, /) -> None:
        """Store the event, or drop it where telemetry is off."""
        ...


class OwnedInventories(Protocol):
    """Plate inventories by their owner, as a deleted account leaves them."""

    async def erase(self, user_id: UUID, /) -> None:
        """Delete them."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BestSet:
    """
    The set of one exercise that promises most, as it was performed.

    ``effective_kg`` is the whole load moved, ``body_kg`` the share of the body weight in it; the
    repetitions are the successful ones.
    """

    set_id: UUID
    session_id: UUID
    exercise_id: UUID
    exercise_name: str
    performed_at: datetime
    weight: Decimal | None
    unit: str | None
    effective_kg: Decimal
    body_kg: Decimal
    reps: int
    rpe: Decimal | None
    rir: Decimal | None


class BestSets(Protocol):
    """Reads what a user lifted lately."""

    async def of(
        self,
        user_id: UUID,
        /,
        *,
        factors: Sequence[Decimal],
        since: datetime,
        until: datetime,
        exercise_id: UUID | None,
    ) -> list[BestSet]:
        """
        Return each exercise's best set in a period, by name of exercise.

        ``factors[r - 1]`` is what r repetitions multiply the load with; the best set has the
        largest product. Warm-ups, failed repetitions, assisted and timed sets do not count.
        """
        ...
