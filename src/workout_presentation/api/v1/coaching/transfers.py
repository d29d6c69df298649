"""Handing an athlete over to another trainer, with the athlete's consent."""

from uuid import UUID

from starlette.responses import Response

from workout_application.coaching.commands.accept_transfer import AcceptTransfer
from workout_application.coaching.commands.decline_transfer import DeclineTransfer
from workout_application.coaching.commands.transfer_relation import TransferOutcome
from workout_application.coaching.commands.withdraw_transfer import WithdrawTransfer
from workout_application.coaching.views import RelationView
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import Envelope, envelope, nothing
from workout_presentation.api.limits import limited_by
from workout_presentation.api.operations import BASE, answers, router
from workout_presentation.api.v1.coaching.models import AcceptTransferBody, TransferBody
from workout_presentation.api.v1.coaching.relations import shown

transfers = router("/coaching/relations/{relation_id}/transfer", tag="Coaching")


@transfers.post(
    "",
    **answers(
        201,
        Envelope[RelationView],
        401,
        403,
        404,
        409,
        412,
        422,
        429,
        also={200: Envelope[RelationView]},
    ),
)
@limited_by("code")
async def transfer_relation(relation_id: UUID, body: TransferBody, door: FromDoor) -> Response:
    """Propose another trainer (coach: 200), or move with another trainer's code (athlete: 201)."""
    return await door.tell(body.to_command(relation_id, door.expected_revision()), _transferred)


@transfers.post("/accept", **answers(201, Envelope[RelationView], 401, 403, 404, 409, 412, 422))
@sends(AcceptTransfer)
async def accept_transfer(
    relation_id: UUID, door: FromDoor, body: AcceptTransferBody | None = None
) -> Response:
    """
    Agree to be coached by the proposed trainer, with the same scopes or fewer.

    With `trainer_id` or `If-Match` a proposal that was exchanged meanwhile is refused.
    """
    command = (body or AcceptTransferBody()).to_command(relation_id, door.expected_revision())
    return await door.tell(command, begun)


@transfers.post("/decline", **answers(200, Envelope[RelationView], 401, 403, 404, 409, 412, 422))
async def decline_transfer(relation_id: UUID, door: FromDoor) -> Response:
    """Turn a proposed transfer down, as the athlete or as the proposed trainer."""
    command = DeclineTransfer(relation_id=relation_id, expected_revision=door.expected_revision())
    return await door.tell(command, shown)


@transfers.delete("", **answers(204, None, 401, 403, 404, 409, 412))
async def withdraw_transfer(relation_id: UUID, door: FromDoor) -> Response:
    """Take a transfer back that you proposed."""
    command = WithdrawTransfer(relation_id=relation_id, expected_revision=door.expected_revision())
    return await door.tell(command, lambda _: nothing())


def begun(relation: RelationView) -> Response:
    """Present a relation that has just begun."""
    return envelope(
        relation,
        status=201,
        etag=relation.revision,
        location=f"{BASE}/coaching/relations/{relation.id}",
    )


def _transferred(outcome: TransferOutcome) -> Response:
    return begun(outcome.relation) if outcome.has_begun else shown(outcome.relation)
