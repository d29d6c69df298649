"""What logging into a running session needs: the hot writes, and no more than they need."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from workout_application.training.ports import ExerciseFacts, SetTypeFacts
from workout_domain.kernel.load import Load
from workout_domain.training.deviation import Deviation
from workout_domain.training.effective_load import LoadRule
from workout_domain.training.performed_set import SetDraft
from workout_domain.training.targets import SetTarget


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningSession:
    """The little of a session that an append needs, its row locked."""

    id: UUID
    user_id: UUID
    athlete_id: UUID | None
    workout_id: UUID | None
    trainer_id: UUID | None
    status: str
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSet:
    """What a new set refers to: its type by code or id, the set it follows, a target's number."""

    session_id: UUID
    user_id: UUID
    exercise_id: UUID
    set_type: str | UUID
    side: str | None
    parent_set_id: UUID | None
    target_number: int | None
    client_generated_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPlace:
    """
    Where a set would go: session, exercise and set type, each None where there is none.

    ``bodyweight`` is what the athlete weighs in this session; ``has_parent`` tells whether the set
    it is said to follow is one of the same session and exercise. ``target`` is the one that was
    asked for by its number, or the next that is open.
    """

    session: RunningSession
    bodyweight: Load | None
    exercise: ExerciseFacts | None
    set_type: SetTypeFacts | None
    has_parent: bool
    target: SetTarget | None
    repeated: bytes | None
    repeated_was_removed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RepPlace:
    """The set a repetition would go to."""

    session: RunningSession
    set_id: UUID
    exercise_id: UUID
    load: Load | None
    load_rule: LoadRule
    target: SetTarget | None
    deviation: Deviation | None
    successful_reps: int
    next_number: int
    numbers: frozenset[int]
    repeated: bytes | None
    repeated_was_removed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPlace:
    """The exercise log whose progress is reported; None planned sets: nothing was planned."""

    session: RunningSession
    has_log: bool
    planned_sets: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRep:
    """One repetition ready to be written."""

    id: UUID
    rep_number: int
    weight: Decimal | None
    unit: str | None
    success: bool
    effective_kg: Decimal | None
    client_generated_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSet:
    """One set ready to be written."""

    id: UUID
    log_id: UUID
    exercise_id: UUID
    set_type_id: UUID
    parent_set_id: UUID | None
    load_rule: LoadRule
    effective_kg: Decimal | None
    target: SetTarget | None
    deviation: Deviation | None
    draft: SetDraft
    performed_at: datetime
    client_generated_id: str | None
    reps: list[NewRep] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """An event of an append: its payload is written, stored and pushed as it is."""

    event_id: UUID
    name: str
    sequence: int
    payload: bytes
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedProgress:
    """What was reported under a client's id."""

    exercise_id: UUID
    planned_sets: int | None
    completed_sets: int
    is_completed: bool
    sequence: int


class SessionAppends(Protocol):
    """
    The hot writes: they lock the session's row and load nothing they do not need.

    Each ``place`` is one statement, each write another; both run in the command's transaction.
    """

    async def place_for_set(self, wanted: WantedSet, /) -> SetPlace | None:
        """Lock the caller's session and find everything the new set refers to."""
        ...

    async def append_set(
        self, session: RunningSession, new: NewSet, entry: JournalEntry, /
    ) -> bool:
        """Write set, repetitions and event; False when the client's id was taken meanwhile."""
        ...

    async def stored_set(self, session_id: UUID, client_generated_id: str, /) -> bytes | None:
        """Return the set stored under a client's id as JSON, or None when it was removed."""
        ...

    async def place_for_rep(
        self, set_id: UUID, user_id: UUID, client_generated_id: str | None, /
    ) -> RepPlace | None:
        """Lock the session that holds the caller's set."""
        ...

    async def append_rep(
        self,
        session: RunningSession,
        set_id: UUID,
        new: NewRep,
        deviation: Deviation | None,
        entry: JournalEntry,
        /,
    ) -> None:
        """Write repetition and event, and how far its set is from its target now."""
        ...

    async def place_for_progress(
        self, session_id: UUID, user_id: UUID, exercise_id: UUID, /
    ) -> LogPlace | None:
        """Lock the caller's session and find the exercise's log."""
        ...

    async def write_progress(
        self,
        session: RunningSession,
        exercise_id: UUID,
        completed_sets: int,
        entry: JournalEntry,
        /,
        *,
        is_completed: bool,
    ) -> None:
        """Write progress and event."""
        ...

    async def place_for_rest(self, session_id: UUID, user_id: UUID, /) -> RunningSession | None:
        """Lock the caller's session."""
        ...

    async def write_rest(
        self,
        session: RunningSession,
        seconds: int | None,
        ends_at: datetime | None,
        entry: JournalEntry,
        /,
    ) -> None:
        """Write the rest timer and its event."""
        ...

    async def known_event(
        self, session_id: UUID, client_event_id: str, /
    ) -> ReportedProgress | None:
        """
        Return the progress a client reported under this id before.

        Raises:
            EventIdTaken: the client used the id for something else.
        """
        ...

    async def remember_event(
        self, session_id: UUID, client_event_id: str, sequence: int, /
    ) -> None:
        """Note that a client's event became the one of this sequence."""
        ...
