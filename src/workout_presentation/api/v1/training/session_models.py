"""What clients send about sessions."""

from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, JsonValue

from workout_application.messaging.actor import Actor
from workout_application.training.commands.complete_session import CompleteSession
from workout_application.training.commands.describe_session import DescribeSession
from workout_application.training.commands.start_ad_hoc_session import StartAdHocSession
from workout_application.training.commands.start_session import StartSession
from workout_application.training.commands.substitute_exercise import SubstituteExercise
from workout_application.training.loads import LoadChange
from workout_application.training.ports import SessionFilter
from workout_domain.kernel.load import MeasurementUnit
from workout_domain.training.workout_session import SessionStatus, SessionSummary
from workout_presentation.api.fields import (
    Body,
    BodyWeight,
    ClientId,
    Count,
    Effort,
    Instant,
    LongText,
    Minutes,
    Name,
    Number,
    RuledBody,
    TimeZone,
)
from workout_presentation.api.lists import (
    MomentOrLivedDay,
    PageOrCursorQuery,
    day_of,
    ending,
    starting,
)
from workout_presentation.api.v1.training.models import LAST_SEQUENCE, load_of, nulls
from workout_shared.pages import DEFAULT_LIMIT, MAXIMUM_PAGE_SIZE
from workout_shared.unset import UNSET


class SessionsQuery(PageOrCursorQuery):
    """What a list of sessions is narrowed to."""

    status: SessionStatus | None = None
    workout_id: UUID | None = Field(None, description="Only sessions of this workout.")
    athlete_id: UUID | None = Field(None, description="Only sessions of this athlete.")
    from_date: MomentOrLivedDay | None = None
    to_date: MomentOrLivedDay | None = None

    def where(self, actor: Actor) -> SessionFilter:
        """Read the filter; a date is the day as whoever trained lived it."""
        from_day = day_of("from_date", self.from_date)
        to_day = day_of("to_date", self.to_date)
        return SessionFilter(
            status=self.status,
            workout_id=self.workout_id,
            athlete_id=self.athlete_id,
            from_date=None if from_day else starting(self.from_date, actor),
            to_date=None if to_day else ending(self.to_date, actor),
            from_day=from_day,
            to_day=to_day,
        )


class StartSessionBody(Body):
    """When the session is, if not now, where, and what the client calls it."""

    session_date: Instant | None = None
    time_zone: TimeZone | None = Field(default=None, examples=["Europe/Vienna"])
    bodyweight: BodyWeight | None = Field(default=None, examples=[80])
    bodyweight_unit: MeasurementUnit | None = None
    client_generated_id: ClientId | None = None

    def to_command(self, workout_id: UUID, actor: Actor) -> StartSession:
        """Make the command."""
        return StartSession(
            workout_id=workout_id,
            session_date=self.session_date,
            time_zone=self.time_zone,
            bodyweight=load_of(self.bodyweight, self.bodyweight_unit, actor),
            client_generated_id=self.client_generated_id,
        )


class StartAdHocSessionBody(Body):
    """A session without a planned workout."""

    name: Name = Field(examples=["Evening bench"])
    session_date: Instant
    time_zone: TimeZone | None = Field(default=None, examples=["Europe/Vienna"])
    bodyweight: BodyWeight | None = Field(default=None, examples=[80])
    bodyweight_unit: MeasurementUnit | None = None
    client_generated_id: ClientId | None = None

    def to_command(self, actor: Actor) -> StartAdHocSession:
        """Make the command."""
        return StartAdHocSession(
            name=self.name,
            session_date=self.session_date,
            time_zone=self.time_zone,
            bodyweight=load_of(self.bodyweight, self.bodyweight_unit, actor),
            client_generated_id=self.client_generated_id,
        )


class DescribeSessionBody(RuledBody):
    """What is to change about a session; another body weight counts for every set of it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"bodyweight": 80, "bodyweight_unit": "kilograms", "notes": "Slept badly."}
            ]
        }
    )

    name: Name | None = None
    session_date: Instant | None = None
    time_zone: TimeZone | None = None
    bodyweight: BodyWeight | None = None
    bodyweight_unit: MeasurementUnit | None = None
    notes: LongText | None = None

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        """Only the notes and the body weight can be taken away."""
        yield from nulls(sent, allowed={"notes", "bodyweight", "bodyweight_unit"})

    def to_command(self, session_id: UUID, expected_revision: int | None) -> DescribeSession:
        """Make the command: only fields that were sent change."""
        return DescribeSession(
            session_id=session_id,
            name=UNSET if self.name is None else self.name,
            session_date=UNSET if self.session_date is None else self.session_date,
            time_zone=UNSET if self.time_zone is None else self.time_zone,
            bodyweight=bodyweight_change(self),
            notes=self.notes if "notes" in self.model_fields_set else UNSET,
            expected_revision=expected_revision,
        )


class CompleteSessionBody(Body):
    """What an athlete says at the end; without a duration the clock's is taken."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"duration_minutes": 55, "session_rpe": 7.5, "notes": "Easy."}]
        }
    )

    duration_minutes: Minutes | None = None
    exercises_summary: JsonValue = None
    session_rpe: Effort | None = Field(default=None, examples=[7.5])
    time_zone: TimeZone | None = None
    bodyweight: BodyWeight | None = None
    bodyweight_unit: MeasurementUnit | None = None
    notes: LongText | None = None

    def to_command(self, session_id: UUID, expected_revision: int | None) -> CompleteSession:
        """Make the command."""
        return CompleteSession(
            session_id=session_id,
            summary=SessionSummary(
                duration_minutes=self.duration_minutes,
                exercises_summary=self.exercises_summary,
                notes=self.notes,
                session_rpe=self.session_rpe,
            ),
            time_zone=UNSET if self.time_zone is None else self.time_zone,
            bodyweight=bodyweight_change(self),
            expected_revision=expected_revision,
        )


def bodyweight_change(body: DescribeSessionBody | CompleteSessionBody) -> LoadChange:
    """Read what is said about a body weight; null takes it away."""
    return LoadChange(
        weight=body.bodyweight if "bodyweight" in body.model_fields_set else UNSET,
        unit=body.bodyweight_unit,
    )


class ProgressBody(Body):
    """How many sets of the exercise are done."""

    completed_sets: Count
    client_event_id: ClientId | None = None


class SubstituteBody(Body):
    """Which exercise is done instead; the client's id makes a repeat harmless."""

    exercise_id: UUID
    client_event_id: ClientId | None = None

    def to_command(
        self, session_id: UUID, exercise_id: UUID, expected_revision: int | None
    ) -> SubstituteExercise:
        """Make the command that substitutes an exercise of a session."""
        return SubstituteExercise(
            session_id=session_id,
            exercise_id=exercise_id,
            substitute_id=self.exercise_id,
            client_event_id=self.client_event_id,
            expected_revision=expected_revision,
        )


class RestTimerBody(Body):
    """How long to rest; 0 clears the timer."""

    seconds: Annotated[int, Field(ge=0, le=86_400), Number]


class EventsQuery(Body):
    """Which events of a session: those after a sequence."""

    after: int = Field(
        0, ge=0, le=LAST_SEQUENCE, description="The sequence of the last event that is known."
    )
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MAXIMUM_PAGE_SIZE)
    cursor: str | None = Field(None, max_length=400)
