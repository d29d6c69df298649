"""How one exercise goes over time, exact: loads in kilograms, ids as text."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from workout_application.reporting.figures import Best, Figures, Listed
from workout_application.reporting.questions import Window
from workout_shared.pages import PageRequest


class Grouping(StrEnum):
    """What one point stands for; weeks and months are those of local days."""

    SESSION = "session"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressionSearch:
    """Which exercise, from when to when, and what one point stands for."""

    exercise_id: UUID
    window: Window
    grouping: Grouping = Grouping.SESSION


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPoint:
    """
    One exercise in one session, or in all sessions of a week or month that begins on ``day``.

    ``record_weight`` and ``record_e1rm`` are the best ever by the end of it, whatever the period
    asked for. ``lifts`` are the successful repetitions of working sets by load, where asked for.
    """

    exercise_name: str
    day: date
    session_date: datetime
    session_id: str | None
    sessions: int
    figures: Figures
    best_weight: Best | None
    best_e1rm: Best | None
    record_weight: Decimal | None
    record_e1rm: tuple[Decimal, int] | None
    lifts: tuple[tuple[Decimal, int], ...] = ()


class ProgressionReader(Protocol):
    """Follows one exercise; whatever was logged a moment ago is in."""

    async def points(
        self, user_id: UUID, search: ProgressionSearch, page: PageRequest, /
    ) -> Listed[ProgressPoint]:
        """Return a page of points in the order of time, or against it; sessions have ``lifts``."""
        ...

    async def line(
        self, user_id: UUID, search: ProgressionSearch, most: int, /
    ) -> tuple[ProgressPoint, ...]:
        """Return the newest points, the earliest of them first, without ``lifts``."""
        ...
