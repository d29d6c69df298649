"""A trainer keeps a list of exercises to make workouts of, an administrator one for everybody."""

from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.api_scopes import ApiScope
from workout_application.messaging.messages import Command, requires, trainer_or_admin
from workout_application.training.caching import CATALOGUE
from workout_application.training.plan_views import TemplateView
from workout_application.training.prescriptions import PrescriptionCheck
from workout_domain.training.blocks import Block
from workout_domain.training.prescription import Prescription
from workout_domain.training.repositories import TemplateRepository, WorkoutRepository
from workout_domain.training.template import Lineup, TemplateDetails, WorkoutTemplate
from workout_domain.training.workout import Workout
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(trainer_or_admin)
@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTemplate(Command[TemplateView]):
    """Answers with the new template; of a workout it takes whatever ``details`` do not say."""

    outdates: ClassVar[tuple[str, ...]] = (CATALOGUE,)
    api_scope: ClassVar[str | None] = ApiScope.CATALOGUE_WRITE

    details: dict[str, Any] = field(default_factory=dict)
    exercises: tuple[Prescription, ...] = ()
    blocks: tuple[Block, ...] = ()
    workout_id: UUID | None = None


class CreateTemplateHandler:
    """Adds it; that its name is free is held by the database."""

    def __init__(
        self,
        templates: TemplateRepository,
        workouts: WorkoutRepository,
        check: PrescriptionCheck,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._templates, self._workouts, self._check = templates, workouts, check
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: CreateTemplate, actor: Actor) -> TemplateView:
        """Add it to the caller's own templates, or to the shipped ones."""
        if command.workout_id is not None:
            workout = await self._workouts.of_trainer(actor.trainer_id, command.workout_id)
            command = _saying(command, workout)
        exercises = await self._check.passed(
            command.exercises,
            actor,
            only_shipped=actor.is_admin,
            named_by=None if command.workout_id is None else "/workout_id",
        )
        template = WorkoutTemplate(
            template_id=self._identifiers.new(),
            owner_id=None if actor.is_admin else actor.id,
            details=TemplateDetails(**command.details),
            lineup=Lineup(exercises=exercises, blocks=command.blocks),
            at=self._clock.now(),
        )
        self._templates.add(template)
        return TemplateView.of(template)


def _saying(command: CreateTemplate, workout: Workout) -> CreateTemplate:
    plan = workout.plan
    of_workout = {
        "name": plan.name,
        "type": plan.type,
        "description": plan.description,
        "estimated_duration_minutes": plan.estimated_duration_minutes,
    }
    return CreateTemplate(
        details={**of_workout, **command.details},
        exercises=tuple(one.prescription for one in workout.exercises),
        blocks=workout.blocks,
        workout_id=command.workout_id,
    )
