"""A session: one athlete training, from the first set to the summary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.guards import (
    known,
    not_negative,
    optional_text,
    required_text,
)
from workout_domain.kernel.load import Load
from workout_domain.training.errors import (
    ExerciseNotInSession,
    ExercisePlannedAlready,
    SessionNotEnded,
    SessionNotInProgress,
    SetNotFound,
)
from workout_domain.training.events import (
    ExerciseSubstituted,
    SessionEvent,
    SetChanged,
    SetLogged,
    SetRemovedFromSession,
    WorkoutSessionAbandoned,
    WorkoutSessionChanged,
    WorkoutSessionCompleted,
    WorkoutSessionReopened,
    WorkoutSessionStarted,
)
from workout_domain.training.exercise_log import ExerciseLog
from workout_domain.training.performed_set import (
    HIGHEST_RPE,
    LOWEST_RPE,
    PerformedSet,
    no_such_parent,
)
from workout_domain.training.session_time import SessionTime
from workout_domain.training.targets import SetTarget

LONGEST_NAME: Final = 200
LONGEST_NOTES: Final = 10_000
_HUNDREDTH: Final = Decimal("0.01")


class SessionStatus(StrEnum):
    """Where a session stands."""

    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedExercise:
    """What a workout asks for of one exercise, as it stands when a session of it begins."""

    log_id: UUID
    exercise_id: UUID
    sets: int
    targets: tuple[SetTarget, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOwner:
    """Whose session it is, and of which workout; all but the user may be None."""

    user_id: UUID
    athlete_id: UUID | None = None
    workout_id: UUID | None = None
    trainer_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSummary:
    """What an athlete says when a session ends; without a duration the clock's is taken."""

    duration_minutes: Decimal | None = None
    exercises_summary: Any = None
    notes: str | None = None
    session_rpe: Decimal | None = None

    def __post_init__(self) -> None:
        not_negative(self.duration_minutes, field="duration_minutes")
        if self.session_rpe is not None and not LOWEST_RPE <= self.session_rpe <= HIGHEST_RPE:
            raise Invalid.field(
                "/session_rpe", "out_of_range", "session_rpe must lie between 1 and 10."
            )


class WorkoutSession(Aggregate):
    """
    A session and what was performed in it.

    ``sequence`` counts its events from 1; clients that miss a number ask for a replay. Verbs that
    change sets need them loaded; the others do not. ``local_date`` is the day of ``session_date``
    in the session's own ``time_zone``, ``bodyweight`` what the athlete weighed. ``settled_at`` is
    when it last changed other than by an append: what is newer can only be a running session's.
    """

    def __init__(
        self,
        *,
        session_id: UUID,
        owner: SessionOwner,
        name: str,
        session_date: datetime,
        time_zone: str,
        bodyweight: Load | None,
        client_generated_id: str | None,
        at: datetime,
    ) -> None:
        super().__init__(at=at)
        self.id = known(session_id, field="id")
        self.user_id = known(owner.user_id, field="user_id")
        self.athlete_id = owner.athlete_id
        self.workout_id = owner.workout_id
        self.trainer_id = owner.trainer_id
        self.name = required_text(name, field="name", longest=LONGEST_NAME)
        self._place_in_time(session_date, time_zone, now=at)
        self.bodyweight = _somebodys(bodyweight)
        self.session_rpe: Decimal | None = None
        self.client_generated_id = client_generated_id
        self.status = SessionStatus.IN_PROGRESS
        self.started_at = at
        self.completed_at: datetime | None = None
        self.duration_minutes: Decimal | None = None
        self.exercises_summary: Any = None
        self.notes: str | None = None
        self.rest_seconds: int | None = None
        self.rest_ends_at: datetime | None = None
        self.last_activity_at = at
        self.settled_at = at
        self.sequence = 0
        self._logs: list[ExerciseLog] = []
        self._sets: list[PerformedSet] = []

    @classmethod
    def start(
        cls,
        *,
        session_id: UUID,
        owner: SessionOwner,
        name: str,
        session_date: datetime,
        time_zone: str = "UTC",
        bodyweight: Load | None = None,
        planned: Sequence[PlannedExercise] = (),
        client_generated_id: str | None = None,
        at: datetime,
    ) -> "WorkoutSession":
        """Begin a session; ``planned`` is what its workout asks for, exercises in order."""
        session = cls(
            session_id=session_id,
            owner=owner,
            name=name,
            session_date=session_date,
            time_zone=time_zone,
            bodyweight=bodyweight,
            client_generated_id=client_generated_id,
            at=at,
        )
        session._logs = [
            ExerciseLog(
                log_id=one.log_id,
                exercise_id=one.exercise_id,
                planned_sets=one.sets,
                targets=one.targets,
                order_index=order,
            )
            for order, one in enumerate(planned)
        ]
        session._happened(
            WorkoutSessionStarted,
            at=at,
            name=session.name,
            start_time=at,
            client_generated_id=client_generated_id,
        )
        return session

    @property
    def exercise_logs(self) -> tuple[ExerciseLog, ...]:
        """How far each exercise has come, in order."""
        return tuple(sorted(self._logs, key=lambda log: log.order_index))

    @property
    def sets(self) -> tuple[PerformedSet, ...]:
        """The sets in the order they were logged."""
        kept = (one for one in self._sets if one.deleted_at is None)
        return tuple(sorted(kept, key=lambda one: one.sequence))

    def describe(
        self,
        *,
        name: str,
        session_date: datetime,
        time_zone: str,
        notes: str | None,
        at: datetime,
    ) -> None:
        """Change what the session is called, when and where it was, and what is noted about it."""
        self._refuse_unless_running()
        self.name = required_text(name, field="name", longest=LONGEST_NAME)
        self._place_in_time(session_date, time_zone, now=at)
        self.notes = optional_text(notes, field="notes", longest=LONGEST_NOTES)
        self._happened(WorkoutSessionChanged, at=at, name=self.name, local_date=self.local_date)

    def weigh_in(self, bodyweight: Load | None, *, at: datetime) -> None:
        """
        Change what the athlete weighed, and compute anew what every set moved.

        It is said together with something else, which is what is told of.
        """
        self._refuse_unless_running()
        self.bodyweight = _somebodys(bodyweight)
        for one in self.sets:
            one.weigh(bodyweight)
            one.updated_at = at

    def move_to(self, time_zone: str, *, at: datetime) -> None:
        """Say in which time zone the session is, together with something else; its day follows."""
        self._refuse_unless_running()
        self._place_in_time(self.session_date, time_zone, now=at)

    def complete(self, summary: SessionSummary, *, at: datetime) -> None:
        """
        End the session as done; it takes no more changes until it is reopened.

        The duration is the one given, else that of the first time, else the clock's.

        Raises:
            SessionNotInProgress: it has ended already.
        """
        self._refuse_unless_running()
        self._end(SessionStatus.COMPLETED, at=at)
        self.completed_at = at
        if summary.duration_minutes is not None:
            self.duration_minutes = summary.duration_minutes
        if self.duration_minutes is None:
            self.duration_minutes = _minutes(at - self.started_at)
        if summary.exercises_summary is not None:
            self.exercises_summary = summary.exercises_summary
        if summary.session_rpe is not None:
            self.session_rpe = summary.session_rpe
        if summary.notes is not None:
            self.notes = optional_text(summary.notes, field="notes", longest=LONGEST_NOTES)
        self._happened(
            WorkoutSessionCompleted,
            at=at,
            name=self.name,
            completed_at=at,
            duration_minutes=self.duration_minutes,
            exercises_summary=self.exercises_summary,
            notes=self.notes,
            client_generated_id=self.client_generated_id,
        )

    def end_with_estimate(
        self, single: PerformedSet, *, log_id: UUID, summary: SessionSummary, at: datetime
    ) -> None:
        """
        Take in one repetition with an estimated load, and be done: the session never ran.

        Raises:
            SessionNotInProgress: it has ended already.
        """
        self._refuse_unless_running()
        exercise_id = single.exercise_id
        self._logs.append(
            ExerciseLog(log_id=log_id, exercise_id=exercise_id, planned_sets=None, order_index=0)
        )
        self._sets.append(single)
        self._happened(SetLogged, at=at, set_id=single.id, exercise_id=exercise_id)
        self.complete(summary, at=at)

    def abandon(self, reason: str, *, at: datetime) -> None:
        """End the session without finishing it; nothing logged is lost."""
        self._refuse_unless_running()
        self._end(SessionStatus.ABANDONED, at=at)
        self._happened(WorkoutSessionAbandoned, at=at, reason=reason)

    def reopen(self, *, at: datetime) -> None:
        """Let an ended session take changes again; how long it took stays."""
        if self.status is SessionStatus.IN_PROGRESS:
            raise SessionNotEnded("The session is in progress already.")
        self.status = SessionStatus.IN_PROGRESS
        self.completed_at = None
        self.last_activity_at = at
        self._happened(WorkoutSessionReopened, at=at)

    def delete(self, *, at: datetime) -> None:
        """Take the session, its logs, sets and repetitions out of every read."""
        self.deleted_at = at
        self._end(self.status, at=at)
        self._happened(WorkoutSessionAbandoned, at=at, reason="deleted")

    def substitute(self, exercise_id: UUID, *, by: UUID, log_id: UUID, at: datetime) -> ExerciseLog:
        """
        Let another exercise take what is left of a planned one, for this session only.

        Where nothing of it is done, the other one takes its place; else it follows after it, in a
        log of this new id. It may be planned already only where it goes back to what it stands in
        for. Returns its log; sets that went over to it have no weights.

        Raises:
            SessionNotInProgress: the session has ended.
            ExerciseNotInSession: the session neither plans nor holds the exercise.
            ExerciseNotPlanned: the session does not plan it.
            NoSetsLeft: all its planned sets are done.
            ExercisePlannedAlready: the session plans the other one by itself.
            Invalid: both are the same.
        """
        self._refuse_unless_running()
        if by == exercise_id:
            raise Invalid.field(
                "/exercise_id", "same_exercise", "An exercise cannot stand in for itself."
            )
        log, other = self._log_of(exercise_id), self._log_of(by)
        if log is None:
            raise ExerciseNotInSession("The session has no such exercise.")
        logged = [one.target_number for one in self.sets if one.exercise_id == exercise_id]
        left, asked_for = log.left(logged), log.asked_for
        if other is not None and other.planned_sets is not None and by != asked_for:
            raise ExercisePlannedAlready("The session plans this exercise already.")
        is_begun = bool(logged or log.completed_sets)
        if is_begun:
            log.give_up(left)
        successor = self._successor(log, other, exercise_id=by, log_id=log_id, is_begun=is_begun)
        successor.take(left, asked_for=asked_for)
        self._happened(ExerciseSubstituted, at=at, exercise_id=exercise_id, substitute_id=by)
        return successor

    def change_set(self, set_id: UUID, *, at: datetime) -> PerformedSet:
        """
        Return a set to be corrected, and note that it was.

        Raises:
            SetNotFound: the session has no such set.
            SessionNotInProgress: the session has ended.
        """
        changed = self.performed_set(set_id)
        self._refuse_unless_running()
        changed.updated_at = at
        self._happened(SetChanged, at=at, set_id=set_id, exercise_id=changed.exercise_id)
        return changed

    def follow(self, one: PerformedSet, parent_set_id: UUID | None) -> None:
        """
        Let a set follow another one of its exercise, as in a drop set, or none.

        Raises:
            Invalid: there is no such set, or the chain would come back to itself.
        """
        known = {other.id: other for other in self.sets if other.exercise_id == one.exercise_id}
        before = parent_set_id
        while before is not None:
            if before == one.id or before not in known:
                raise no_such_parent()
            before = known[before].parent_set_id
        one.parent_set_id = parent_set_id

    def remove_set(self, set_id: UUID, *, at: datetime) -> None:
        """Take a set out, with its repetitions; what followed it follows what it followed."""
        removed = self.performed_set(set_id)
        self._refuse_unless_running()
        removed.deleted_at = at
        for one in self.sets:
            if one.parent_set_id == set_id:
                one.parent_set_id = removed.parent_set_id
        self._happened(SetRemovedFromSession, at=at, set_id=set_id, exercise_id=removed.exercise_id)

    def performed_set(self, set_id: UUID) -> PerformedSet:
        """Return one of the sets."""
        for one in self.sets:
            if one.id == set_id:
                return one
        raise SetNotFound("No such set.")

    def _log_of(self, exercise_id: UUID) -> ExerciseLog | None:
        return next((log for log in self._logs if log.exercise_id == exercise_id), None)

    def _successor(
        self,
        log: ExerciseLog,
        other: ExerciseLog | None,
        *,
        exercise_id: UUID,
        log_id: UUID,
        is_begun: bool,
    ) -> ExerciseLog:
        if other is None and not is_begun:
            log.become(exercise_id)
            return log
        if other is None:
            other = ExerciseLog(
                log_id=log_id, exercise_id=exercise_id, planned_sets=None, order_index=0
            )
            self._logs.append(other)
        if other.planned_sets is None:
            self._place_after(log, other)
        if not is_begun:
            self._logs.remove(log)
        return other

    def _place_after(self, log: ExerciseLog, other: ExerciseLog) -> None:
        for one in self._logs:
            if one.order_index > log.order_index:
                one.order_index += 1
        other.order_index = log.order_index + 1

    def _end(self, status: SessionStatus, *, at: datetime) -> None:
        self.status = status
        self.rest_seconds = None
        self.rest_ends_at = None
        self.last_activity_at = at

    def _place_in_time(self, session_date: datetime, time_zone: str, *, now: datetime) -> None:
        when = SessionTime.of(session_date, time_zone, now=now)
        self.session_date = when.session_date
        self.time_zone = when.time_zone
        self.local_date = when.local_date

    def _refuse_unless_running(self) -> None:
        refuse_unless_running(self.status)

    def _happened(self, kind: type[SessionEvent], *, at: datetime, **facts: Any) -> None:  # noqa: ANN401 - the event's own fields
        self.sequence += 1
        self.last_activity_at = at
        self.settled_at = at
        self._record(
            kind(
                occurred_at=at,
                session_id=self.id,
                user_id=self.user_id,
                athlete_id=self.athlete_id,
                workout_id=self.workout_id,
                trainer_id=self.trainer_id,
                sequence=self.sequence,
                **facts,
            )
        )


def refuse_unless_running(status: str) -> None:
    """
    Let changes pass only while a session is in progress.

    Raises:
        SessionNotInProgress: it was completed or abandoned.
    """
    if status != SessionStatus.IN_PROGRESS:
        raise SessionNotInProgress(f"The session is {status}; reopen it to change it.")


def _somebodys(bodyweight: Load | None) -> Load | None:
    if bodyweight is not None and not bodyweight.amount:
        raise Invalid.field("/bodyweight", "out_of_range", "Nobody weighs nothing.")
    return bodyweight


def _minutes(elapsed: timedelta) -> Decimal:
    exact = Decimal(int(elapsed.total_seconds() * 1000)) / 60_000
    return exact.quantize(_HUNDREDTH, rounding=ROUND_HALF_EVEN)
