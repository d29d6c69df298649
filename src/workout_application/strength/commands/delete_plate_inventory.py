"""Somebody gives a plate inventory up."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.strength.repositories import PlateInventoryRepository
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class DeletePlateInventory(Command[None]):
    """After the default one none is default."""

    inventory_id: UUID
    expected_revision: int | None = None


class DeletePlateInventoryHandler:
    """Deletes the caller's own."""

    def __init__(self, inventories: PlateInventoryRepository, clock: Clock) -> None:
        self._inventories, self._clock = inventories, clock

    async def handle(self, command: DeletePlateInventory, actor: Actor) -> None:
        """Delete it."""
        inventory = await self._inventories.of_user(actor.id, command.inventory_id)
        expect_revision(inventory, command.expected_revision)
        inventory.delete(at=self._clock.now())
