"""The owner changes a workout template; an administrator changes a shipped one."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.api_scopes import ApiScope
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer_or_admin
from workout_application.training.caching import CATALOGUE
from workout_application.training.plan_views import TemplateView
from workout_application.training.policies import may_change_template
from workout_application.training.prescriptions import PrescriptionCheck
from workout_domain.training.blocks import Block
from workout_domain.training.prescription import Prescription
from workout_domain.training.repositories import TemplateRepository
from workout_domain.training.template import Lineup, TemplateDetails
from workout_shared.clock import Clock


@requires(trainer_or_admin)
@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateTemplate(Command[TemplateView]):
    """Answers with the template; workouts made of it stay as they are."""

    outdates: ClassVar[tuple[str, ...]] = (CATALOGUE,)
    api_scope: ClassVar[str | None] = ApiScope.CATALOGUE_WRITE

    template_id: UUID
    details: TemplateDetails
    exercises: tuple[Prescription, ...] = ()
    blocks: tuple[Block, ...] = ()
    expected_revision: int | None = None


class UpdateTemplateHandler:
    """Replaces what a template says."""

    def __init__(
        self, templates: TemplateRepository, check: PrescriptionCheck, clock: Clock
    ) -> None:
        self._templates, self._check, self._clock = templates, check, clock

    async def handle(self, command: UpdateTemplate, actor: Actor) -> TemplateView:
        """Replace it; somebody else's is not found."""
        template = await self._templates.shipped_or_owned_by(actor.id, command.template_id)
        may_change_template(actor, template)
        expect_revision(template, command.expected_revision)
        exercises = await self._check.passed(
            command.exercises, actor, only_shipped=template.is_shipped
        )
        lineup = Lineup(exercises=exercises, blocks=command.blocks)
        template.replace(command.details, lineup, at=self._clock.now())
        return TemplateView.of(template)
