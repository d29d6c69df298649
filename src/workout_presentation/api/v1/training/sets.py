"""Corrections of sets and repetitions."""

from uuid import UUID

from starlette.responses import Response

from workout_application.training.commands.add_rep import AddedRep
from workout_application.training.commands.remove_rep import RemoveRep
from workout_application.training.commands.remove_set import RemoveSet
from workout_application.training.views import RepView, SetView
from workout_presentation.api.door import FromDoor
from workout_presentation.api.envelope import Envelope, envelope, nothing
from workout_presentation.api.operations import BASE, answers, router
from workout_presentation.api.v1.training.set_models import (
    AddRepBody,
    ChangeRepBody,
    ChangeSetBody,
)

sets = router("/sets", tag="Sessions")
reps = router("/reps", tag="Sessions")


@sets.put("/{set_id}", **answers(200, Envelope[SetView], 401, 404, 409))
async def change_set(set_id: UUID, body: ChangeSetBody, door: FromDoor) -> Response:
    """Correct a set of your running session."""
    return await door.tell(body.to_command(set_id), envelope)


@sets.delete("/{set_id}", **answers(204, None, 401, 404, 409))
async def remove_set(set_id: UUID, door: FromDoor) -> Response:
    """Take a set out of your running session."""
    return await door.tell(RemoveSet(set_id=set_id), lambda _: nothing())


@sets.post("/{set_id}/reps", **answers(201, Envelope[RepView], 401, 404, 409, 422))
async def add_rep(set_id: UUID, door: FromDoor, body: AddRepBody | None = None) -> Response:
    """Add a repetition to a set of your running session."""
    return await door.tell((body or AddRepBody()).to_command(set_id), _added)


@reps.put("/{rep_id}", **answers(200, Envelope[RepView], 401, 404, 409))
async def change_rep(rep_id: UUID, body: ChangeRepBody, door: FromDoor) -> Response:
    """Correct a repetition of your running session."""
    return await door.tell(body.to_command(rep_id), envelope)


@reps.delete("/{rep_id}", **answers(204, None, 401, 404, 409))
async def remove_rep(rep_id: UUID, door: FromDoor) -> Response:
    """Take a repetition out of a set of your running session."""
    return await door.tell(RemoveRep(rep_id=rep_id), lambda _: nothing())


def _added(added: AddedRep) -> Response:
    if added.is_repeat:
        return envelope(added.data)
    return envelope(added.data, status=201, location=f"{BASE}/reps/{added.rep_id}")
