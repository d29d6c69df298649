"""A trainer plans a workout, and may give it to an athlete at once."""

from dataclasses import dataclass, replace
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.coach_access import ASSIGN_WORKOUTS, USE_TEMPLATES
from workout_application.messaging.messages import Command, requires
from workout_application.training.plan_views import WorkoutView
from workout_application.training.policies import WorkoutGuard, may_create_workouts
from workout_application.training.prescriptions import PrescriptionCheck
from workout_domain.training.blocks import Block
from workout_domain.training.prescription import Prescription
from workout_domain.training.repositories import TemplateRepository, WorkoutRepository
from workout_domain.training.template import WorkoutTemplate
from workout_domain.training.workout import Plan, Workout
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(may_create_workouts)
@dataclass(frozen=True, slots=True, kw_only=True)
class CreateWorkout(Command[WorkoutView]):
    """
    Answers with the new workout.

    Of a template it takes a copy of exercises and blocks, and the fields of the plan that are
    ``left_open``.
    """

    plan: Plan
    exercises: tuple[Prescription, ...] = ()
    blocks: tuple[Block, ...] = ()
    athlete_id: UUID | None = None
    template_id: UUID | None = None
    left_open: frozenset[str] = frozenset()


class CreateWorkoutHandler:
    """Drafts the workout, and assigns it where an athlete is named."""

    def __init__(
        self,
        workouts: WorkoutRepository,
        templates: TemplateRepository,
        guard: WorkoutGuard,
        check: PrescriptionCheck,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._workouts, self._templates = workouts, templates
        self._guard, self._check = guard, check
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: CreateWorkout, actor: Actor) -> WorkoutView:
        """Draft it."""
        named_by, scopes = None, [ASSIGN_WORKOUTS]
        if command.template_id is not None:
            template = await self._templates.seen_by(actor.id, command.template_id)
            command = _copied(command, template)
            named_by, scopes = "/template_id", [ASSIGN_WORKOUTS, USE_TEMPLATES]
        exercises = await self._check.passed(command.exercises, actor, named_by=named_by)
        now = self._clock.now()
        workout = Workout.draft(
            workout_id=self._identifiers.new(),
            trainer_id=actor.trainer_id,
            plan=command.plan,
            exercises=exercises,
            blocks=command.blocks,
            at=now,
        )
        if command.athlete_id is not None:
            to = command.athlete_id
            async with self._guard.changing(
                workout, actor, "create_workout", giving_to=to, needing=scopes
            ):
                workout.assign_to(to, at=now)
        self._workouts.add(workout)
        return WorkoutView.of(workout)


def _copied(command: CreateWorkout, template: WorkoutTemplate) -> CreateWorkout:
    said = {name: getattr(template, name) for name in command.left_open}
    return replace(
        command,
        plan=replace(command.plan, **said),
        exercises=tuple(one.prescription for one in template.exercises),
        blocks=template.blocks,
    )
