"""The figures kept of every athlete: what they did lately, and how strong that shows them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

ANALYTICS: Final = "process_athlete_analytics"
WINDOW_DAYS: Final = 28
MAXIMA_DAYS: Final = 90
MOST_MAXIMA: Final = 200
_DAYS_OF_A_WEEK: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimatedMaximum:
    """
    The highest estimated one-repetition maximum of an exercise, and the set it was made of.

    The estimate is the median of seven formulas; loads are effective kilograms.
    """

    exercise_id: UUID
    e1rm_kg: Decimal
    load_kg: Decimal
    repetitions: int
    set_id: UUID
    local_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AthleteAnalytics:
    """
    An athlete's last 28 local days up to ``to_date``, and maxima of the last 90.

    ``sessions`` ended in that time, completed or not; ``volume_kg`` is of working sets;
    ``planned_workouts`` were scheduled, ``completed_workouts`` are those with a completed session.
    """

    athlete_id: UUID
    computed_at: datetime
    from_date: date
    to_date: date
    sessions: int
    completed_sessions: int
    minutes: Decimal
    working_sets: int
    repetitions: int
    volume_kg: Decimal
    planned_workouts: int
    completed_workouts: int
    estimated_maxima: tuple[EstimatedMaximum, ...]

    @property
    def sessions_per_week(self) -> Decimal:
        """How often they trained."""
        return Decimal(self.sessions * _DAYS_OF_A_WEEK) / WINDOW_DAYS

    @property
    def completion(self) -> Decimal | None:
        """The share of planned workouts that were done; None where nothing was planned."""
        if not self.planned_workouts:
            return None
        return Decimal(self.completed_workouts) / self.planned_workouts
