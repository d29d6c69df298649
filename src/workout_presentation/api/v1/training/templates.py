"""Workout templates."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from workout_application.training.commands.create_template import CreateTemplate
from workout_application.training.commands.delete_template import DeleteTemplate
from workout_application.training.commands.update_template import UpdateTemplate
from workout_application.training.plan_views import TemplateView
from workout_application.training.queries.get_template import GetTemplate
from workout_application.training.queries.list_templates import ListTemplates
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
from workout_presentation.api.v1.training.template_models import (
    CreateTemplateBody,
    TemplateBody,
    TemplateListQuery,
)

templates = router("/workout-templates", tag="Catalogue")


@templates.get("", **answers(200, PageEnvelope[TemplateView], 401, query=TemplateListQuery))
async def list_templates(request: Request, door: FromDoor) -> Response:
    """List the workout templates you may use: shipped ones and your own."""
    query = read_query(TemplateListQuery, request)
    page = await door.ask(ListTemplates(where=query.where(), request=query.page_request()))
    return page_envelope(request, page)


@templates.get("/{template_id}", **answers(200, Envelope[TemplateView], 401, 404))
async def get_template(template_id: UUID, request: Request, door: FromDoor) -> Response:
    """Show one workout template."""
    template = await door.ask(GetTemplate(template_id=template_id))
    return unless_unchanged(request, template.data, template.revision)


@templates.post("", **answers(201, Envelope[TemplateView], 401, 403, 404, 409, 422))
@sends(CreateTemplate)
async def create_template(body: CreateTemplateBody, door: FromDoor) -> Response:
    """Keep a workout template: trainers their own, administrators one for everybody."""
    return await door.tell(
        body.to_command(door.actor),
        lambda template: envelope(
            template,
            status=201,
            etag=template.revision,
            location=f"{BASE}/workout-templates/{template.id}",
        ),
    )


@templates.put("/{template_id}", **answers(200, Envelope[TemplateView], 401, 403, 404, 409, 412))
@sends(UpdateTemplate)
async def update_template(template_id: UUID, body: TemplateBody, door: FromDoor) -> Response:
    """Replace a workout template of your own; workouts made of it stay as they are."""
    command = body.to_command(template_id, door.actor, door.expected_revision())
    return await door.tell(command, lambda template: envelope(template, etag=template.revision))


@templates.delete("/{template_id}", **answers(204, None, 401, 403, 404, 412))
async def delete_template(template_id: UUID, door: FromDoor) -> Response:
    """Take a workout template of your own out of the catalogue."""
    command = DeleteTemplate(template_id=template_id, expected_revision=door.expected_revision())
    return await door.tell(command, lambda _: nothing())
