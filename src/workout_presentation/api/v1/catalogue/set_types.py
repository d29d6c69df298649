"""The types of sets, which administrators keep."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from workout_application.catalogue.commands.create_set_type import CreateSetType
from workout_application.catalogue.commands.delete_set_type import DeleteSetType
from workout_application.catalogue.commands.update_set_type import UpdateSetType
from workout_application.catalogue.queries.get_set_type import GetSetType
from workout_application.catalogue.queries.list_set_types import ListSetTypes
from workout_application.catalogue.views import SetTypeView
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import Envelope, envelope, nothing, unless_unchanged
from workout_presentation.api.operations import BASE, answers, router
from workout_presentation.api.v1.catalogue.models import NewSetTypeBody, SetTypeBody

set_types = router("/set-types", tag="Catalogue")


@set_types.get("", **answers(200, Envelope[list[SetTypeView]], 401))
async def list_set_types(door: FromDoor) -> Response:
    """List the types of sets; bodies name them by `code`."""
    types = await door.ask(ListSetTypes())
    return envelope(types)


@set_types.get("/{set_type_id}", **answers(200, Envelope[SetTypeView], 401, 404))
async def get_set_type(set_type_id: UUID, request: Request, door: FromDoor) -> Response:
    """Show one type of set."""
    found = await door.ask(GetSetType(set_type_id=set_type_id))
    return unless_unchanged(request, found.data, found.revision)


@set_types.post("", **answers(201, Envelope[SetTypeView], 401, 403, 409, 422))
@sends(CreateSetType)
async def create_set_type(body: NewSetTypeBody, door: FromDoor) -> Response:
    """Add a type of set, as an administrator."""
    return await door.tell(
        CreateSetType(code=body.code, details=body.details()),
        lambda made: envelope(
            made, status=201, etag=made.revision, location=f"{BASE}/set-types/{made.id}"
        ),
    )


@set_types.put("/{set_type_id}", **answers(200, Envelope[SetTypeView], 401, 403, 404, 412))
@sends(UpdateSetType)
async def update_set_type(set_type_id: UUID, body: SetTypeBody, door: FromDoor) -> Response:
    """Change what a type of set is called and whether it warms up; its code stays."""
    command = UpdateSetType(
        set_type_id=set_type_id, details=body.details(), expected_revision=door.expected_revision()
    )
    return await door.tell(command, lambda changed: envelope(changed, etag=changed.revision))


@set_types.delete("/{set_type_id}", **answers(204, None, 401, 403, 404, 409, 412))
async def delete_set_type(set_type_id: UUID, door: FromDoor) -> Response:
    """Delete a type of set that nobody used; those every client counts on stay."""
    command = DeleteSetType(set_type_id=set_type_id, expected_revision=door.expected_revision())
    return await door.tell(command, lambda _: nothing())
