"""Accounts, for administrators."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from workout_application.identity.commands.drop_second_factor import DropSecondFactor
from workout_application.identity.commands.grant_user_role import GrantUserRole
from workout_application.identity.commands.lock_user import LockUser
from workout_application.identity.commands.replace_user_roles import ReplaceUserRoles
from workout_application.identity.commands.revoke_user_role import RevokeUserRole
from workout_application.identity.commands.unlock_user import UnlockUser
from workout_application.identity.queries.get_user import GetUser
from workout_application.identity.queries.get_user_roles import GetUserRoles
from workout_application.identity.queries.list_users import ListUsers
from workout_application.identity.views import (
    AccountDetailView,
    AccountView,
    RolesView,
)
from workout_application.messaging.actor import Role
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import (
    Envelope,
    PageEnvelope,
    envelope,
    nothing,
    page_envelope,
)
from workout_presentation.api.operations import answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.identity.models import (
    LockBody,
    RoleBody,
    RoleName,
    RolesBody,
    UserListQuery,
)

users = router("/admin/users", tag="Admin")


@users.get("", **answers(200, PageEnvelope[AccountView], 401, 403, query=UserListQuery))
@sends(ListUsers)
async def list_users(request: Request, door: FromDoor) -> Response:
    """Find accounts, newest first unless sorted otherwise; deleted ones are not shown."""
    query = read_query(UserListQuery, request)
    page = await door.ask(query.to_query())
    return page_envelope(request, page)


@users.get("/{user_id}", **answers(200, Envelope[AccountDetailView], 401, 403, 404))
@sends(GetUser)
async def get_user(user_id: UUID, door: FromDoor) -> Response:
    """Show one account, how much it has, and who signed in to it lately."""
    user = await door.ask(GetUser(user_id=user_id))
    return envelope(user.data)


@users.post("/{user_id}/lock", **answers(200, Envelope[AccountView], 401, 403, 404, 409, 422))
@sends(LockUser)
async def lock_user(user_id: UUID, door: FromDoor, body: LockBody | None = None) -> Response:
    """Shut an account; whoever is signed in to it is out at once."""
    return await door.tell(
        (body or LockBody()).to_command(user_id), lambda user: envelope(user.data)
    )


@users.post("/{user_id}/unlock", **answers(200, Envelope[AccountView], 401, 403, 404, 422))
@sends(UnlockUser)
async def unlock_user(user_id: UUID, door: FromDoor) -> Response:
    """Open an account again; lifts what failed sign-ins brought on, too."""
    return await door.tell(UnlockUser(user_id=user_id), lambda user: envelope(user.data))


@users.delete("/{user_id}/second-factor", **answers(204, None, 401, 403, 404, 409))
@sends(DropSecondFactor)
async def drop_second_factor(user_id: UUID, door: FromDoor) -> Response:
    """Let somebody in by password again who lost their phone and all recovery codes."""
    return await door.tell(DropSecondFactor(user_id=user_id), lambda _: nothing())


@users.get("/{user_id}/roles", **answers(200, Envelope[RolesView], 401, 403, 404))
@sends(GetUserRoles)
async def get_user_roles(user_id: UUID, door: FromDoor) -> Response:
    """Show the roles of an account."""
    roles = await door.ask(GetUserRoles(user_id=user_id))
    return envelope(roles, etag=roles.revision)


@users.post("/{user_id}/roles", **answers(200, Envelope[RolesView], 401, 403, 404, 422))
@sends(GrantUserRole)
async def grant_user_role(user_id: UUID, body: RoleBody, door: FromDoor) -> Response:
    """Let an account act in one more role; opens the profile it needs."""
    return await door.tell(body.to_command(user_id), held)


@users.put("/{user_id}/roles", **answers(200, Envelope[RolesView], 401, 403, 404, 409, 412))
@sends(ReplaceUserRoles)
async def replace_user_roles(user_id: UUID, body: RolesBody, door: FromDoor) -> Response:
    """Say which roles an account holds, all at once."""
    return await door.tell(body.to_command(user_id, door.expected_revision()), held)


@users.delete("/{user_id}/roles/{role}", **answers(204, None, 401, 403, 404, 409))
@sends(RevokeUserRole)
async def revoke_user_role(user_id: UUID, role: RoleName, door: FromDoor) -> Response:
    """Take a role away; its profile and data stay, its rights end at once."""
    command = RevokeUserRole(user_id=user_id, role=Role(role))
    return await door.tell(command, lambda _: nothing())


def held(roles: RolesView) -> Response:
    """Present the roles held now."""
    return envelope(roles, etag=roles.revision)
