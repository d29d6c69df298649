"""What clients send about sessions."""

from collections.abc import Iterator
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import Field, JsonValue

from workout_application.messaging.actor import Actor
from workout_application.training.commands.describe_session import DescribeSession
from workout_application.training.commands.start_ad_hoc_session import StartAdHocSession
from workout_application.training.commands.start_session import StartSession
from workout_application.training.ports import SessionFilter
from workout_domain.training.workout_session import SessionStatus, SessionSummary
from workout_presentation.api.fields import (
    Body,
    ClientId,
    Count,
    Instant,
    LongText,
    Minutes,
    Name,
    Number,
    RuledBody,
)
from workout_presentation.api.lists import Moment, PageOrCursorQuery, ending, starting
from workout_presentation.api.v1.training.models import nulls
from workout_shared.pages import DEFAULT_LIMIT, MAXIMUM_PAGE_SIZE
from workout_shared.unset import UNSET

LAST_SEQUENCE: Final = 2**31 - 1


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
        yield from nulls(sent, allowed={"notes"})

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
