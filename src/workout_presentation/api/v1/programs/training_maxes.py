"""Training maxes: a history that only grows."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from workout_application.programs.commands.set_training_max import SetTrainingMax
from workout_application.programs.queries.get_training_max import GetTrainingMax
from workout_application.programs.views import TrainingMaxView
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import (
    Envelope,
    PageEnvelope,
    envelope,
    page_envelope,
    unless_unchanged,
)
from workout_presentation.api.operations import BASE, answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.programs.models import (
    CurrentMaxQuery,
    TrainingMaxBody,
    TrainingMaxListQuery,
)

training_maxes = router("/training-maxes", tag="Programs")


@training_maxes.post("", **answers(201, Envelope[TrainingMaxView], 401, 403, 404, 422))
@sends(SetTrainingMax)
async def set_training_max(body: TrainingMaxBody, door: FromDoor) -> Response:
    """Set a training max, of yours or of an athlete whose programs you manage."""
    return await door.tell(
        body.to_command(door.actor),
        lambda one: envelope(one, status=201, location=f"{BASE}/training-maxes/{one.id}"),
    )


@training_maxes.get(
    "", **answers(200, PageEnvelope[TrainingMaxView], 401, query=TrainingMaxListQuery)
)
async def list_training_maxes(request: Request, door: FromDoor) -> Response:
    """Look through training maxes, those set last first: yours, and those you may see."""
    query = read_query(TrainingMaxListQuery, request)
    found = await door.ask(query.to_query())
    return page_envelope(request, found)


@training_maxes.get(
    "/current",
    **answers(200, Envelope[list[TrainingMaxView]], 401, 403, 404, query=CurrentMaxQuery),
)
async def list_current_training_maxes(request: Request, door: FromDoor) -> Response:
    """Show the training maxes that hold today, one for each exercise."""
    query = read_query(CurrentMaxQuery, request)
    found = await door.ask(query.to_query())
    return envelope(found)


@training_maxes.get("/{training_max_id}", **answers(200, Envelope[TrainingMaxView], 401, 403, 404))
async def get_training_max(training_max_id: UUID, request: Request, door: FromDoor) -> Response:
    """Show one training max."""
    found = await door.ask(GetTrainingMax(training_max_id=training_max_id))
    return unless_unchanged(request, found.data, found.revision)
