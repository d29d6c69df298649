"""What clients send about planned workouts."""

from collections.abc import Iterator
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from workout_application.messaging.actor import Actor
from workout_application.training.commands.assign_workout_to_many import AssignWorkoutToMany
from workout_application.training.commands.create_workout import CreateWorkout
from workout_application.training.commands.duplicate_workout import DuplicateWorkout
from workout_application.training.commands.update_workout import UpdateWorkout
from workout_application.training.ports import WorkoutFilter
from workout_application.training.queries.get_calendar import GetCalendar
from workout_domain.training.workout import Plan, WorkoutStatus, WorkoutType
from workout_presentation.api.fields import (
    Body,
    BrokenRule,
    Day,
    Instant,
    LongText,
    Name,
    RuledBody,
)
from workout_presentation.api.lists import Moment, PageOrCursorQuery, ending, starting
from workout_presentation.api.v1.training.models import nulls
from workout_presentation.api.v1.training.plan_models import (
    PRESCRIPTION_EXAMPLE,
    BlockBodies,
    PlannedMinutes,
    Prescriptions,
    blocks_of,
    broken_lineup,
    given_twice,
    prescriptions_of,
)

_OF_TEMPLATE: Final = frozenset({"description", "estimated_duration_minutes"})


class CreateWorkoutBody(RuledBody):
    """A new workout; with ``athlete_id`` it is assigned at once, with ``template_id`` copied."""

    name: Name = Field(examples=["Lower body A"])
    type: WorkoutType
    scheduled_date: Instant
    description: LongText | None = None
    estimated_duration_minutes: PlannedMinutes = 0
    athlete_id: UUID | None = None
    template_id: UUID | None = Field(None, description="Its exercises and blocks are copied.")
    exercises: Prescriptions = Field(default_factory=list)
    blocks: BlockBodies = Field(default_factory=list)

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[BrokenRule]:
        """Blocks and exercises must agree, and are not given beside a template's."""
        yield from broken_lineup(sent)
        yield from given_twice(sent, "template_id")

    def to_command(self, actor: Actor) -> CreateWorkout:
        """Make the command."""
        return CreateWorkout(
            plan=Plan(
                name=self.name,
                type=self.type,
                scheduled_date=self.scheduled_date,
                description=self.description,
                estimated_duration_minutes=self.estimated_duration_minutes,
            ),
            exercises=prescriptions_of(self.exercises, actor),
            blocks=blocks_of(self.blocks),
            athlete_id=self.athlete_id,
            template_id=self.template_id,
            left_open=_OF_TEMPLATE - self.model_fields_set,
        )


class UpdateWorkoutBody(RuledBody):
    """What is to change; ``exercises`` and ``blocks`` replace all of them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"name": "Lower body B", "exercises": [PRESCRIPTION_EXAMPLE]}]
        }
    )

    name: Name | None = Field(None, examples=["Lower body B"])
    type: WorkoutType | None = None
    scheduled_date: Instant | None = None
    description: LongText | None = None
    estimated_duration_minutes: PlannedMinutes | None = None
    exercises: Prescriptions | None = None
    blocks: BlockBodies | None = None

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[BrokenRule]:
        """Only the description can be taken away; blocks and exercises sent together agree."""
        yield from nulls(sent, allowed={"description"})
        if "blocks" in sent and "exercises" in sent:
            yield from broken_lineup(sent)

    def to_command(
        self, workout_id: UUID, actor: Actor, expected_revision: int | None
    ) -> UpdateWorkout:
        """Make the command: only fields that were sent change."""
        sent = self.model_fields_set - {"exercises", "blocks"}
        exercises, blocks = self.exercises, self.blocks
        return UpdateWorkout(
            workout_id=workout_id,
            changes={name: getattr(self, name) for name in sent},
            exercises=None if exercises is None else prescriptions_of(exercises, actor),
            blocks=None if blocks is None else blocks_of(blocks),
            expected_revision=expected_revision,
        )


class AssignBody(Body):
    """Who is to do the workout."""

    athlete_id: UUID


class DuplicateWorkoutBody(RuledBody):
    """For when the copy is, for whom, and what it is called if not as the original."""

    scheduled_date: Instant
    athlete_id: UUID | None = None
    name: Name | None = Field(None, examples=["Lower body A, week 2"])

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[BrokenRule]:
        """What is left out is as the original's; null says nothing."""
        yield from nulls(sent, allowed={"athlete_id"})

    def to_command(self, workout_id: UUID) -> DuplicateWorkout:
        """Make the command."""
        return DuplicateWorkout(
            workout_id=workout_id,
            scheduled_date=self.scheduled_date,
            athlete_id=self.athlete_id,
            name=self.name,
        )


class AssignToManyBody(Body):
    """Who is to get a copy, and for when if not for the original's date."""

    athlete_ids: Annotated[list[UUID], Field(min_length=1, max_length=100)]
    scheduled_date: Instant | None = None

    def to_command(self, workout_id: UUID) -> AssignWorkoutToMany:
        """Make the command."""
        return AssignWorkoutToMany(
            workout_id=workout_id,
            athlete_ids=tuple(self.athlete_ids),
            scheduled_date=self.scheduled_date,
        )


class CalendarQuery(BaseModel):
    """Which days of whom are asked for, both inclusive."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    from_date: Day = Field(examples=["2026-03-01"], description="The first day that is shown.")
    to_date: Day = Field(examples=["2026-03-31"], description="The last day that is shown.")
    athlete_id: UUID | None = Field(None, description="An athlete you coach; you, if left out.")

    def to_query(self) -> GetCalendar:
        """Make the query."""
        return GetCalendar(
            from_date=self.from_date, to_date=self.to_date, athlete_id=self.athlete_id
        )


class WorkoutsQuery(PageOrCursorQuery):
    """What a list of workouts is narrowed to."""

    type: WorkoutType | None = None
    status: WorkoutStatus | None = None
    athlete_id: UUID | None = Field(None, description="Only workouts for this athlete.")
    from_date: Moment | None = None
    to_date: Moment | None = None
    search_term: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        None, description="Part of a name or a description, in whatever case."
    )

    def where(self, actor: Actor) -> WorkoutFilter:
        """Read the filter."""
        return WorkoutFilter(
            type=self.type,
            status=self.status,
            athlete_id=self.athlete_id,
            from_date=starting(self.from_date, actor),
            to_date=ending(self.to_date, actor),
            search_term=self.search_term,
        )
