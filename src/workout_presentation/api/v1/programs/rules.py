"""Progression rules: what is lifted next, why, and what would be."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from workout_application.programs.commands.accept_training_max import AcceptTrainingMax
from workout_application.programs.commands.change_progression_rule import ChangeProgressionRule
from workout_application.programs.commands.delete_progression_rule import DeleteProgressionRule
from workout_application.programs.commands.override_progression import OverrideProgression
from workout_application.programs.commands.set_progression_rule import SetProgressionRule
from workout_application.programs.commands.simulate_progression import SimulateProgression
from workout_application.programs.commands.simulate_progression_rule import (
    SimulateProgressionRule,
)
from workout_application.programs.queries.explain_progression import ExplainProgression
from workout_application.programs.queries.get_progression_rule import GetProgressionRule
from workout_application.programs.views import (
    ApplicationView,
    ExplanationView,
    RuleView,
    SimulationView,
    TrainingMaxView,
)
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
from workout_presentation.api.v1.programs.models import (
    AcceptTrainingMaxBody,
    ApplicationListQuery,
    ChangeRuleBody,
    OverrideBody,
    RuleListQuery,
    SetRuleBody,
    SimulateBody,
    SimulateRuleBody,
)

progression_rules = router("/progression-rules", tag="Programs")


@progression_rules.post("", **answers(201, Envelope[RuleView], 401, 403, 404, 409, 422))
@sends(SetProgressionRule)
async def set_progression_rule(body: SetRuleBody, door: FromDoor) -> Response:
    """Let an exercise progress by a rule, of yours or of an athlete whose programs you manage."""
    return await door.tell(
        body.to_command(door.actor),
        lambda rule: envelope(
            rule,
            status=201,
            etag=rule.revision,
            location=f"{BASE}/progression-rules/{rule.id}",
        ),
    )


@progression_rules.get("", **answers(200, PageEnvelope[RuleView], 401, query=RuleListQuery))
async def list_progression_rules(request: Request, door: FromDoor) -> Response:
    """List your rules, and those of athletes whose workouts you may see; newest first."""
    query = read_query(RuleListQuery, request)
    page = await door.ask(query.to_query())
    return page_envelope(request, page)


@progression_rules.post("/simulate", **answers(200, Envelope[SimulationView], 401, 422))
@sends(SimulateProgression)
async def simulate_progression(body: SimulateBody, door: FromDoor) -> Response:
    """Try a rule that is not set on sessions that are only supposed; nothing is written."""
    return await door.tell(body.to_command(door.actor), envelope)


@progression_rules.get("/{rule_id}", **answers(200, Envelope[RuleView], 401, 403, 404))
async def get_progression_rule(rule_id: UUID, request: Request, door: FromDoor) -> Response:
    """Show what a rule says and where it stands."""
    rule = await door.ask(GetProgressionRule(rule_id=rule_id))
    return unless_unchanged(request, rule.data, rule.revision)


@progression_rules.put("/{rule_id}", **answers(200, Envelope[RuleView], 401, 403, 404, 412))
@sends(ChangeProgressionRule)
async def change_progression_rule(rule_id: UUID, body: ChangeRuleBody, door: FromDoor) -> Response:
    """Let a rule say something else from now on; its history keeps what it said before."""
    return await door.tell(body.to_command(rule_id, door.expected_revision(), door.actor), _shown)


@progression_rules.delete("/{rule_id}", **answers(204, None, 401, 403, 404, 412))
@sends(DeleteProgressionRule)
async def delete_progression_rule(rule_id: UUID, door: FromDoor) -> Response:
    """Let the exercise progress by no rule; training maxes stay."""
    command = DeleteProgressionRule(rule_id=rule_id, expected_revision=door.expected_revision())
    return await door.tell(command, lambda _: nothing())


@progression_rules.get(
    "/{rule_id}/explain", **answers(200, Envelope[ExplanationView], 401, 403, 404)
)
async def explain_progression(rule_id: UUID, door: FromDoor) -> Response:
    """Tell why this load today: from which sets, by which figures, and what else would follow."""
    explanation = await door.ask(ExplainProgression(rule_id=rule_id))
    return envelope(explanation)


@progression_rules.post(
    "/{rule_id}/simulate", **answers(200, Envelope[SimulationView], 401, 403, 404, 422)
)
@sends(SimulateProgressionRule)
async def simulate_progression_rule(
    rule_id: UUID, body: SimulateRuleBody, door: FromDoor
) -> Response:
    """Try what would follow from sessions that are only supposed; nothing is written."""
    return await door.tell(body.to_command(rule_id, door.actor), envelope)


@progression_rules.get(
    "/{rule_id}/applications",
    **answers(200, PageEnvelope[ApplicationView], 401, 403, 404, query=ApplicationListQuery),
)
async def list_progression_applications(
    rule_id: UUID, request: Request, door: FromDoor
) -> Response:
    """Look through a rule's history, the latest entry first: reasons, overrides, changes."""
    query = read_query(ApplicationListQuery, request)
    found = await door.ask(query.to_query(rule_id))
    return page_envelope(request, found)


@progression_rules.post(
    "/{rule_id}/override", **answers(200, Envelope[RuleView], 401, 403, 404, 412, 422)
)
@sends(OverrideProgression)
async def override_progression(rule_id: UUID, body: OverrideBody, door: FromDoor) -> Response:
    """Say what is lifted next, whatever the rule says; it goes on from there."""
    return await door.tell(body.to_command(rule_id, door.expected_revision(), door.actor), _shown)


@progression_rules.post(
    "/{rule_id}/accept-training-max",
    **answers(201, Envelope[TrainingMaxView], 401, 403, 404, 409, 422),
)
@sends(AcceptTrainingMax)
async def accept_training_max(
    rule_id: UUID, door: FromDoor, body: AcceptTrainingMaxBody | None = None
) -> Response:
    """Accept the training max a rule proposes; nothing else makes it hold."""
    command = (body or AcceptTrainingMaxBody.model_validate({})).to_command(rule_id)
    return await door.tell(
        command,
        lambda accepted: envelope(
            accepted, status=201, location=f"{BASE}/training-maxes/{accepted.id}"
        ),
    )


def _shown(rule: RuleView) -> Response:
    return envelope(rule, etag=rule.revision)
