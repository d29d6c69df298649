"""Answers of reporting, as clients see them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID


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
