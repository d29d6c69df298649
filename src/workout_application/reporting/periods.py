"""Periods of reports that show every day or week: not longer than a year, the latest by default."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from workout_application.reporting.questions import EARLIEST, LATEST, Question, Window, shifted
from workout_domain.kernel.errors import Invalid

MOST_DAYS: Final = 371
"""Fifty-three weeks."""


def bounded(question: Question, today: date, days: int) -> Question:
    """
    Bound a question's period and leave out whom it is about.

    The period ends today and is so many ``days`` long, unless its ends are named.

    Raises:
        Invalid: it is longer than fifty-three weeks.
    """
    window = question.window
    last = window.to_day if window.to_day != LATEST else max(today, window.from_day)
    first = window.from_day if window.from_day != EARLIEST else shifted(last, 1 - days)
    if (last - first).days >= MOST_DAYS:
        raise Invalid.field("/from_date", "period", f"Ask for at most {MOST_DAYS} days at once.")
    return replace(question.of_anybody, window=replace(window, from_day=first, to_day=last))


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
