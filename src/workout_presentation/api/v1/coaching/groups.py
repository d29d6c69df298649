"""A trainer's groups of athletes."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from workout_application.coaching.commands.add_athlete_to_group import AddAthleteToGroup
from workout_application.coaching.commands.create_group import CreateGroup
from workout_application.coaching.commands.delete_group import DeleteGroup
from workout_application.coaching.commands.remove_athlete_from_group import (
    RemoveAthleteFromGroup,
)
from workout_application.coaching.commands.update_group import UpdateGroup
from workout_application.coaching.queries.get_group import GetGroup
from workout_application.coaching.views import GroupView
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
from workout_presentation.api.v1.coaching.models import (
    CreateGroupBody,
    GroupListQuery,
    UpdateGroupBody,
)

groups = router("/coaching/groups", tag="Coaching")


@groups.post("", **answers(201, Envelope[GroupView], 401, 403, 404, 409, 422))
@sends(CreateGroup)
async def create_group(body: CreateGroupBody, door: FromDoor) -> Response:
    """Put athletes you coach under one name."""
    return await door.tell(
        body.to_command(),
        lambda group: envelope(
            group,
            status=201,
            etag=group.revision,
            location=f"{BASE}/coaching/groups/{group.id}",
        ),
    )


@groups.get("", **answers(200, PageEnvelope[GroupView], 401, 403, query=GroupListQuery))
async def list_groups(request: Request, door: FromDoor) -> Response:
    """List your groups by name."""
    query = read_query(GroupListQuery, request)
    page = await door.ask(query.to_query())
    return page_envelope(request, page)


@groups.get("/{group_id}", **answers(200, Envelope[GroupView], 401, 403, 404))
async def get_group(group_id: UUID, request: Request, door: FromDoor) -> Response:
    """Show one of your groups."""
    group = await door.ask(GetGroup(group_id=group_id))
    return unless_unchanged(request, group.data, group.revision)


@groups.put("/{group_id}", **answers(200, Envelope[GroupView], 401, 403, 404, 409, 412))
@sends(UpdateGroup)
async def update_group(group_id: UUID, body: UpdateGroupBody, door: FromDoor) -> Response:
    """Call a group otherwise, or put others into it."""
    return await door.tell(body.to_command(group_id, door.expected_revision()), shown)


@groups.delete("/{group_id}", **answers(204, None, 401, 403, 404, 412))
async def delete_group(group_id: UUID, door: FromDoor) -> Response:
    """Give a group up; its athletes stay yours."""
    command = DeleteGroup(group_id=group_id, expected_revision=door.expected_revision())
    return await door.tell(command, lambda _: nothing())


@groups.put(
    "/{group_id}/athletes/{athlete_id}",
    **answers(200, Envelope[GroupView], 401, 403, 404, 409, 412),
)
async def add_athlete_to_group(group_id: UUID, athlete_id: UUID, door: FromDoor) -> Response:
    """Put an athlete into a group."""
    command = AddAthleteToGroup(
        group_id=group_id, athlete_id=athlete_id, expected_revision=door.expected_revision()
    )
    return await door.tell(command, shown)


@groups.delete("/{group_id}/athletes/{athlete_id}", **answers(204, None, 401, 403, 404, 412))
async def remove_athlete_from_group(group_id: UUID, athlete_id: UUID, door: FromDoor) -> Response:
    """Take an athlete out of a group."""
    command = RemoveAthleteFromGroup(
        group_id=group_id, athlete_id=athlete_id, expected_revision=door.expected_revision()
    )
    return await door.tell(command, lambda _: nothing())


def shown(group: GroupView) -> Response:
    """Present a group in its new state."""
    return envelope(group, etag=group.revision)
