"""Somebody says anew what plates a gym has."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.strength.views import PlateInventoryView
from workout_domain.strength.plate_inventory import Contents
from workout_domain.strength.repositories import PlateInventoryRepository
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacePlateInventory(Command[PlateInventoryView]):
    """Answers with the inventory; whether it is the default one stays where nothing is said."""

    inventory_id: UUID
    name: str
    contents: Contents
    is_default: bool | None = None
    expected_revision: int | None = None


class ReplacePlateInventoryHandler:
    """Keeps at most one default inventory per user."""

    def __init__(self, inventories: PlateInventoryRepository, clock: Clock) -> None:
        self._inventories, self._clock = inventories, clock

    async def handle(self, command: ReplacePlateInventory, actor: Actor) -> PlateInventoryView:
        """Replace it."""
        now = self._clock.now()
        await self._inventories.hold(actor.id)
        inventory = await self._inventories.of_user(actor.id, command.inventory_id)
        expect_revision(inventory, command.expected_revision)
        was_default = inventory.is_default
        is_default = was_default if command.is_default is None else command.is_default
        if is_default and not was_default:
            await self._inventories.clear_default(actor.id, at=now)
        inventory.replace(
            name=command.name, contents=command.contents, is_default=is_default, at=now
        )
        return PlateInventoryView.of(inventory)
