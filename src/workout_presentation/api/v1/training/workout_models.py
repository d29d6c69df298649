"""What clients send about planned workouts."""

from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from workout_application.messaging.actor import Actor
from workout_application.training.commands.create_workout import CreateWorkout
from workout_application.training.commands.update_workout import UpdateWorkout
from workout_application.training.ports import WorkoutFilter
from workout_domain.kernel.load import MeasurementUnit
from workout_domain.training.prescription import Prescription
from workout_domain.training.workout import Plan, WorkoutStatus, WorkoutType
from workout_presentation.api.fields import (
    Body,
    Distance,
    Duration,
    Instant,
    LongText,
    Name,
    Number,
    Positive,
    RuledBody,
    Seconds,
    Weight,
)
from workout_presentation.api.lists import Moment, PageOrCursorQuery, ending, starting
from workout_presentation.api.v1.training.models import load_of, nulls

PlannedMinutes = Annotated[int, Field(ge=0, le=100_000), Number]


class PrescriptionBody(RuledBody):
    """How much of one exercise is asked for."""

    exercise_id: UUID
    sets: Positive
    reps: Positive | None = None
    weight: Weight | None = None
    unit: MeasurementUnit | None = None
    duration_seconds: Duration | None = None
    distance_meters: Distance | None = None
    rest_time_seconds: Seconds | None = None
    notes: LongText | None = None

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        """Something must be asked for."""
        if all(sent.get(name) is None for name in ("reps", "duration_seconds", "distance_meters")):
            yield "reps", "required", "Give reps, duration_seconds or distance_meters."

    def prescription(self, actor: Actor) -> Prescription:
        """Read the prescription."""
        return Prescription(
            exercise_id=self.exercise_id,
            sets=self.sets,
            reps=self.reps,
            load=load_of(self.weight, self.unit, actor),
            duration_seconds=self.duration_seconds,
            distance_meters=self.distance_meters,
            rest_time_seconds=self.rest_time_seconds,
            notes=self.notes,
        )


class CreateWorkoutBody(Body):
    """A new workout; with ``athlete_id`` it is assigned at once."""

    name: Name = Field(examples=["Lower body A"])
    type: WorkoutType
    scheduled_date: Instant
    description: LongText | None = None
    estimated_duration_minutes: PlannedMinutes = 0
    athlete_id: UUID | None = None
    exercises: Annotated[tuple[PrescriptionBody, ...], Field(max_length=200)] = ()

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
            exercises=tuple(one.prescription(actor) for one in self.exercises),
            athlete_id=self.athlete_id,
        )


class UpdateWorkoutBody(RuledBody):
    """What is to change; ``exercises`` replaces all of them."""

    name: Name | None = Field(None, examples=["Lower body B"])
    type: WorkoutType | None = None
    scheduled_date: Instant | None = None
    description: LongText | None = None
    estimated_duration_minutes: PlannedMinutes | None = None
    exercises: Annotated[list[PrescriptionBody], Field(max_length=200)] | None = None

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        """Only the description can be taken away."""
        yield from nulls(sent, allowed={"description"})

    def to_command(
        self, workout_id: UUID, actor: Actor, expected_revision: int | None
    ) -> UpdateWorkout:
        """Make the command: only fields that were sent change."""
        sent = self.model_fields_set - {"exercises"}
        exercises = self.exercises
        return UpdateWorkout(
            workout_id=workout_id,
            changes={name: getattr(self, name) for name in sent},
            exercises=(
                None if exercises is None else tuple(one.prescription(actor) for one in exercises)
            ),
            expected_revision=expected_revision,
        )


class AssignBody(Body):
    """Who is to do the workout."""

    athlete_id: UUID


class WorkoutsQuery(PageOrCursorQuery):
    """What a list of workouts is narrowed to."""

    type: WorkoutType | None = None
    status: WorkoutStatus | None = None
    athlete_id: UUID | None = None
    from_date: Moment | None = None
    to_date: Moment | None = None
    search_term: Annotated[str, StringConstraints(max_length=200)] | None = None

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
