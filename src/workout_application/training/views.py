"""Sessions and what is performed in them, as clients see them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from workout_application.training.plan_views import SetTargetView
from workout_domain.kernel.load import KILOGRAMS, shown_in
from workout_domain.training.deviation import Deviation
from workout_domain.training.performed_set import PerformedSet, Rep

T = TypeVar("T")


def moved(exact_kilograms: Decimal | None, unit: str) -> Decimal | None:
    """Show exact kilograms in a unit, to three decimals."""
    return None if exact_kilograms is None else shown_in(unit, exact_kilograms)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepView:
    """One repetition."""

    id: UUID
    set_id: UUID
    rep_number: int
    weight: Decimal | None
    unit: str | None
    success: bool
    client_generated_id: str | None

    @classmethod
    def of(cls, rep: Rep, set_id: UUID) -> "RepView":
        """Show a repetition."""
        return cls(
            id=rep.id,
            set_id=set_id,
            rep_number=rep.rep_number,
            weight=rep.weight,
            unit=rep.unit,
            success=rep.success,
            client_generated_id=rep.client_generated_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationView:
    """
    Performed minus target; a figure is null where either of them does not say it.

    ``reps`` are the successful ones, zero within a range; ``weight`` is in ``unit``.
    """

    reps: int | None
    weight: Decimal | None
    unit: str | None
    rpe: Decimal | None
    rir: Decimal | None
    duration_seconds: Decimal | None
    distance_meters: Decimal | None

    @classmethod
    def of(cls, deviation: Deviation) -> "DeviationView":
        """Show a deviation."""
        return cls(**deviation.document())


@dataclass(frozen=True, slots=True, kw_only=True)
class SetView:
    """
    One performed set; ``sequence`` is that of the event that logged it.

    ``effective_load`` is what was really moved, and ``bodyweight`` what of it the whole body
    weighs, both in ``effective_load_unit``: the set's unit, or kilograms where it has none.
    ``volume`` adds up the successful repetitions. Each is null where it is not known. ``target``
    is what the set was to be where it was planned, ``deviation`` how far it is from that.
    """

    id: UUID
    session_id: UUID
    exercise_id: UUID
    exercise_name: str
    set_type: str
    set_type_id: UUID
    weight: Decimal | None
    unit: str | None
    number_reps: int
    reps: list[RepView]
    duration_seconds: Decimal | None
    distance_meters: Decimal | None
    rpe: Decimal | None
    rir: Decimal | None
    side: str | None
    parent_set_id: UUID | None
    load_kind: str
    effective_load: Decimal | None
    effective_load_unit: str
    bodyweight: Decimal | None
    bodyweight_share: Decimal | None
    volume: Decimal | None
    volume_unit: str
    description: str | None
    notes: str | None
    target: SetTargetView | None
    target_number: int | None
    deviation: DeviationView | None
    performed_at: datetime
    sequence: int
    client_generated_id: str | None

    @classmethod
    def of(cls, one: PerformedSet, *, exercise_name: str, set_type: str) -> "SetView":
        """Show a set."""
        load, rule = one.load, one.load_rule
        unit = KILOGRAMS if load is None else load.unit
        return cls(
            id=one.id,
            session_id=one.session_id,
            exercise_id=one.exercise_id,
            exercise_name=exercise_name,
            set_type=set_type,
            set_type_id=one.set_type_id,
            weight=None if load is None else load.amount,
            unit=None if load is None else load.unit,
            number_reps=one.number_reps,
            reps=[RepView.of(rep, one.id) for rep in one.reps],
            duration_seconds=one.duration_seconds,
            distance_meters=one.distance_meters,
            rpe=one.rpe,
            rir=one.rir,
            side=one.side,
            parent_set_id=one.parent_set_id,
            load_kind=rule.kind,
            effective_load=moved(one.effective_kg, unit),
            effective_load_unit=unit,
            bodyweight=moved(rule.bodyweight_kg, unit),
            bodyweight_share=rule.bodyweight_share,
            volume=moved(one.volume_kg, KILOGRAMS),
            volume_unit=KILOGRAMS,
            description=one.description,
            notes=one.notes,
            target=None if one.target is None else SetTargetView.of(one.target),
            target_number=one.target_number,
            deviation=None if one.deviation is None else DeviationView.of(one.deviation),
            performed_at=one.performed_at,
            sequence=one.sequence,
            client_generated_id=one.client_generated_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRevisionView:
    """What a set said before it was corrected; ``sequence`` is that of the event that told so."""

    set_id: UUID
    sequence: int
    operation: str
    rep_id: UUID | None
    changed_by: UUID
    changed_at: datetime
    before: SetView


@dataclass(frozen=True, slots=True)
class Changed(Generic[T]):
    """Something that was changed inside a session, and the session's revision since."""

    view: T
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RestTimerView:
    """A running rest: it ends at an instant, so it survives every interruption."""

    seconds: int
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseLogView:
    """
    How far one exercise of a session has come.

    ``substituted_exercise_id`` is the exercise that was planned, where this one stands in for it.
    """

    exercise_id: UUID
    exercise_name: str
    planned_sets: int | None
    completed_sets: int
    is_completed: bool
    substituted_exercise_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformedExerciseView(ExerciseLogView):
    """
    How far one exercise of a session has come, and the work done.

    ``targets`` is what each of its sets was to be when the session began, by its plan and, where
    that left weights open, by programs; null where nothing was planned. ``volume`` adds up the
    successful repetitions of its sets, warm-ups apart; what is not known counts nothing.
    """

    targets: list[SetTargetView] | None
    volume: Decimal
    volume_unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionHead:
    """
    A session by itself.

    ``local_date`` is the day of ``session_date`` in ``time_zone``; ``bodyweight`` is what the
    athlete weighed, null where nobody said so.
    """

    id: UUID
    workout_id: UUID | None
    user_id: UUID
    athlete_id: UUID | None
    name: str
    session_date: datetime
    time_zone: str
    local_date: date
    started_at: datetime
    completed_at: datetime | None
    duration_minutes: Decimal | None
    status: str
    notes: str | None
    exercises_summary: Any
    session_rpe: Decimal | None
    bodyweight: Decimal | None
    bodyweight_unit: str | None
    sequence: int
    rest_timer: RestTimerView | None
    client_generated_id: str | None
    created_at: datetime
    updated_at: datetime
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionListItem(SessionHead):
    """A session as lists show it: without its sets."""

    exercise_logs: list[ExerciseLogView]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView(SessionHead):
    """A session with everything performed in it; ``volume`` is that of its exercises."""

    exercise_logs: list[PerformedExerciseView]
    volume: Decimal
    volume_unit: str
    sets: list[SetView]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressView:
    """How far an athlete has come with one workout."""

    workout_id: UUID
    athlete_id: UUID
    completion_percentage: Decimal
    total_exercises: int
    completed_exercises: int
    last_session_date: datetime | None
    average_session_duration: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseProgressView:
    """How many sets of an exercise are reported done."""

    session_id: UUID
    exercise_id: UUID
    planned_sets: int | None
    completed_sets: int
    is_completed: bool
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RestView:
    """The rest timer after a change; ``ends_at`` is null where none runs."""

    session_id: UUID
    seconds: int
    ends_at: datetime | None
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEventView:
    """One event of a session, as it was pushed: ``event`` names it, the rest is its payload."""

    event: str
    session_id: UUID
    sequence: int
    event_id: UUID
    occurred_at: datetime
