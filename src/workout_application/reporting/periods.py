"""Periods of reports that show every day or week: not longer than a year, the latest by default."""

from dataclasses import replace
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from typing import Final

from workout_application.reporting.questions import EARLIEST, LATEST, Question, Window, shifted
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.local_day import local_day

_EVER: Final = Window()
MOST_DAYS: Final = 371
"""Fifty-three weeks."""


def bounded(question: Question, time_zone: str, today: date, days: int) -> Question:
    """
    Bound a question's period and leave out whom it is about.

    The period ends today and is so many ``days`` long, unless its ends are named; an instant is on
    the day it falls on in the time zone.

    Raises:
        Invalid: it is longer than fifty-three weeks.
    """
    window = _on_its_days(question.window, time_zone)
    last = window.to_day if window.to_day != LATEST else max(today, window.from_day)
    first = window.from_day if window.from_day != EARLIEST else shifted(last, 1 - days)
    if (last - first).days >= MOST_DAYS:
        raise Invalid.field("/from_date", "period", f"Ask for at most {MOST_DAYS} days at once.")
    return replace(question.of_anybody, window=replace(window, from_day=first, to_day=last))


def _on_its_days(window: Window, time_zone: str) -> Window:
    """Let the days be those of the instants; to find sessions they reach a day further."""
    first, last = window.from_instant, window.to_instant
    return replace(
        window,
        from_day=window.from_day if _is_open(first) else local_day(first, time_zone),
        to_day=window.to_day if _is_open(last) else local_day(last, time_zone),
    )


def _is_open(instant: datetime) -> bool:
    """Whether nobody named the end, or one at the end of time, where zones have no such days."""
    named = instant not in {_EVER.from_instant, _EVER.to_instant}
    return not named or instant.year in {MINYEAR, MAXYEAR}


def days_of(window: Window) -> list[date]:
    """Return all days of a bounded window."""
    length = (window.to_day - window.from_day).days
    return [window.from_day + timedelta(days=number) for number in range(length + 1)]


def monday_of(day: date) -> date:
    """Return the first day of the ISO week of a day."""
    return day - timedelta(days=day.weekday())


def week_name(day: date) -> str:
    """Name the ISO week of a day, such as ``2026-W09``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
