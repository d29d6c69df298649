"""The owner takes a workout template out of the catalogue; an administrator a shipped one."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.api_scopes import ApiScope
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer_or_admin
from workout_application.training.caching import CATALOGUE
from workout_application.training.policies import may_change_template
from workout_domain.training.repositories import TemplateRepository
from workout_shared.clock import Clock


@requires(trainer_or_admin)
@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteTemplate(Command[None]):
    """Answers nothing; workouts made of the template stay."""

    outdates: ClassVar[tuple[str, ...]] = (CATALOGUE,)
    api_scope: ClassVar[str | None] = ApiScope.CATALOGUE_WRITE

    template_id: UUID
    expected_revision: int | None = None


class DeleteTemplateHandler:
    """Marks a template as deleted."""

    def __init__(self, templates: TemplateRepository, clock: Clock) -> None:
        self._templates, self._clock = templates, clock

    async def handle(self, command: DeleteTemplate, actor: Actor) -> None:
        """Delete it; somebody else's is not found."""
        template = await self._templates.shipped_or_owned_by(actor.id, command.template_id)
        may_change_template(actor, template)
        expect_revision(template, command.expected_revision)
        template.delete(at=self._clock.now())
