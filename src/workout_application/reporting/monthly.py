"""The monthly report of a trainer: its figures, and what it looks like as a file."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from workout_application.encoding import encode
from workout_application.reporting.documents import Alignment, Cell, Column, ReportDocument, Table
from workout_application.reporting.roster_views import (
    AthleteMonthView,
    MonthFiguresView,
    MonthlyReportView,
)
from workout_application.reporting.series import (
    ChartKind,
    ChartSeries,
    LabelType,
    Series,
    XAxis,
    YAxis,
)
from workout_domain.kernel.formulas.rounding import four_places
from workout_domain.reporting.month import Month

MONTHLY_REPORT: Final = "generate_monthly_report"
MOST_BARS: Final = 30
# So few that a client reading it into a float loses nothing.
_DIGEST_BYTES: Final = 6
_TENTH: Final = Decimal("0.1")
_WHOLE: Final = Decimal(1)
_COLUMNS: Final = (
    Column("Athlete", width=4),
    *(
        Column(header, Alignment.RIGHT, width=2)
        for header in (
            "Sessions", "Completed", "Minutes", "Sets", "Repetitions", "Volume (kg)", "Planned",
            "Done", "Completion (%)", "Records",
        )
    ),
)  # fmt: skip


def report_key(trainer_id: UUID, month: Month) -> str:
    """Name the one unfinished job of a trainer's month."""
    return f"{trainer_id}:{month}"


class MonthlyFormat(StrEnum):
    """As what a report is asked for."""

    JSON = "json"
    CSV = "csv"
    PDF = "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFigures:
    """What was done in a month, exact and to be added up; see ``MonthFiguresView``."""

    sessions: int = 0
    completed_sessions: int = 0
    minutes: Decimal = Decimal()
    working_sets: int = 0
    repetitions: int = 0
    volume_kg: Decimal = Decimal()
    planned_workouts: int = 0
    completed_workouts: int = 0
    personal_records: int = 0

    @classmethod
    def total(cls, of: Iterable["MonthFigures"]) -> "MonthFigures":
        """Add figures up."""
        figures = list(of)
        return cls(
            sessions=sum(one.sessions for one in figures),
            completed_sessions=sum(one.completed_sessions for one in figures),
            minutes=sum((one.minutes for one in figures), Decimal()),
            working_sets=sum(one.working_sets for one in figures),
            repetitions=sum(one.repetitions for one in figures),
            volume_kg=sum((one.volume_kg for one in figures), Decimal()),
            planned_workouts=sum(one.planned_workouts for one in figures),
            completed_workouts=sum(one.completed_workouts for one in figures),
            personal_records=sum(one.personal_records for one in figures),
        )

    @property
    def completion(self) -> Decimal | None:
        """The share of planned workouts that were done; None where nothing was planned."""
        if not self.planned_workouts:
            return None
        return Decimal(self.completed_workouts) / self.planned_workouts


@dataclass(frozen=True, slots=True, kw_only=True)
class AthleteMonth:
    """The month of one athlete."""

    athlete_id: UUID
    name: str
    figures: MonthFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyReport:
    """The month of a trainer's athletes, in the order of their names."""

    trainer_name: str
    month: Month
    generated_at: datetime
    athletes: tuple[AthleteMonth, ...]

    @property
    def totals(self) -> MonthFigures:
        """All athletes together."""
        return MonthFigures.total(one.figures for one in self.athletes)

    @property
    def revision(self) -> int:
        """A number that stays as long as everything in the report does."""
        return int.from_bytes(hashlib.blake2b(encode(self), digest_size=_DIGEST_BYTES).digest())


def view_of(report: MonthlyReport) -> MonthlyReportView:
    """Show a report, its figures rounded to four decimals."""
    return MonthlyReportView(
        year=report.month.year,
        month=report.month.month,
        generated_at=report.generated_at,
        athletes=[
            AthleteMonthView(athlete_id=one.athlete_id, name=one.name, **_rounded(one.figures))
            for one in report.athletes
        ],
        totals=MonthFiguresView(**_rounded(report.totals)),
        revision=report.revision,
    )


def table_of(report: MonthlyReport) -> Table:
    """Write a report as a table: a row for each athlete, and one for all."""
    rows = [_row(one.name, one.figures) for one in report.athletes]
    return Table(
        title=f"Athletes in {_named(report.month)}",
        columns=_COLUMNS,
        rows=(*rows, _row("All", report.totals)),
    )


def document_of(report: MonthlyReport) -> ReportDocument:
    """Write a report as a document: the table, and a chart of the volume."""
    athletes = sorted(report.athletes, key=lambda one: -one.figures.volume_kg)[:MOST_BARS]
    chart = _chart(report.month, athletes)
    return ReportDocument(
        title="Monthly report",
        subtitle=f"{_named(report.month)} · {report.trainer_name}",
        author=report.trainer_name,
        created_at=report.generated_at,
        parts=(table_of(report),) if chart is None else (table_of(report), chart),
    )


def _rounded(figures: MonthFigures) -> dict[str, Any]:
    share = figures.completion
    return {
        "sessions": figures.sessions,
        "completed_sessions": figures.completed_sessions,
        "minutes": figures.minutes,
        "working_sets": figures.working_sets,
        "repetitions": figures.repetitions,
        "volume_kg": four_places(figures.volume_kg),
        "planned_workouts": figures.planned_workouts,
        "completed_workouts": figures.completed_workouts,
        "completion": None if share is None else four_places(share),
        "personal_records": figures.personal_records,
    }


def _row(name: str, figures: MonthFigures) -> tuple[Cell, ...]:
    share = figures.completion
    return (
        name,
        figures.sessions,
        figures.completed_sessions,
        figures.minutes.quantize(_WHOLE),
        figures.working_sets,
        figures.repetitions,
        figures.volume_kg.quantize(_TENTH),
        figures.planned_workouts,
        figures.completed_workouts,
        None if share is None else (share * 100).quantize(_TENTH),
        figures.personal_records,
    )


def _chart(month: Month, athletes: Sequence[AthleteMonth]) -> ChartSeries | None:
    if not any(one.figures.volume_kg for one in athletes):
        return None
    return ChartSeries(
        title=f"Volume in {_named(month)}",
        kind=ChartKind.BAR,
        x=XAxis(label="Athlete", type=LabelType.CATEGORY),
        y=YAxis(label="Volume", unit="kg"),
        labels=tuple(one.name for one in athletes),
        series=(
            Series(
                name="Volume",
                values=tuple(four_places(one.figures.volume_kg) for one in athletes),
                unit="kg",
            ),
        ),
    )


def _named(month: Month) -> str:
    return f"{month.first_day:%B %Y}"
