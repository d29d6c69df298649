"""What plates a user's gyms have."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from workout_application.strength.commands.create_plate_inventory import CreatePlateInventory
from workout_application.strength.commands.delete_plate_inventory import DeletePlateInventory
from workout_application.strength.commands.replace_plate_inventory import (
    ReplacePlateInventory,
)
from workout_application.strength.queries.get_plate_inventory import GetPlateInventory
from workout_application.strength.views import PlateInventoryView
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import (
    Envelope,
    PageEnvelope,
    envelope,
    nothing,
    page_envelope,
    unless_unchanged,
)
from workout_presentation.api.operations import BASE, answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.strength.gear_models import (
    PlateInventoryBody,
    PlateInventoryListQuery,
)

plate_inventories = router("/tools/plate-inventories", tag="Strength")


@plate_inventories.post("", **answers(201, Envelope[PlateInventoryView], 401, 409, 422))
@sends(CreatePlateInventory)
async def create_plate_inventory(body: PlateInventoryBody, door: FromDoor) -> Response:
    """Write down what plates a gym has; calculators never use more."""
    return await door.tell(
        body.to_create(),
        lambda inventory: envelope(
            inventory,
            status=201,
            etag=inventory.revision,
            location=f"{BASE}/tools/plate-inventories/{inventory.id}",
        ),
    )


@plate_inventories.get(
    "", **answers(200, PageEnvelope[PlateInventoryView], 401, query=PlateInventoryListQuery)
)
async def list_plate_inventories(request: Request, door: FromDoor) -> Response:
    """List your plate inventories by name."""
    query = read_query(PlateInventoryListQuery, request)
    page = await door.ask(query.to_query())
    return page_envelope(request, page)


@plate_inventories.get("/{inventory_id}", **answers(200, Envelope[PlateInventoryView], 401, 404))
async def get_plate_inventory(inventory_id: UUID, request: Request, door: FromDoor) -> Response:
    """Show one of your plate inventories."""
    inventory = await door.ask(GetPlateInventory(inventory_id=inventory_id))
    return unless_unchanged(request, inventory.data, inventory.revision)


@plate_inventories.put(
    "/{inventory_id}", **answers(200, Envelope[PlateInventoryView], 401, 404, 409, 412)
)
@sends(ReplacePlateInventory)
async def replace_plate_inventory(
    inventory_id: UUID, body: PlateInventoryBody, door: FromDoor
) -> Response:
    """Say anew what plates a gym has."""
    return await door.tell(
        body.to_replace(inventory_id, door.expected_revision()),
        lambda inventory: envelope(inventory, etag=inventory.revision),
    )


@plate_inventories.delete("/{inventory_id}", **answers(204, None, 401, 404, 412))
async def delete_plate_inventory(inventory_id: UUID, door: FromDoor) -> Response:
    """Delete one of your plate inventories."""
    command = DeletePlateInventory(
        inventory_id=inventory_id, expected_revision=door.expected_revision()
    )
    return await door.tell(command, lambda _: nothing())
