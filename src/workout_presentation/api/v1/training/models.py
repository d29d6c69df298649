"""What clients send about workouts and sessions, over HTTP and the hub."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import Field, JsonValue, StrictBool, StringConstraints

from workout_application.messaging.actor import Actor
from workout_application.training.commands.add_rep import AddRep
from workout_application.training.commands.change_rep import ChangeRep
from workout_application.training.commands.change_set import ChangeSet, ReportedRep
from workout_application.training.commands.create_workout import CreateWorkout
from workout_application.training.commands.describe_session import DescribeSession
from workout_application.training.commands.log_set import LogSet
from workout_application.training.commands.start_ad_hoc_session import StartAdHocSession
from workout_application.training.commands.start_session import StartSession
from workout_application.training.commands.update_workout import UpdateWorkout
from workout_application.training.loads import LoadChange
from workout_application.training.ports import SessionFilter, WorkoutFilter
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.training.performed_set import RepDraft, SetDraft, successful_reps
from workout_domain.training.workout import (
    Plan,
    Prescription,
    WorkoutStatus,
    WorkoutType,
)
from workout_domain.training.workout_session import SessionStatus, SessionSummary
from workout_presentation.api.fields import (
    Body,
    ClientId,
    Count,
    Distance,
    Duration,
    Effort,
    Instant,
    LongText,
    Minutes,
    Name,
    Number,
    Positive,
    RepsLeft,
    RuledBody,
    Seconds,
    Weight,
)
from workout_presentation.api.lists import Moment, PageOrCursorQuery, ending, starting
from workout_shared.pages import DEFAULT_LIMIT, MAXIMUM_PAGE_SIZE
from workout_shared.unset import UNSET

LAST_SEQUENCE: Final = 2**31 - 1
PlannedMinutes = Annotated[int, Field(ge=0, le=100_000), Number]
SetTypeCode = Annotated[str, StringConstraints(min_length=1, max_length=50)]


def load_of(weight: Decimal | None, unit: str | None, actor: Actor) -> Load | None:
    """Read a weight; a bare number is in the unit the caller prefers."""
    if weight is None:
        return None
    return Load(weight, MeasurementUnit(unit or actor.preferred_unit))


def _nulls(sent: dict[str, Any], *, allowed: set[str]) -> Iterator[tuple[str, str, str]]:
    for name, value in sent.items():
        if value is None and name not in allowed:
            yield name, "null", f"{name} must not be null."


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
        yield from _nulls(sent, allowed={"description"})

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


class SessionsQuery(PageOrCursorQuery):
    """What a list of sessions is narrowed to."""

    status: SessionStatus | None = None
    workout_id: UUID | None = None
    athlete_id: UUID | None = None
    from_date: Moment | None = None
    to_date: Moment | None = None

    def where(self, actor: Actor) -> SessionFilter:
        """Read the filter."""
        return SessionFilter(
            status=self.status,
            workout_id=self.workout_id,
            athlete_id=self.athlete_id,
            from_date=starting(self.from_date, actor),
            to_date=ending(self.to_date, actor),
        )


class StartSessionBody(Body):
    """When the session is, if not now, and what the client calls it."""

    session_date: Instant | None = None
    client_generated_id: ClientId | None = None

    def to_command(self, workout_id: UUID) -> StartSession:
        """Make the command."""
        return StartSession(
            workout_id=workout_id,
            session_date=self.session_date,
            client_generated_id=self.client_generated_id,
        )


class StartAdHocSessionBody(Body):
    """A session without a planned workout."""

    name: Name = Field(examples=["Evening bench"])
    session_date: Instant
    client_generated_id: ClientId | None = None

    def to_command(self) -> StartAdHocSession:
        """Make the command."""
        return StartAdHocSession(
            name=self.name,
            session_date=self.session_date,
            client_generated_id=self.client_generated_id,
        )


class DescribeSessionBody(RuledBody):
    """What is to change about a session."""

    name: Name | None = None
    session_date: Instant | None = None
    notes: LongText | None = None

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        """Only the notes can be taken away."""
        yield from _nulls(sent, allowed={"notes"})

    def to_command(self, session_id: UUID, expected_revision: int | None) -> DescribeSession:
        """Make the command: only fields that were sent change."""
        sent = self.model_fields_set
        return DescribeSession(
            session_id=session_id,
            name=self.name if "name" in sent and self.name is not None else UNSET,
            session_date=(
                self.session_date
                if "session_date" in sent and self.session_date is not None
                else UNSET
            ),
            notes=self.notes if "notes" in sent else UNSET,
            expected_revision=expected_revision,
        )


class CompleteSessionBody(Body):
    """What an athlete says at the end; without a duration the clock's is taken."""

    duration_minutes: Minutes | None = None
    exercises_summary: JsonValue = None
    notes: LongText | None = None

    def summary(self) -> SessionSummary:
        """Read the summary."""
        return SessionSummary(
            duration_minutes=self.duration_minutes,
            exercises_summary=self.exercises_summary,
            notes=self.notes,
        )


class RepBody(Body):
    """One repetition of a set that is logged; without a weight it has the set's."""

    rep_number: Positive | None = None
    weight: Weight | None = None
    unit: MeasurementUnit | None = None
    success: StrictBool = True

    def draft(self, position: int, set_unit: str | None, actor: Actor) -> RepDraft:
        """Read the repetition; its number defaults to its place."""
        return RepDraft(
            rep_number=self.rep_number or position,
            load=load_of(self.weight, self.unit or set_unit, actor),
            success=self.success,
        )


class SetFields(RuledBody):
    """What a set says, when it is logged and when it is corrected."""

    set_type: SetTypeCode | None = Field(None, examples=["normal"])
    set_type_id: UUID | None = None
    weight: Weight | None = Field(None, examples=[82.5])
    unit: MeasurementUnit | None = None
    number_reps: Count | None = Field(None, examples=[5])
    reps: Annotated[list[RepBody], Field(max_length=1000)] | None = None
    duration_seconds: Duration | None = None
    distance_meters: Distance | None = None
    rpe: Effort | None = Field(None, examples=[8])
    rir: RepsLeft | None = None
    description: LongText | None = None
    notes: LongText | None = None
    performed_at: Instant | None = None

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        """Each thing is said once."""
        if sent.get("set_type") is not None and sent.get("set_type_id") is not None:
            yield "set_type", "ambiguous", "Give set_type or set_type_id, not both."
        number, reps = sent.get("number_reps"), sent.get("reps")
        if isinstance(reps, list) and number is not None and number != len(reps):
            yield "number_reps", "ambiguous", "number_reps is not the number of reps."

    def rep_drafts(self, actor: Actor) -> tuple[RepDraft, ...] | None:
        """Read the repetitions, or that many successful ones; None where neither is given."""
        if self.reps is not None:
            return tuple(
                rep.draft(position, self.unit, actor)
                for position, rep in enumerate(self.reps, start=1)
            )
        return None if self.number_reps is None else successful_reps(self.number_reps)


class LogSetBody(SetFields):
    """A set as it was performed."""

    exercise_id: UUID
    client_generated_id: ClientId | None = None

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        """A set is of some type."""
        yield from super().broken_rules(sent)
        if sent.get("set_type") is None and sent.get("set_type_id") is None:
            yield "set_type", "required", "Give set_type or set_type_id."

    def to_command(self, session_id: UUID, actor: Actor) -> LogSet:
        """Make the command."""
        return LogSet(
            session_id=session_id,
            exercise_id=self.exercise_id,
            set_type=self.set_type_id or self.set_type or "",
            draft=SetDraft(
                load=load_of(self.weight, self.unit, actor),
                reps=self.rep_drafts(actor) or (),
                duration_seconds=self.duration_seconds,
                distance_meters=self.distance_meters,
                rpe=self.rpe,
                rir=self.rir,
                description=self.description,
                notes=self.notes,
            ),
            performed_at=self.performed_at,
            client_generated_id=self.client_generated_id,
        )


def load_change(body: SetFields | RepBody) -> LoadChange:
    """Read what a correction says about a weight."""
    return LoadChange(
        weight=body.weight if "weight" in body.model_fields_set else UNSET, unit=body.unit
    )


class ChangeSetBody(SetFields):
    """What is to change about a set; ``reps`` or ``number_reps`` replaces its repetitions."""

    def to_command(self, set_id: UUID) -> ChangeSet:
        """Make the command: only fields that were sent change."""
        plain = ("duration_seconds", "distance_meters", "rpe", "rir", "description", "notes")
        changes: dict[str, Any] = {
            name: getattr(self, name) for name in plain if name in self.model_fields_set
        }
        return ChangeSet(
            set_id=set_id,
            changes=changes,
            load=load_change(self),
            set_type=self.set_type_id or self.set_type,
            reps=self._reported_reps(),
            performed_at=self.performed_at,
        )

    def _reported_reps(self) -> tuple[ReportedRep, ...] | None:
        if self.reps is None and self.number_reps is None:
            return None
        if self.reps is None:
            drafts = successful_reps(self.number_reps or 0)
            return tuple(ReportedRep(rep_number=rep.rep_number) for rep in drafts)
        return tuple(
            ReportedRep(
                rep_number=rep.rep_number or position,
                load=LoadChange(
                    weight=rep.weight,
                    unit=rep.unit or (None if rep.weight is None else self.unit),
                ),
                success=rep.success,
            )
            for position, rep in enumerate(self.reps, start=1)
        )


class AddRepBody(RepBody):
    """One more repetition."""

    client_generated_id: ClientId | None = None

    def to_command(self, set_id: UUID) -> AddRep:
        """Make the command."""
        return AddRep(
            set_id=set_id,
            rep_number=self.rep_number,
            load=LoadChange(weight=UNSET if self.weight is None else self.weight, unit=self.unit),
            success=self.success,
            client_generated_id=self.client_generated_id,
        )


class ChangeRepBody(RepBody):
    """What is to change about a repetition."""

    def to_command(self, rep_id: UUID) -> ChangeRep:
        """Make the command: only fields that were sent change."""
        sent = self.model_fields_set
        return ChangeRep(
            rep_id=rep_id,
            rep_number=self.rep_number if self.rep_number is not None else UNSET,
            load=load_change(self),
            success=self.success if "success" in sent else UNSET,
        )


class ProgressBody(Body):
    """How many sets of the exercise are done."""

    completed_sets: Count
    client_event_id: ClientId | None = None


class RestTimerBody(Body):
    """How long to rest; 0 clears the timer."""

    seconds: Annotated[int, Field(ge=0, le=86_400), Number]


class EventsQuery(Body):
    """Which events of a session: those after a sequence."""

    after: int = Field(0, ge=0, le=LAST_SEQUENCE)
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MAXIMUM_PAGE_SIZE)
    cursor: str | None = Field(None, max_length=400)
