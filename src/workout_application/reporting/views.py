"""Reports as clients see them; loads and volumes are in the ``unit`` beside them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from workout_domain.reporting.records import RecordKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OverallStatusView:
    """
    Everything within a period.

    ``sets`` and repetitions count all that was noted; ``hard_sets`` are working sets at RPE 6 or
    above, or of unknown effort. ``volume`` is load times successful repetitions.
    """

    sessions: int
    completed_sessions: int
    minutes: Decimal
    sets: int
    working_sets: int
    warm_up_sets: int
    hard_sets: int
    successful_reps: int
    failed_reps: int
    total_reps: int
    success_rate: Decimal | None
    volume: Decimal
    unit: str
    duration_seconds: Decimal
    distance_meters: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class BestWeightView:
    """The heaviest successful repetition: what was really moved, body weight included."""

    value: Decimal
    unit: str
    set_id: str | None
    session_id: str
    date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BestEstimateView:
    """
    The highest estimated one-repetition maximum and the set it was made of.

    ``reliability`` is low above ten repetitions.
    """

    value: Decimal
    unit: str
    formula: str
    version: str
    reliability: str
    weight: Decimal
    reps: int
    set_id: str | None
    session_id: str
    date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExercisePerformanceView:
    """
    One exercise within a period.

    ``average_intensity`` is the mean load of a repetition as a share of the best estimate.
    """

    exercise_id: str
    exercise_name: str
    sessions: int
    sets: int
    working_sets: int
    warm_up_sets: int
    hard_sets: int
    successful_reps: int
    failed_reps: int
    success_rate: Decimal | None
    volume: Decimal
    unit: str
    best_weight: Decimal | None
    best_set: BestWeightView | None
    best_e1rm: BestEstimateView | None
    average_intensity: Decimal | None
    duration_seconds: Decimal
    distance_meters: Decimal
    last_done: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateOriginView:
    """
    How an estimated one-repetition maximum was made, of which load and how many repetitions.

    ``reliability`` is low above ten repetitions.
    """

    formula: str
    version: str
    reliability: str
    weight: Decimal
    reps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalRecordView:
    """
    Something done better than ever before, and the set it was.

    ``value`` is in ``unit``: a load in the one asked for, else repetitions, seconds or meters.
    ``reps`` says, for the kind ``reps`` alone, of how many repetitions at least the set was.
    ``previous_value`` is the record that was beaten, ``improvement`` by how much; both are null of
    a first one. Records of a whole session have no set.
    """

    exercise_id: str
    exercise_name: str
    kind: RecordKind
    reps: int | None
    value: Decimal
    unit: str
    previous_value: Decimal | None
    improvement: Decimal | None
    is_current: bool
    set_id: str | None
    session_id: str
    date: date
    estimate: EstimateOriginView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFiguresView:
    """
    What was done in a month, by the athletes' local days.

    ``sessions`` are those that ended, completed or not. ``volume_kg`` is effective load times
    successful repetitions of working sets; ``planned_workouts`` were scheduled for the month by
    this trainer, ``completed_workouts`` are those of them with a completed session, and
    ``completion`` is their share, None where nothing was planned. ``personal_records`` counts
    exercises in which more was lifted once than ever before.
    """

    sessions: int
    completed_sessions: int
    minutes: Decimal
    working_sets: int
    repetitions: int
    volume_kg: Decimal
    planned_workouts: int
    completed_workouts: int
    completion: Decimal | None
    personal_records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AthleteMonthView(MonthFiguresView):
    """The month of one athlete."""

    athlete_id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyReportView:
    """
    The month of a trainer's athletes, in the order of their names, and all together.

    It shows those who let the trainer see reports, when it was made and now; ``revision`` is
    another one whenever it shows anything else.
    """

    year: int
    month: int
    generated_at: datetime
    athletes: list[AthleteMonthView]
    totals: MonthFiguresView
    revision: int
