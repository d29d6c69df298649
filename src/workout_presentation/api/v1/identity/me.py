"""One's own account."""

from fastapi import Request
from starlette.responses import Response

from workout_application.identity.commands.delete_account import DeleteAccount
from workout_application.identity.commands.export_personal_data import ExportPersonalData, ReadyCopy
from workout_application.identity.queries.get_me import GetMe
from workout_application.identity.views import LoginView, PersonalCopy, UserView
from workout_presentation.api.door import FromDoor
from workout_presentation.api.envelope import (
    Envelope,
    PageEnvelope,
    envelope,
    nothing,
    page_envelope,
    unless_unchanged,
)
from workout_presentation.api.operations import answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.identity.models import OwnLoginListQuery, UpdateProfileBody

me = router("/me", tag="Identity")


@me.get("", **answers(200, Envelope[UserView], 401))
async def get_me(request: Request, door: FromDoor) -> Response:
    """Show the account of the caller, with its roles and profiles."""
    user = await door.ask(GetMe())
    return unless_unchanged(request, user.data, user.revision)


@me.put("", **answers(200, Envelope[UserView], 401, 412))
async def update_me(body: UpdateProfileBody, door: FromDoor) -> Response:
    """Replace the profile of the caller."""
    command = body.to_command(door.expected_revision())
    return await door.tell(command, lambda user: envelope(user, etag=user.revision))


@me.delete("", **answers(204, None, 401, 409))
async def delete_me(door: FromDoor) -> Response:
    """Delete the account of the caller, at once and for good."""
    return await door.tell(DeleteAccount(), lambda _: nothing())


@me.get("/login-history", **answers(200, PageEnvelope[LoginView], 401, query=OwnLoginListQuery))
async def list_own_logins(request: Request, door: FromDoor) -> Response:
    """List attempts to sign in to your account, right and wrong, newest first."""
    query = read_query(OwnLoginListQuery, request)
    page = await door.ask(query.to_query())
    return page_envelope(request, page)


@me.get("/export", **answers(200, Envelope[PersonalCopy], 401))
async def export_me(door: FromDoor) -> Response:
    """Download a copy of everything held about you, except what would let somebody in."""
    return await door.tell(ExportPersonalData(), download)


def download(copy: ReadyCopy) -> Response:
    """Present a copy as a file named by its day."""
    response = envelope(copy.data)
    name = f"workout-export-{copy.generated_at:%Y-%m-%d}.json"
    response.headers["content-disposition"] = f'attachment; filename="{name}"'
    return response
