"""What reporting needs from elsewhere, in its own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.reporting.analytics import AthleteAnalytics
from workout_application.reporting.documents import ReportDocument, Table
from workout_application.reporting.figures import (
    ExerciseFigures,
    Listed,
    MuscleWeek,
    OverallFigures,
    PlannedWeek,
    TrainingDays,
)
from workout_application.reporting.monthly import AthleteMonth, MonthlyReport
from workout_application.reporting.questions import Window
from workout_application.reporting.series import ChartSeries
from workout_domain.reporting.month import Month
from workout_shared.pages import PageRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom a report is about; ``athlete_id`` is None for accounts that are no athlete's."""

    user_id: UUID
    athlete_id: UUID | None
    time_zone: str


class Athletes(Protocol):
    """Knows athletes by their profile."""

    async def person(self, athlete_id: UUID, /) -> Person | None:
        """Return the athlete, or None where there is none."""
        ...


class FigureReader(Protocol):
    """Adds up what was performed; whatever was logged a moment ago is in."""

    async def overall(
        self, user_id: UUID, window: Window, exercise_id: UUID | None, /
    ) -> OverallFigures:
        """Return everything within a window, or all of one exercise in it."""
        ...

    async def exercises(
        self, user_id: UUID, window: Window, exercise_id: UUID | None, page: PageRequest, /
    ) -> Listed[ExerciseFigures]:
        """Return a page of exercises, those done last first unless sorted otherwise."""
        ...


class DayReader(Protocol):
    """Adds up what was performed by days, weeks and muscles; windows have two ends."""

    async def days(
        self, user_id: UUID, window: Window, exercise_id: UUID | None, /
    ) -> TrainingDays:
        """Return the days of a window on which somebody trained, or did one exercise, in order."""
        ...

    async def muscles(
        self, user_id: UUID, window: Window, exercise_id: UUID | None, /
    ) -> list[MuscleWeek]:
        """Return what every muscle did in every week of a window, in order."""
        ...


class PlanReader(Protocol):
    """Compares plans with what was done."""

    async def weeks(
        self, person: Person, window: Window, exercise_id: UUID | None, /, *, today: date
    ) -> list[PlannedWeek]:
        """
        Return the weeks of a window for which something was planned, in order.

        With an exercise only workouts that plan it count, and only its sets.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A place where roll-ups are not what they should be: ``what`` is a session or an exercise."""

    table: str
    user_id: UUID
    what: str


class TrainedAccounts(Protocol):
    """Finds accounts that trained."""

    async def batch(self, after: UUID | None, sessions: int, /) -> list[UUID]:
        """Return the next accounts that trained, together with about so many sessions."""
        ...


class ReportChecking(TrainedAccounts, Protocol):
    """Compares roll-ups with what was performed."""

    async def differences(self, user_ids: list[UUID], /) -> list[Difference]:
        """Return where roll-ups are not what they should be; settled changes only."""
        ...


class ReportFolding(Protocol):
    """Keeps roll-ups, inside the command or reaction in progress."""

    async def fold(self, user_id: UUID, session_ids: Sequence[UUID] = (), *, at: datetime) -> int:
        """Bring one account up to date; return how many sessions had changed."""
        ...

    async def settle(self, *, at: datetime, most: int) -> int:
        """Look once more at accounts folded right after a change; return how many."""
        ...

    async def rebuild(self, user_ids: Sequence[UUID], *, at: datetime) -> int:
        """Make everything of these accounts anew; return how many sessions they have."""
        ...

    async def forget(self, user_id: UUID, /) -> None:
        """Delete everything kept about an account."""
        ...


class ChartDrawer(Protocol):
    """
    Draws charts; the same chart gives the same bytes.

    Raises:
        Unavailable: too many drawings wait already.
    """

    async def svg(self, chart: ChartSeries, /) -> bytes:
        """Return a standalone SVG document in UTF-8."""
        ...

    async def png(self, chart: ChartSeries, /) -> bytes:
        """Return a PNG image."""
        ...


class DocumentWriter(Protocol):
    """
    Writes documents as files; the same document gives the same bytes.

    Raises:
        Unavailable: too many drawings wait already.
    """

    async def pdf(self, document: ReportDocument, /) -> bytes:
        """Return a PDF file."""
        ...


class TableWriter(Protocol):
    """Writes tables as text that spreadsheets read."""

    def csv(self, *tables: Table) -> bytes:
        """
        Return CSV in UTF-8.

        One table is its header and its rows; several stand below one another, each under its
        title, with an empty line between them.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DueReport:
    """A trainer whose last month is to be reported, and their account."""

    trainer_id: UUID
    user_id: UUID


class RosterFigures(Protocol):
    """What a trainer's athletes did, as far as they show it."""

    async def of_month(self, trainer_id: UUID, month: Month, /) -> list[AthleteMonth]:
        """
        Return the month of each athlete who lets the trainer see reports now, by name.

        Days are the athletes' own; a session that is still running does not count.
        """
        ...


class AthleteFigures(Protocol):
    """What one athlete did lately."""

    async def of_athlete(self, athlete_id: UUID, /, *, at: datetime) -> AthleteAnalytics | None:
        """Return the figures up to an instant; None where there is no such athlete."""
        ...


class MonthlyReports(Protocol):
    """The monthly reports that were made: one of each trainer and month."""

    async def replace(
        self, trainer_id: UUID, month: Month, athletes: list[AthleteMonth], /, *, at: datetime
    ) -> None:
        """Keep a report in place of an older one; where a newer one is kept, change nothing."""
        ...

    async def claim_due(self, month: Month, /, *, at: datetime, limit: int) -> list[DueReport]:
        """Note for some trainers that the report of a month that is over is asked for; once."""
        ...

    async def forget(self, *, trainer_id: UUID | None, athlete_id: UUID | None) -> None:
        """Drop the reports of a trainer, and an athlete out of those of others."""
        ...


class MonthlyReportReader(Protocol):
    """Monthly reports for those they were made for."""

    async def one(self, month: Month, /, *, visible_to: Actor) -> MonthlyReport:
        """
        Return a trainer's report, with those athletes who let them see reports now.

        Raises:
            MonthlyReportNotFound: it was not made yet.
        """
        ...


class AnalyticsShelf(Protocol):
    """The latest figures of every athlete."""

    async def keep(self, analytics: AthleteAnalytics, /) -> None:
        """Keep figures in place of older ones; where newer ones are kept, change nothing."""
        ...

    async def forget(self, athlete_id: UUID, /) -> None:
        """Drop an athlete's."""
        ...
