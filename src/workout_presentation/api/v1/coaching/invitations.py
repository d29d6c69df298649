"""Inviting, and answering invitations."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from workout_application.coaching.commands.accept_invitation import AcceptInvitation
from workout_application.coaching.commands.decline_invitation import DeclineInvitation
from workout_application.coaching.commands.invite_athlete import InviteAthlete
from workout_application.coaching.commands.withdraw_invitation import WithdrawInvitation
from workout_application.coaching.queries.get_invitation import GetInvitation
from workout_application.coaching.views import InvitationView, RelationView
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
from workout_presentation.api.operations import BASE, answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.coaching.models import (
    AcceptInvitationBody,
    DeclineInvitationBody,
    InvitationBody,
    InvitationListQuery,
)

invitations = router("/coaching/invitations", tag="Coaching")


@invitations.post("", **answers(201, Envelope[InvitationView], 401, 403, 409, 422))
@sends(InviteAthlete)
async def create_invitation(door: FromDoor, body: InvitationBody | None = None) -> Response:
    """Invite somebody to be coached by you. The code is in this answer and nowhere else."""
    return await door.tell(
        (body or InvitationBody()).to_command(),
        lambda invitation: envelope(
            invitation,
            status=201,
            etag=invitation.revision,
            location=f"{BASE}/coaching/invitations/{invitation.id}",
        ),
    )


@invitations.get(
    "", **answers(200, PageEnvelope[InvitationView], 401, 403, query=InvitationListQuery)
)
async def list_invitations(request: Request, door: FromDoor) -> Response:
    """List the invitations you sent, newest first; codes are not shown again."""
    query = read_query(InvitationListQuery, request)
    page = await door.ask(query.to_query())
    return page_envelope(request, page)


@invitations.get("/{invitation_id}", **answers(200, Envelope[InvitationView], 401, 403, 404))
async def get_invitation(invitation_id: UUID, request: Request, door: FromDoor) -> Response:
    """Show one invitation you sent."""
    invitation = await door.ask(GetInvitation(invitation_id=invitation_id))
    return unless_unchanged(request, invitation.data, invitation.revision)


@invitations.delete("/{invitation_id}", **answers(204, None, 401, 403, 404, 409, 412))
async def withdraw_invitation(invitation_id: UUID, door: FromDoor) -> Response:
    """Take an invitation back that nobody has answered."""
    command = WithdrawInvitation(
        invitation_id=invitation_id, expected_revision=door.expected_revision()
    )
    return await door.tell(command, lambda _: nothing())


@invitations.post("/accept", **answers(201, Envelope[RelationView], 401, 403, 404, 409, 422, 429))
@limited_by("code")
@sends(AcceptInvitation)
async def accept_invitation(body: AcceptInvitationBody, door: FromDoor) -> Response:
    """Accept an invitation, with all scopes it offers or fewer."""
    return await door.tell(
        body.to_command(),
        lambda relation: envelope(
            relation,
            status=201,
            etag=relation.revision,
            location=f"{BASE}/coaching/relations/{relation.id}",
        ),
    )


@invitations.post("/decline", **answers(204, None, 401, 403, 404, 409, 422, 429))
@limited_by("code")
@sends(DeclineInvitation)
async def decline_invitation(body: DeclineInvitationBody, door: FromDoor) -> Response:
    """Turn an invitation down."""
    return await door.tell(body.to_command(), lambda _: nothing())
