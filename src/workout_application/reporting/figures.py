"""What readers of roll-ups answer with: exact figures, loads in kilograms, ids as text."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """
    What may be added up over sets.

    Repetitions are all those noted, warm-ups included; ``working_reps`` are the successful ones of
    working sets, ``loaded_reps`` those of them whose load is known, of which ``tonnage_kg`` is
    made. ``sided_hard_sets`` are the hard sets of one side.
    """

    working_sets: int
    warm_up_sets: int
    hard_sets: int
    sided_hard_sets: int
    successful_reps: int
    failed_reps: int
    working_reps: int
    loaded_reps: int
    tonnage_kg: Decimal
    warm_up_tonnage_kg: Decimal
    seconds: Decimal
    meters: Decimal

    @property
    def sets(self) -> int:
        """All sets."""
        return self.working_sets + self.warm_up_sets

    @property
    def success_rate(self) -> Decimal | None:
        """The share of repetitions that succeeded; None where there are none."""
        reps = self.successful_reps + self.failed_reps
        return Decimal(self.successful_reps) / reps if reps else None

    def volume_kg(self, *, with_warm_ups: bool) -> Decimal:
        """Return the load moved."""
        return self.tonnage_kg + (self.warm_up_tonnage_kg if with_warm_ups else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OverallFigures:
    """Everything of one account within a window."""

    sessions: int
    completed_sessions: int
    minutes: Decimal
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The best of something and the set it was; load and repetitions where it is an estimate."""

    value: Decimal
    set_id: str | None
    session_id: str
    local_date: date
    load_kg: Decimal | None = None
    load_reps: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseFigures:
    """One exercise of one account within a window."""

    exercise_id: str
    exercise_name: str
    sessions: int
    last_date: date
    figures: Figures
    best_weight: Best | None
    best_e1rm: Best | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Generic[T]):
    """A page of rows, and how many there are in all."""

    items: tuple[T, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """
    One local day on which somebody trained.

    ``session_load`` is session RPE times minutes, added up; sessions of which either is not known
    are ``unrated``.
    """

    day: date
    sessions: int
    completed_sessions: int
    unrated_sessions: int
    minutes: Decimal
    session_load: Decimal
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingDays:
    """The days of a window on which somebody trained, and the first day they ever did."""

    first_ever: date | None
    days: tuple[DayFigures, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleWeek:
    """
    One muscle in the ISO week that begins on a Monday.

    ``primary_sets`` are hard sets of exercises for it, ``secondary_sets`` of those it helps with;
    a set of one side counts half. ``tonnage_kg`` is that of exercises for it.
    """

    week: date
    muscle: str
    primary_sets: Decimal
    secondary_sets: Decimal
    tonnage_kg: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWeek:
    """
    What was planned for an athlete in the ISO week that begins on a Monday, and became of it.

    ``missed`` lie in the past and were not completed. Sets are those of completed sessions: done
    are at most as many as were planned of an exercise.
    """

    week: date
    planned: int
    completed: int
    completed_on_day: int
    missed: int
    planned_sets: int
    completed_sets: int
