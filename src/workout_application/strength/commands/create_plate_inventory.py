"""Somebody writes down what plates a gym has."""

from dataclasses import dataclass

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.strength.views import PlateInventoryView
from workout_domain.strength.plate_inventory import Contents, PlateInventory
from workout_domain.strength.repositories import PlateInventoryRepository
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class CreatePlateInventory(Command[PlateInventoryView]):
    """Answers with the inventory; where nothing is said, the first one is the default one."""

    name: str
    contents: Contents
    is_default: bool | None = None


class CreatePlateInventoryHandler:
    """Keeps at most one default inventory per user."""

    def __init__(
        self, inventories: PlateInventoryRepository, identifiers: Identifiers, clock: Clock
    ) -> None:
        self._inventories = inventories
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: CreatePlateInventory, actor: Actor) -> PlateInventoryView:
        """Create it; a second one of this name is refused by the database."""
        now = self._clock.now()
        has_one = await self._inventories.hold(actor.id)
        is_default = not has_one if command.is_default is None else command.is_default
        if is_default:
            await self._inventories.clear_default(actor.id, at=now)
        inventory = PlateInventory.create(
            inventory_id=self._identifiers.new(),
            user_id=actor.id,
            name=command.name,
            contents=command.contents,
            is_default=is_default,
            at=now,
        )
        self._inventories.add(inventory)
        return PlateInventoryView.of(inventory)
