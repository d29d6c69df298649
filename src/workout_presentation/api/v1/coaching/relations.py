"""Coaching relations, for both sides."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from workout_application.coaching.commands.end_relation import EndRelation
from workout_application.coaching.commands.pause_relation import PauseRelation
from workout_application.coaching.commands.resume_relation import ResumeRelation
from workout_application.coaching.queries.get_relation import GetRelation
from workout_application.coaching.views import RelationView
from workout_presentation.api.door import FromDoor
from workout_presentation.api.envelope import (
    Envelope,
    PageEnvelope,
    envelope,
    page_envelope,
    unless_unchanged,
)
from workout_presentation.api.operations import answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.coaching.models import RelationBody, RelationListQuery

relations = router("/coaching/relations", tag="Coaching")


@relations.get("", **answers(200, PageEnvelope[RelationView], 401, query=RelationListQuery))
async def list_relations(request: Request, door: FromDoor) -> Response:
    """List the relations you take part in, as trainer or as athlete."""
    query = read_query(RelationListQuery, request)
    page = await door.ask(query.to_query())
    return page_envelope(request, page)


@relations.get("/{relation_id}", **answers(200, Envelope[RelationView], 401, 404))
async def get_relation(relation_id: UUID, request: Request, door: FromDoor) -> Response:
    """Show one relation you take part in."""
    relation = await door.ask(GetRelation(relation_id=relation_id))
    return unless_unchanged(request, relation.data, relation.revision)


@relations.patch("/{relation_id}", **answers(200, Envelope[RelationView], 401, 403, 404, 409, 412))
async def change_relation(relation_id: UUID, body: RelationBody, door: FromDoor) -> Response:
    """Change what the coach may do: the athlete at will, the trainer may only drop scopes."""
    return await door.tell(body.to_command(relation_id, door.expected_revision()), shown)


@relations.post(
    "/{relation_id}/pause", **answers(200, Envelope[RelationView], 401, 404, 409, 412, 422)
)
async def pause_relation(relation_id: UUID, door: FromDoor) -> Response:
    """Suspend everything the coach may do; closes the live rooms."""
    command = PauseRelation(relation_id=relation_id, expected_revision=door.expected_revision())
    return await door.tell(command, shown)


@relations.post(
    "/{relation_id}/resume",
    **answers(200, Envelope[RelationView], 401, 403, 404, 409, 412, 422),
)
async def resume_relation(relation_id: UUID, door: FromDoor) -> Response:
    """Let a relation go on that you paused."""
    command = ResumeRelation(relation_id=relation_id, expected_revision=door.expected_revision())
    return await door.tell(command, shown)


@relations.post("/{relation_id}/end", **answers(200, Envelope[RelationView], 401, 404, 412, 422))
async def end_relation(relation_id: UUID, door: FromDoor) -> Response:
    """End a relation for good; closes the live rooms."""
    command = EndRelation(relation_id=relation_id, expected_revision=door.expected_revision())
    return await door.tell(command, shown)


def shown(relation: RelationView) -> Response:
    """Present a relation in its new state."""
    return envelope(relation, etag=relation.revision)
