"""Corrections of sets and repetitions."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from workout_application.training.commands.add_rep import AddedRep
from workout_application.training.commands.remove_rep import RemoveRep
from workout_application.training.commands.remove_set import RemoveSet
from workout_application.training.queries.list_set_history import ListSetHistory
from workout_application.training.views import Changed, RepView, SetRevisionView, SetView
from workout_presentation.api.door import FromDoor
from workout_presentation.api.envelope import (
    Envelope,
    PageEnvelope,
    envelope,
    nothing,
    page_envelope,
)
from workout_presentation.api.operations import BASE, answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.training.set_models import (
    AddRepBody,
    ChangeRepBody,
    ChangeSetBody,
    SetHistoryQuery,
)
from workout_shared.pages import CursorSlice, encode_cursor

sets = router("/sets", tag="Sessions")
reps = router("/reps", tag="Sessions")


@sets.put("/{set_id}", **answers(200, Envelope[SetView], 401, 404, 409, 412))
async def change_set(set_id: UUID, body: ChangeSetBody, door: FromDoor) -> Response:
    """Correct a set of your running session; what it said before is kept in its history."""
    return await door.tell(body.to_command(set_id, door.expected_revision()), _changed)


@sets.delete("/{set_id}", **answers(204, None, 401, 404, 409, 412))
async def remove_set(set_id: UUID, door: FromDoor) -> Response:
    """Take a set out of your running session; its history stays."""
    command = RemoveSet(set_id=set_id, expected_revision=door.expected_revision())
    return await door.tell(command, lambda _: nothing())


@sets.get(
    "/{set_id}/history",
    **answers(200, PageEnvelope[SetRevisionView], 401, 403, 404, query=SetHistoryQuery),
)
async def list_set_history(set_id: UUID, request: Request, door: FromDoor) -> Response:
    """List what a set said before each correction, newest first; yours also when it is removed."""
    query = read_query(SetHistoryQuery, request)
    kept = await door.ask(ListSetHistory(set_id=set_id, before=query.before(), limit=query.limit))
    following = None if kept.last is None else encode_cursor(kept.last)
    return page_envelope(
        request, CursorSlice(items=kept.items, limit=query.limit, next_cursor=following)
    )


@sets.post("/{set_id}/reps", **answers(201, Envelope[RepView], 401, 404, 409, 422))
async def add_rep(set_id: UUID, door: FromDoor, body: AddRepBody | None = None) -> Response:
    """Add a repetition to a set of your running session."""
    return await door.tell((body or AddRepBody()).to_command(set_id), _added)


@reps.put("/{rep_id}", **answers(200, Envelope[RepView], 401, 404, 409, 412))
async def change_rep(rep_id: UUID, body: ChangeRepBody, door: FromDoor) -> Response:
    """Correct a repetition of your running session."""
    return await door.tell(body.to_command(rep_id, door.expected_revision()), _changed)


@reps.delete("/{rep_id}", **answers(204, None, 401, 404, 409, 412))
async def remove_rep(rep_id: UUID, door: FromDoor) -> Response:
    """Take a repetition out of a set of your running session."""
    command = RemoveRep(rep_id=rep_id, expected_revision=door.expected_revision())
    return await door.tell(command, lambda _: nothing())


def _changed(changed: Changed[SetView] | Changed[RepView]) -> Response:
    # The revision is that of the session, which is what If-Match is compared with.
    return envelope(changed.view, etag=changed.revision)


def _added(added: AddedRep) -> Response:
    if added.is_repeat:
        return envelope(added.data)
    return envelope(added.data, status=201, location=f"{BASE}/reps/{added.rep_id}")
