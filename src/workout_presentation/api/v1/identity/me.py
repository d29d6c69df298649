"""One's own account."""

from fastapi import Request
from starlette.responses import Response

from workout_application.identity.commands.change_password import ChangePassword
from workout_application.identity.commands.delete_account import DeleteAccount
from workout_application.identity.commands.export_personal_data import ExportPersonalData, ReadyCopy
from workout_application.identity.commands.update_profile import UpdateProfile
from workout_application.identity.queries.get_me import GetMe
from workout_application.identity.queries.list_own_logins import ListOwnLogins
from workout_application.identity.views import LoginView, PersonalCopy, UserView
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import (
    Envelope,
    PageEnvelope,
    envelope,
    nothing,
    page_envelope,
    unless_unchanged,
)
from workout_presentation.api.limits import limited_by
from workout_presentation.api.operations import answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.identity.models import (
    ChangePasswordBody,
    OwnLoginListQuery,
    UpdateProfileBody,
)

me = router("/me", tag="Identity")


@me.get("", **answers(200, Envelope[UserView], 401))
@sends(GetMe)
async def get_me(request: Request, door: FromDoor) -> Response:
    """Show the account of the caller, with its roles and profiles."""
    user = await door.ask(GetMe())
    return unless_unchanged(request, user.data, user.revision)


@me.put("", **answers(200, Envelope[UserView], 401, 403, 412))
@sends(UpdateProfile)
async def update_me(body: UpdateProfileBody, door: FromDoor) -> Response:
    """Replace the profile of the caller."""
    command = body.to_command(door.expected_revision())
    return await door.tell(command, lambda user: envelope(user, etag=user.revision))


@me.put("/password", **answers(200, Envelope[UserView], 401, 403, 429))
@sends(ChangePassword)
async def change_password(body: ChangePasswordBody, door: FromDoor) -> Response:
    """Change your password; everywhere else you are signed out."""
    return await door.tell(body.to_command(), lambda user: envelope(user, etag=user.revision))


@me.delete("", **answers(204, None, 401, 403, 409))
@sends(DeleteAccount)
async def delete_me(door: FromDoor) -> Response:
    """Delete the account of the caller, at once and for good. Needs a recent sign-in."""
    return await door.tell(DeleteAccount(), lambda _: nothing())


@me.get(
    "/login-history", **answers(200, PageEnvelope[LoginView], 401, 403, query=OwnLoginListQuery)
)
@sends(ListOwnLogins)
async def list_own_logins(request: Request, door: FromDoor) -> Response:
    """List attempts to sign in to your account, right and wrong, newest first."""
    query = read_query(OwnLoginListQuery, request)
    page = await door.ask(query.to_query())
    return page_envelope(request, page)


@me.get("/export", **answers(200, Envelope[PersonalCopy], 401, 403, 429))
@sends(ExportPersonalData)
@limited_by("export")
async def export_me(door: FromDoor) -> Response:
    """Download a copy of everything held about you, except what would let somebody in."""
    return await door.tell(ExportPersonalData(), download)


def download(copy: ReadyCopy) -> Response:
    """Present a copy as a file named by its day."""
    response = envelope(copy.data)
    name = f"workout-export-{copy.generated_at:%Y-%m-%d}.json"
    response.headers["content-disposition"] = f'attachment; filename="{name}"'
    return response
