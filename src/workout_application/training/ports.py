"""What training needs from elsewhere, in its own words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_domain.kernel.load import Load
from workout_domain.training.resolving import ExerciseLoads
from workout_domain.training.set_history import Correction
from workout_shared.pages import CursorRequest, CursorSlice, Page, PageRequest


@dataclass(frozen=True, slots=True)
class ExerciseFacts:
    """What training must know of an exercise."""

    id: UUID
    name: str
    measurement_type: str
    load_kind: str
    bodyweight_share: Decimal


class BodyWeights(Protocol):
    """What people say they weigh."""

    async def of(self, user_id: UUID, /) -> Load | None:
        """Return what the user's athlete profile says, or None where it says nothing."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramLoads:
    """What programs ask for by exercise; a rule judges no set of ``unjudged_types``."""

    by_exercise: Mapping[UUID, ExerciseLoads]
    unjudged_types: Collection[str]


class PlannedLoads(Protocol):
    """The loads that programs ask for: by progression rules, and of training maxes."""

    async def of(
        self,
        athlete_id: UUID,
        percentages: Mapping[UUID, Collection[Decimal]],
        /,
        *,
        on: date,
        at: datetime,
    ) -> ProgramLoads:
        """
        Return what they ask for of some exercises, and what percentages of each come to.

        Training maxes are those that hold on a local day; rules are asked where they stand at a
        moment.
        """
        ...


class ExerciseShelf(Protocol):
    """The exercises a caller may use."""

    async def usable_by(
        self, actor: Actor, exercise_ids: Collection[UUID], /
    ) -> Mapping[UUID, ExerciseFacts]:
        """Return those of the exercises that exist for the caller."""
        ...

    async def shipped(self, exercise_ids: Collection[UUID], /) -> Mapping[UUID, ExerciseFacts]:
        """Return those of the exercises that everybody may use."""
        ...

    async def facts(self, exercise_ids: Collection[UUID], /) -> Mapping[UUID, ExerciseFacts]:
        """Return facts of exercises already used, also of those deleted since."""
        ...


@dataclass(frozen=True, slots=True)
class SetTypeFacts:
    """A set type, as training refers to it."""

    id: UUID
    code: str


class SetTypes(Protocol):
    """The kinds of sets."""

    async def by_code(self, code: str, /) -> SetTypeFacts | None:
        """Return the set type of this code."""
        ...

    async def by_id(self, set_type_id: UUID, /) -> SetTypeFacts | None:
        """Return the set type of this id."""
        ...

    async def unknown_among(self, codes: Collection[str], /) -> Collection[str]:
        """Return those codes that no set type has; asks nothing where there are none."""
        ...


class SessionJournal(Protocol):
    """Keeps every event of a session in order, for replay, and pushes it after the commit."""

    async def write(
        self,
        session_id: UUID,
        sequence: int,
        name: str,
        body: Mapping[str, Any],
        *,
        at: datetime,
        client_event_id: str | None = None,
    ) -> None:
        """Write one event; ``body`` is its payload beside ids, sequence and instant."""
        ...

    async def holds(self, session_id: UUID, name: str, client_event_id: str, /) -> bool:
        """
        Tell whether a client caused such an event under this id before.

        Raises:
            EventIdTaken: it caused one of another kind.
        """
        ...


class SessionSnapshots(Protocol):
    """Shows a session as the command in progress leaves it."""

    async def of(self, session_id: UUID, /) -> Document:
        """Return a ``SessionView``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutFilter:
    """What a list of workouts is narrowed to; both ends of the dates are inclusive."""

    type: str | None = None
    status: str | None = None
    athlete_id: UUID | None = None
    from_date: datetime | None = None
    to_date: datetime | None = None
    search_term: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundWorkout:
    """A ``WorkoutDetail``, whose it is to do, and what is known of it beside."""

    document: Document
    was_begun: bool
    athlete_id: UUID | None
    shows_sessions: bool


class WorkoutReader(Protocol):
    """Reads workouts the caller may see; lists are newest scheduled first."""

    async def page(
        self, where: WorkoutFilter, request: PageRequest, *, visible_to: Actor
    ) -> Page[bytes]:
        """Return a numbered page of ``WorkoutView``."""
        ...

    async def run(
        self, where: WorkoutFilter, request: CursorRequest, *, visible_to: Actor
    ) -> CursorSlice[bytes]:
        """Return the run of ``WorkoutView`` after a cursor."""
        ...

    async def detail(self, workout_id: UUID, *, visible_to: Actor) -> FoundWorkout | None:
        """Return one workout with the sessions the caller may see."""
        ...

    async def progress(
        self, workout_id: UUID, athlete_id: UUID, *, visible_to: Actor
    ) -> bytes | None:
        """Return a ``ProgressView``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFilter:
    """What a list of templates is narrowed to; None asks for all."""

    search: str | None = None
    type: str | None = None
    tag: str | None = None
    is_shipped: bool | None = None


class TemplateReader(Protocol):
    """Reads workout templates: the shipped ones and one's own."""

    async def template(self, template_id: UUID, /, *, visible_to: Actor) -> Document:
        """
        Return a ``TemplateView``.

        Raises:
            TemplateNotFound: there is none, or the actor does not see it.
        """
        ...

    async def page(
        self, where: TemplateFilter, request: PageRequest, *, visible_to: Actor
    ) -> Page[bytes]:
        """Return a numbered page of ``TemplateView``, by name unless asked otherwise."""
        ...


@dataclass(frozen=True, slots=True)
class CalendarOwner:
    """Whose days are shown, and by which clock; without a profile nothing is planned for them."""

    user_id: UUID
    athlete_id: UUID | None
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRequest:
    """
    Which days of whom are shown, both inclusive, as of ``now``.

    ``planned_by`` leaves out what other trainers planned.
    """

    owner: CalendarOwner
    from_date: date
    to_date: date
    now: datetime
    planned_by: UUID | None = None
    shows_workouts: bool = True
    shows_sessions: bool = True


@dataclass(frozen=True, slots=True)
class FoundCalendar:
    """A ``CalendarView``, and whether there are sessions in it."""

    document: bytes
    has_sessions: bool


class CalendarReader(Protocol):
    """Reads what is planned and done day by day."""

    async def owner(self, athlete_id: UUID, /) -> CalendarOwner | None:
        """Return whose profile it is."""
        ...

    async def read(self, request: CalendarRequest, /) -> FoundCalendar:
        """Read the days on which something is planned or done."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFilter:
    """
    What a list of sessions is narrowed to; both ends are inclusive.

    An end is an instant, or a day as whoever trained lived it.
    """

    status: str | None = None
    workout_id: UUID | None = None
    athlete_id: UUID | None = None
    from_date: datetime | None = None
    to_date: datetime | None = None
    from_day: date | None = None
    to_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionAccess:
    """Whose a session is and how far it has come."""

    user_id: UUID
    athlete_id: UUID | None
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAccess:
    """Whose a set is, in which session, and whether it was removed."""

    session_id: UUID
    user_id: UUID
    athlete_id: UUID | None
    is_removed: bool


class SetHistory(Protocol):
    """Keeps what sets say before a command corrects them: ask before anything is changed."""

    async def keep(
        self,
        set_id: UUID,
        correction: Correction,
        /,
        *,
        sequence: int,
        by: UUID,
        at: datetime,
        rep_id: UUID | None = None,
    ) -> None:
        """Keep a set with its repetitions; ``sequence`` is that of the event that tells of it."""
        ...

    async def keep_bodies(
        self, session_id: UUID, /, *, sequence: int, by: UUID, at: datetime
    ) -> None:
        """Keep every set of a session in which the body counts, as another weight changes them."""
        ...


class SetHistoryReader(Protocol):
    """Reads what sets said before."""

    async def access(self, set_id: UUID, /) -> SetAccess | None:
        """Tell whose a set is, also of one that was removed."""
        ...

    async def before(self, set_id: UUID, sequence: int, most: int, /) -> list[tuple[int, bytes]]:
        """Return sequence and ``SetRevisionView`` of corrections before one, newest first."""
        ...


class SessionReader(Protocol):
    """Reads sessions; lists show those the caller may see, newest first."""

    async def page(
        self, where: SessionFilter, request: PageRequest, *, visible_to: Actor
    ) -> Page[bytes]:
        """Return a numbered page of ``SessionListItem``."""
        ...

    async def run(
        self, where: SessionFilter, request: CursorRequest, *, visible_to: Actor
    ) -> CursorSlice[bytes]:
        """Return the run of ``SessionListItem`` after a cursor."""
        ...

    async def access(self, session_id: UUID, /) -> SessionAccess | None:
        """Tell whose the session is."""
        ...

    async def detail(self, session_id: UUID, /) -> tuple[Document, int] | None:
        """Return a ``SessionView`` and its sequence."""
        ...

    async def active_of(self, user_id: UUID, /) -> Document | None:
        """Return the user's running session as a ``SessionView``."""
        ...

    async def events_after(self, session_id: UUID, sequence: int, most: int, /) -> list[bytes]:
        """Return the session's events after ``sequence``, in order."""
        ...


class TrainingOfDeleted(Protocol):
    """What people who deleted their accounts leave behind in training."""

    async def hide(
        self, user_id: UUID, /, *, trainer_id: UUID | None, athlete_id: UUID | None, at: datetime
    ) -> None:
        """Take their sessions out of every read, cancel their plans, drop plans for nobody."""
        ...

    async def purge(self, *, since: datetime, limit: int) -> int:
        """
        Delete at most ``limit`` of their sessions and workouts, rows and all; return how many.

        Of accounts deleted after ``since``, also those begun while the deletion was under way.
        """
        ...
