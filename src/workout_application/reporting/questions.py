"""What a report is asked: about whom, from when to when, in which unit and form."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

# Sessions lie between 1900 and 2200 in UTC, so locally a day more; nobody names these ends.
EARLIEST: Final = date(1899, 12, 1)
LATEST: Final = date(2200, 2, 1)
_FIRST_INSTANT: Final = datetime(1899, 12, 1, tzinfo=UTC)
_LAST_INSTANT: Final = datetime(2200, 2, 1, tzinfo=UTC)


class ReportFormat(StrEnum):
    """In which form a report is answered; ``SERIES`` is what the pictures are drawn from."""

    JSON = "json"
    SERIES = "series"
    SVG = "svg"
    PNG = "png"
    CSV = "csv"

    @property
    def is_chart(self) -> bool:
        """Whether it shows a chart, or what one is drawn from."""
        return self in {ReportFormat.SERIES, ReportFormat.SVG, ReportFormat.PNG}


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """
    From when to when, both ends inclusive.

    Days are the sessions' own local days; instants narrow further where somebody named an instant.
    """

    from_day: date = EARLIEST
    to_day: date = LATEST
    from_instant: datetime = _FIRST_INSTANT
    to_instant: datetime = _LAST_INSTANT

    @property
    def is_everything(self) -> bool:
        """Whether it leaves nothing out."""
        return self == Window()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What every report may be asked; ``athlete_id`` None means the caller."""

    athlete_id: UUID | None = None
    window: Window = Window()
    exercise_id: UUID | None = None
    unit: str
    format: ReportFormat = ReportFormat.JSON

    @property
    def of_anybody(self) -> "Question":
        """The question without whom it is about: oneself may be named or not."""
        return replace(self, athlete_id=None)


def shifted(day: date, days: int) -> date:
    """Return the day so many days later, or earlier; where there is none, the last there is."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
