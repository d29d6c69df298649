"""What happens to workouts and sessions: the contract behind webhooks, notices and reports."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from workout_domain.kernel.events import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutEvent(DomainEvent):
    """Something happened to one planned workout."""

    workout_id: UUID
    trainer_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The workout."""
        return self.workout_id


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutCreated(WorkoutEvent):
    """A trainer planned a workout."""

    kind: ClassVar[str] = "workout.created"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutAssigned(WorkoutEvent):
    """A trainer gave a workout to an athlete, and so took it from the one who had it before."""

    kind: ClassVar[str] = "workout.assigned"
    athlete_id: UUID
    previous_athlete_id: UUID | None
    scheduled_date: datetime
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutPlanChanged(WorkoutEvent):
    """A trainer changed what a workout says."""

    kind: ClassVar[str] = "workout.plan.changed"
    athlete_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutClosed(WorkoutEvent):
    """A workout was marked completed, cancelled or deleted: ``reason`` says which."""

    kind: ClassVar[str] = "workout.plan.closed"
    athlete_id: UUID | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEvent(DomainEvent):
    """Something happened to one session; ``sequence`` orders a session's events."""

    session_id: UUID
    user_id: UUID
    athlete_id: UUID | None
    workout_id: UUID | None
    trainer_id: UUID | None
    sequence: int

    @property
    def aggregate_id(self) -> UUID:
        """The session."""
        return self.session_id


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutSessionStarted(SessionEvent):
    """An athlete began a session."""

    kind: ClassVar[str] = "workout.started"
    name: str
    start_time: datetime
    client_generated_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutSessionCompleted(SessionEvent):
    """An athlete finished a session."""

    kind: ClassVar[str] = "workout.completed"
    name: str
    completed_at: datetime
    duration_minutes: Decimal | None
    exercises_summary: object
    notes: str | None
    client_generated_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutSessionChanged(SessionEvent):
    """A running session was described anew: its name, day, notes or the athlete's weight."""

    kind: ClassVar[str] = "workout.session.changed"
    name: str
    local_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutSessionReopened(SessionEvent):
    """An ended session takes changes again."""

    kind: ClassVar[str] = "workout.session.reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutSessionAbandoned(SessionEvent):
    """A session was given up, left idle for too long, or deleted: ``reason`` says which."""

    kind: ClassVar[str] = "workout.session.abandoned"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLogged(SessionEvent):
    """An athlete performed a set."""

    kind: ClassVar[str] = "workout.set.logged"
    set_id: UUID
    exercise_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SetChanged(SessionEvent):
    """A performed set, or one of its repetitions, was corrected or added to."""

    kind: ClassVar[str] = "workout.set.changed"
    set_id: UUID
    exercise_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRemovedFromSession(SessionEvent):
    """A performed set was taken out."""

    kind: ClassVar[str] = "workout.set.removed"
    set_id: UUID
    exercise_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseProgressUpdated(SessionEvent):
    """An athlete reported how many sets of an exercise are done."""

    kind: ClassVar[str] = "workout.progress.updated"
    exercise_id: UUID
    completed_sets: int
    is_completed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseSubstituted(SessionEvent):
    """For one session, another exercise took what was left to do of a planned one."""

    kind: ClassVar[str] = "workout.exercise.substituted"
    exercise_id: UUID
    substitute_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseHistoryMoved(DomainEvent):
    """
    Part of what was planned and performed with a merged exercise belongs to the other one now.

    The counts are those of this part: sessions changed, sets, workouts and templates moved. The
    sessions are those users', planned by those trainers. ``is_finished`` where nothing can follow
    any more.
    """

    kind: ClassVar[str] = "workout.exercise.moved"
    merge_id: UUID
    exercise_id: UUID
    into_id: UUID
    sessions: int
    sets: int
    workouts: int
    templates: int
    user_ids: tuple[UUID, ...]
    trainer_ids: tuple[UUID, ...]
    is_finished: bool

    @property
    def aggregate_id(self) -> UUID:
        """The merge."""
        return self.merge_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SetsRecounted(DomainEvent):
    """
    Sessions with sets of a type that warms up now, or no more, are to be counted anew.

    One of many where there are many sessions, of those users and planned by those trainers:
    those with an id up to ``up_to`` are done, and ``is_finished`` where no others are left.
    """

    kind: ClassVar[str] = "workout.sets.recounted"
    set_type_id: UUID
    sessions: int
    user_ids: tuple[UUID, ...]
    trainer_ids: tuple[UUID, ...]
    up_to: UUID | None
    is_finished: bool

    @property
    def aggregate_id(self) -> UUID:
        """The type of set."""
        return self.set_type_id
