"""One's own account."""

from fastapi import Request
from starlette.responses import Response

from workout_application.identity.commands.change_password import ChangePassword
from workout_application.identity.commands.update_profile import UpdateProfile
from workout_application.identity.queries.get_me import GetMe
from workout_application.identity.views import UserView
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import Envelope, envelope, unless_unchanged
from workout_presentation.api.operations import answers, router
from workout_presentation.api.v1.identity.models import ChangePasswordBody, UpdateProfileBody

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
