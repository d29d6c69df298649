"""Reports as clients see them; loads and volumes are in the ``unit`` beside them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from workout_domain.kernel.formulas.volume import InolBand
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
class ActivityDayView:
    """One local day on which something was done."""

    date: date
    sessions: int
    minutes: Decimal
    working_sets: int
    hard_sets: int
    successful_reps: int
    failed_reps: int
    volume: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseActivityView:
    """One exercise within the period."""

    exercise_id: str
    exercise_name: str
    sessions: int
    working_sets: int
    hard_sets: int
    successful_reps: int
    failed_reps: int
    volume: Decimal
    last_done: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentActivityView:
    """
    What was done lately: all together, day by day, and by exercise.

    ``days`` are those on which somebody trained; ``exercises`` is one page of them, those done
    last first. Volumes are in the ``unit``.
    """

    from_date: date
    to_date: date
    sessions: int
    completed_sessions: int
    active_days: int
    minutes: Decimal
    working_sets: int
    hard_sets: int
    successful_reps: int
    failed_reps: int
    volume: Decimal
    unit: str
    days: tuple[ActivityDayView, ...]
    exercises: tuple[ExerciseActivityView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleSetsView:
    """
    The hard sets of one muscle.

    ``hard_sets`` are ``primary_sets``, of exercises for the muscle, and half of
    ``secondary_sets``, of those it helps with; a set of one side is half a set. ``volume`` is that
    of exercises for the muscle.
    """

    muscle: str
    hard_sets: Decimal
    primary_sets: Decimal
    secondary_sets: Decimal
    volume: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleWeekView:
    """One ISO week, ``2026-W09``, by the days sessions have locally; it begins on a Monday."""

    week: str
    starts_on: date
    muscles: tuple[MuscleSetsView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleTotalView(MuscleSetsView):
    """A muscle over the whole period; ``sets_per_week`` spreads it over all of its days."""

    sets_per_week: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleVolumeView:
    """How much each muscle did: in the whole period, most first, and week by week."""

    from_date: date
    to_date: date
    unit: str
    muscles: tuple[MuscleTotalView, ...]
    weeks: tuple[MuscleWeekView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadDayView:
    """
    One local day, also of rest.

    ``acute`` and ``chronic`` are the exponential averages of 7 and 28 days, null until 28 days are
    known. ``unrated_sessions`` are without an RPE or a duration, so their load is not known.
    """

    date: date
    load: Decimal
    sessions: int
    unrated_sessions: int
    acute: Decimal | None
    chronic: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadWeekView:
    """
    One ISO week.

    ``monotony`` is the mean daily load over its sample standard deviation and ``strain`` the load
    times that: null where the week is not whole or all its days are alike.
    """

    week: str
    starts_on: date
    load: Decimal
    monotony: Decimal | None
    strain: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadRatiosView:
    """
    Acute against chronic load on the last day, by three readings that may disagree.

    ``acute`` and ``chronic`` are the means of the last 7 and 28 days. It is a trend of the load; it
    predicts no injury.
    """

    acute: Decimal
    chronic: Decimal
    coupled: Decimal | None
    uncoupled: Decimal | None
    ewma_acute: Decimal
    ewma_chronic: Decimal
    ewma: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadTrendView:
    """
    Where the load is going.

    ``measure`` is ``session_rpe``: RPE times minutes, in arbitrary units, ``unit`` null; or
    ``volume`` in the ``unit``. Days begin with the first that somebody trained at all; ``trend`` is
    null with fewer than 28 of them, or where no session was rated.
    """

    from_date: date
    to_date: date
    measure: str
    unit: str | None
    load: Decimal
    unrated_sessions: int
    trend: LoadRatiosView | None
    weeks: tuple[LoadWeekView, ...]
    days: tuple[LoadDayView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdherenceFiguresView:
    """
    Plans and what became of them.

    ``completed`` have a completed session, ``completed_on_day`` on the day they were planned for;
    ``missed`` have none and their day is over; ``upcoming`` are today's and later ones.
    ``completion`` is the share of completed ones among those completed or missed. Sets are those of
    completed sessions; done are those logged or reported as progress, at most as many as were
    planned of an exercise.
    """

    planned: int
    completed: int
    completed_on_day: int
    missed: int
    upcoming: int
    completion: Decimal | None
    planned_sets: int
    completed_sets: int
    set_completion: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdherenceWeekView(AdherenceFiguresView):
    """One ISO week for which something was planned."""

    week: str
    starts_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AdherenceView(AdherenceFiguresView):
    """How much of what was planned was done, on the whole and week by week."""

    from_date: date
    to_date: date
    weeks: tuple[AdherenceWeekView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightPointView:
    """
    One exercise in one session, or in a week or month, which ``date`` is the first day of.

    ``weight`` is the heaviest successful repetition of working sets, in ``unit``, and ``set_id``
    where it was. ``record_weight`` and ``record_e1rm`` are the best ever by then, this point
    included, also where it lies before the period. ``average_intensity`` is the mean load of a
    repetition as a share of ``record_e1rm``; ``inol`` (Hristov) measures one session by it.
    """

    date: date
    session_date: datetime
    session_id: str | None
    sessions: int
    weight: Decimal | None
    unit: str
    set_id: str | None
    best_e1rm: BestEstimateView | None
    volume: Decimal
    sets: int
    working_sets: int
    hard_sets: int
    successful_reps: int
    failed_reps: int
    average_intensity: Decimal | None
    inol: Decimal | None
    inol_band: InolBand | None
    record_weight: Decimal | None
    record_e1rm: Decimal | None
    duration_seconds: Decimal
    distance_meters: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class HistorySetView:
    """
    One set of the exercise; ``number`` counts those of the session from 1.

    ``weight`` is what was entered, in its own ``unit``; ``effective_load`` what was really moved.
    """

    number: int
    set_id: str
    set_type: str
    is_warm_up: bool
    weight: Decimal | None
    unit: str | None
    effective_load: Decimal | None
    effective_load_unit: str
    successful_reps: int
    failed_reps: int
    rpe: Decimal | None
    rir: Decimal | None
    side: str | None
    duration_seconds: Decimal | None
    distance_meters: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseSessionView:
    """What was done of one exercise in one session; ``volume`` is that of working sets."""

    session_id: str
    session_name: str
    status: str
    date: date
    session_date: datetime
    sets: tuple[HistorySetView, ...]
    volume: Decimal
    unit: str
    best_e1rm: BestEstimateView | None
