"""What programs need from elsewhere, in their own words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.programs.views import ApplicationView, TrainingMaxView
from workout_domain.kernel.events import DomainEvent
from workout_domain.programs.history import Attended, Entry, Standing
from workout_domain.programs.loading import LoadKind
from workout_domain.programs.prescribing import Scheme
from workout_domain.programs.steps import State
from workout_domain.programs.training_max import KnownMax
from workout_shared.pages import CursorRequest, CursorSlice, Page, PageRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftFacts:
    """What programs must know of an exercise."""

    id: UUID
    name: str
    measurement_type: str
    load_kind: LoadKind


class Lifts(Protocol):
    """The exercises a caller may use."""

    async def usable_by(self, actor: Actor, exercise_id: UUID, /) -> LiftFacts | None:
        """Return the exercise, if it exists for the caller."""
        ...

    async def name_of(self, exercise_id: UUID, /) -> str:
        """Return the name of an exercise already used, also of one deleted since."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AthleteFacts:
    """What programs must know of an athlete: whose sessions are theirs, and where they live."""

    id: UUID
    user_id: UUID
    time_zone: str


class ProgramAthletes(Protocol):
    """The athletes of the product."""

    async def of(self, athlete_id: UUID, /) -> AthleteFacts:
        """
        Return an athlete.

        Raises:
            ProgramAthleteNotFound: there is none.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFacts:
    """What following a rule's history needs of it."""

    id: UUID
    athlete_id: UUID
    user_id: UUID
    exercise_id: UUID
    load_kind: LoadKind


class EventRecorder(Protocol):
    """Takes events that no loaded aggregate raised."""

    def record(self, event: DomainEvent, /) -> None:
        """Store the event with the changes in progress."""
        ...


class RuleStates(Protocol):
    """Where rules stand, written without loading them."""

    async def affected_by(self, user_id: UUID, session_id: UUID, /) -> list[RuleFacts]:
        """
        Return the rules a session bears on, locked in a fixed order.

        Those whose history names it, and where it is completed, those of its exercises.
        """
        ...

    async def of_exercise(
        self, user_ids: Collection[UUID], exercise_id: UUID, /
    ) -> list[RuleFacts]:
        """Return the rules of these people for an exercise, locked in a fixed order."""
        ...

    async def write(self, states: Mapping[UUID, State], /, *, at: datetime) -> None:
        """Let rules stand elsewhere, as a change of theirs."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """An entry as it is kept; the training max that came of its proposal, where one did."""

    id: UUID
    entry: Entry
    accepted_training_max_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHistory:
    """Where a rule stood at a moment, and the entries in force from then on."""

    standing: Standing | None
    entries: Sequence[StoredEntry]


class RuleHistories(Protocol):
    """The entries of every rule: written once, superseded at most, never changed."""

    async def earliest_of(self, rule_ids: Collection[UUID], session_id: UUID, /) -> datetime | None:
        """Return the earliest place of a session in these histories, as they are."""
        ...

    async def begun(self, rule_ids: Collection[UUID], /) -> Mapping[UUID, datetime]:
        """Return when each history begins."""
        ...

    async def known(
        self, rule_ids: Collection[UUID], /, *, since: datetime
    ) -> Mapping[UUID, KnownHistory]:
        """Return each history from a moment on."""
        ...

    async def replace(
        self,
        superseded: Collection[UUID],
        added: Sequence[tuple[UUID, StoredEntry]],
        /,
        *,
        at: datetime,
    ) -> None:
        """Put entries, each with its rule, in the place of others, which are kept."""
        ...

    async def open_proposal(self, rule_id: UUID, /) -> StoredEntry | None:
        """Return the latest entry that proposes a training max, if it waits for an answer."""
        ...

    async def accept(self, application_id: UUID, training_max_id: UUID, /) -> None:
        """Note which training max came of a proposal."""
        ...


class AttendedSessions(Protocol):
    """The completed sessions of athletes."""

    async def place_of(self, session_id: UUID, /) -> datetime | None:
        """Return where a session stands in time, completed or not; None where it is gone."""
        ...

    async def since(
        self, user_id: UUID, exercise_ids: Collection[UUID], moment: datetime, /
    ) -> Mapping[UUID, list[Attended]]:
        """Return for each exercise the completed sessions with it, from a moment on."""
        ...


class KnownMaxima(Protocol):
    """The training maxes that rules are followed with."""

    async def of(
        self, athlete_id: UUID, exercise_ids: Collection[UUID], /
    ) -> Mapping[UUID, list[KnownMax]]:
        """Return the whole history of each exercise."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFilter:
    """What a list of rules is narrowed to."""

    athlete_id: UUID | None = None
    exercise_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRule:
    """A rule as it is read: what decides, where it stands, and a ``RuleView``."""

    document: Document
    athlete_id: UUID
    exercise_id: UUID
    exercise_name: str
    time_zone: str
    version: int
    scheme: Scheme
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """An entry as it is read; which of the latest it is, and as it is shown."""

    entry: Entry
    shown: ApplicationView


@dataclass(frozen=True, slots=True, kw_only=True)
class LatestEntries:
    """The latest entry in force, the latest of a session, and a proposal that waits."""

    last: ReadEntry | None
    last_session: ReadEntry | None
    proposal: ReadEntry | None


class RuleReader(Protocol):
    """Reads rules and their histories."""

    async def page(
        self, where: RuleFilter, request: PageRequest, *, visible_to: Actor
    ) -> Page[bytes]:
        """Return ``RuleView`` items, newest first unless sorted otherwise."""
        ...

    async def one(self, rule_id: UUID, /) -> ReadRule | None:
        """Return a rule; who may see it is decided after."""
        ...

    async def applications(
        self, rule_id: UUID, request: CursorRequest, /, *, with_superseded: bool
    ) -> CursorSlice[bytes]:
        """Return ``ApplicationView`` items, those written last first."""
        ...

    async def latest(self, rule_id: UUID, /) -> LatestEntries:
        """Return what an explanation begins with."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingMaxFilter:
    """What a list of training maxes is narrowed to."""

    athlete_id: UUID | None = None
    exercise_id: UUID | None = None


class TrainingMaxReader(Protocol):
    """Reads training maxes the caller may see."""

    async def run(
        self, where: TrainingMaxFilter, request: CursorRequest, *, visible_to: Actor
    ) -> CursorSlice[bytes]:
        """Return ``TrainingMaxView`` items, those set last first."""
        ...

    async def one(self, training_max_id: UUID, /) -> tuple[UUID, Document] | None:
        """Return whose it is and a ``TrainingMaxView``; who may see it is decided after."""
        ...

    async def current(
        self, athlete_id: UUID, exercise_id: UUID | None, /, *, at: datetime
    ) -> list[TrainingMaxView]:
        """Return for each exercise the one in force on the athlete's local day."""
        ...


class ProgramsOfDeleted(Protocol):
    """What people who deleted their accounts leave behind in programs."""

    async def erase(self, athlete_id: UUID, /) -> None:
        """Delete an athlete's rules, their histories, and training maxes."""
        ...


class MergedPrograms(Protocol):
    """What is said of an exercise that became another one."""

    async def move(self, exercise_id: UUID, into_id: UUID, /, *, at: datetime) -> None:
        """Let its rules and training maxes be the other's, whose own rule stays."""
        ...
