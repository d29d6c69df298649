"""Reports on all athletes of a trainer, as clients see them: the roster, and the month."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from workout_domain.reporting.attention import AttentionReason


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPlansView:
    """
    What this trainer planned for the athlete.

    ``due`` workouts of the last 28 days are ``completed`` or ``missed``, ``completion`` is the
    share of the former. ``upcoming`` are those of today and the next six days not done yet.
    """

    due: int
    completed: int
    missed: int
    completion: Decimal | None
    upcoming: int
    next_planned: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLoadView:
    """
    The mean session load a day, RPE times minutes, of the last 7 and 28 days, and their ratio.

    Null until somebody has trained for 28 days. It is a trend of the load; it predicts no injury.
    """

    acute: Decimal
    chronic: Decimal
    ratio: Decimal | None
    unrated_sessions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFiguresView:
    """
    One athlete at a glance, by their local days and ISO weeks; volumes are in the ``unit``.

    ``new_records`` counts exercises of which they beat their heaviest weight or best estimate in
    the last 28 days.
    """

    athlete_id: str
    user_id: str
    username: str
    name: str
    is_training_now: bool
    last_session: date | None
    days_since_last_session: int | None
    sessions_7_days: int
    sessions_28_days: int
    volume_this_week: Decimal
    volume_last_week: Decimal
    unit: str
    hard_sets_this_week: int
    new_records: int
    plans: RosterPlansView
    load: RosterLoadView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterMuscleView:
    """The hard sets of a muscle this week; muscles that help with an exercise count by half."""

    muscle: str
    hard_sets: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterAthleteView(RosterFiguresView):
    """The same with why they need attention, nothing where all goes well, and their muscles."""

    needs_attention: tuple[AttentionReason, ...]
    muscles_this_week: tuple[RosterMuscleView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFiguresView:
    """
    What was done in a month, by the athletes' local days.

    ``sessions`` are those that ended, completed or not. ``volume_kg`` is effective load times
    successful repetitions of working sets; ``planned_workouts`` were scheduled for the month by
    this trainer, ``completed_workouts`` are those of them with a completed session, and
    ``completion`` is their share, null where nothing was planned. ``personal_records`` counts
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
