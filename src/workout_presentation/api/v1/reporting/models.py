"""What reports are asked by."""

import re
from datetime import date, datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from workout_application.messaging.actor import Actor
from workout_application.reporting.commands.request_monthly_report import RequestMonthlyReport
from workout_application.reporting.monthly import MonthlyFormat
from workout_application.reporting.queries.get_adherence import GetAdherence
from workout_application.reporting.queries.get_load_trend import GetLoadTrend, LoadMeasure
from workout_application.reporting.queries.get_monthly_report import GetMonthlyReport
from workout_application.reporting.queries.get_muscle_volume import GetMuscleVolume
from workout_application.reporting.queries.get_overall_status import GetOverallStatus
from workout_application.reporting.queries.get_recent_activity import GetRecentActivity
from workout_application.reporting.queries.get_roster import GetRoster
from workout_application.reporting.queries.list_exercise_performance import (
    ListExercisePerformance,
)
from workout_application.reporting.questions import Question, ReportFormat, Window, shifted
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.load import MeasurementUnit
from workout_domain.reporting.month import FIRST_YEAR, LAST_MONTH, LAST_YEAR
from workout_presentation.api.fields import Body
from workout_presentation.api.lists import Moment, ending, starting
from workout_shared.pages import (
    DEFAULT_PAGE_SIZE,
    LARGEST_PAGE,
    MAXIMUM_PAGE_SIZE,
    PageRequest,
)

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")

FormulaName = Annotated[
    Literal[
        "median_of_seven",
        "brzycki",
        "epley",
        "lander",
        "lombardi",
        "mayhew",
        "oconner",
        "wathan",
    ],
    Field(description="What estimates of a one-repetition maximum are told by."),
]
Drawable = Annotated[
    ReportFormat,
    Field(description="`series` is what charts are drawn from, `svg` and `png` are drawn charts."),
]
WarmUps = Annotated[bool, Field(description="Whether volume includes warm-up sets.")]


class ReportQuery(BaseModel):
    """What every report may be asked."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    athlete_id: UUID | None = Field(
        default=None, description="An athlete who shows you their reports; default: yourself."
    )
    from_date: Moment | None = Field(
        default=None, description="The first day, as sessions have it locally, or an instant."
    )
    to_date: Moment | None = Field(
        default=None, description="The last day, as sessions have it locally, or an instant."
    )
    exercise_id: UUID | None = Field(default=None, description="Only what concerns this exercise.")
    unit: MeasurementUnit | None = Field(
        default=None, description="The unit of loads; default: the one you prefer."
    )
    format: Drawable = ReportFormat.JSON

    def question(self, actor: Actor) -> Question:
        """Read what is asked."""
        return Question(
            athlete_id=self.athlete_id,
            window=_window(self.from_date, self.to_date, actor),
            exercise_id=self.exercise_id,
            unit=self.unit or actor.preferred_unit,
            format=self.format,
        )


class ReportListQuery(ReportQuery):
    """A page of a report."""

    page: int = Field(1, ge=1, le=LARGEST_PAGE)
    page_size: int = Field(DEFAULT_PAGE_SIZE, ge=1, le=MAXIMUM_PAGE_SIZE)

    def page_request(self, sort: str | None = None) -> PageRequest:
        """Read the page."""
        return PageRequest(page=self.page, page_size=self.page_size, sort=sort)


class OverallStatusQuery(ReportQuery):
    """What the overall status is asked."""

    include_warm_ups: WarmUps = False

    def to_query(self, actor: Actor) -> GetOverallStatus:
        """Make the query."""
        return GetOverallStatus(
            question=self.question(actor), include_warm_ups=self.include_warm_ups
        )


class ExercisePerformanceQuery(ReportListQuery):
    """What the performance of exercises is asked."""

    include_warm_ups: WarmUps = False
    formula: FormulaName = "median_of_seven"
    sort: Literal[
        "exercise_name",
        "-exercise_name",
        "last_done",
        "-last_done",
        "sessions",
        "-sessions",
        "sets",
        "-sets",
        "volume",
        "-volume",
        "best_weight",
        "-best_weight",
        "best_e1rm",
        "-best_e1rm",
        "success_rate",
        "-success_rate",
    ] = "-last_done"

    def to_query(self, actor: Actor) -> ListExercisePerformance:
        """Make the query."""
        return ListExercisePerformance(
            question=self.question(actor),
            formula=self.formula,
            include_warm_ups=self.include_warm_ups,
            page=self.page_request(self.sort),
        )


class RecentActivityQuery(ReportListQuery):
    """What recent activity is asked: without a period, the last thirty days."""

    def to_query(self, actor: Actor) -> GetRecentActivity:
        """Make the query."""
        return GetRecentActivity(question=self.question(actor), page=self.page_request())


class MuscleVolumeQuery(ReportQuery):
    """What the volume of muscles is asked: without a period, the last twelve weeks."""

    def to_query(self, actor: Actor) -> GetMuscleVolume:
        """Make the query."""
        return GetMuscleVolume(question=self.question(actor))


class LoadTrendQuery(ReportQuery):
    """What the trend of the load is asked: without a period, the last twelve weeks."""

    measure: LoadMeasure = Field(
        default=LoadMeasure.SESSION_RPE,
        description="`session_rpe` is RPE times minutes of each session, `volume` what was moved.",
    )

    def to_query(self, actor: Actor) -> GetLoadTrend:
        """Make the query."""
        return GetLoadTrend(question=self.question(actor), measure=self.measure)


class AdherenceQuery(ReportQuery):
    """What adherence to plans is asked: without a period, the last twelve weeks."""

    def to_query(self, actor: Actor) -> GetAdherence:
        """Make the query."""
        return GetAdherence(question=self.question(actor))


class RosterQuery(BaseModel):
    """What the roster is asked: everybody is on the first page of a hundred."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    group_id: UUID | None = Field(default=None, description="Only the members of a group.")
    unit: MeasurementUnit | None = Field(
        default=None, description="The unit of volumes; default: the one you prefer."
    )
    format: Drawable = ReportFormat.JSON
    page: int = Field(1, ge=1, le=LARGEST_PAGE)
    page_size: int = Field(MAXIMUM_PAGE_SIZE, ge=1, le=MAXIMUM_PAGE_SIZE)

    def to_query(self, actor: Actor) -> GetRoster:
        """Make the query."""
        return GetRoster(
            group_id=self.group_id,
            unit=self.unit or actor.preferred_unit,
            format=self.format,
            page=PageRequest(page=self.page, page_size=self.page_size),
        )


def _window(from_date: str | None, to_date: str | None, actor: Actor) -> Window:
    """
    Read a period.

    Raises:
        Invalid: an end is no date and no instant, or the last comes before the first.
    """
    given: dict[str, date | datetime] = {}
    start, end = starting(from_date, actor), ending(to_date, actor)
    if from_date is not None and start is not None:
        if _DAY.fullmatch(from_date):
            given["from_day"] = date.fromisoformat(from_date)
        else:
            # A local day is at most one away from the day in UTC.
            given |= {"from_instant": start, "from_day": shifted(start.date(), -1)}
    if to_date is not None and end is not None:
        if _DAY.fullmatch(to_date):
            given["to_day"] = date.fromisoformat(to_date)
        else:
            given |= {"to_instant": end, "to_day": shifted(end.date(), 1)}
    if start is not None and end is not None and start > end:
        raise Invalid.field("/to_date", "period", "to_date must not come before from_date.")
    return Window(**given)  # type: ignore[arg-type]  # each under the name of its kind


MEDIA_TYPES: Final = {
    MonthlyFormat.CSV: "text/csv; charset=utf-8",
    MonthlyFormat.PDF: "application/pdf",
}
ReportYear = Annotated[int, Path(ge=FIRST_YEAR, le=LAST_YEAR, examples=[2026])]
ReportMonth = Annotated[int, Path(ge=1, le=LAST_MONTH, examples=[2])]


class MonthlyReportBody(Body):
    """Which month is to be reported."""

    year: int = Field(ge=FIRST_YEAR, le=LAST_YEAR, examples=[2026])
    month: int = Field(ge=1, le=LAST_MONTH, examples=[2])

    def to_command(self) -> RequestMonthlyReport:
        """Make the command."""
        return RequestMonthlyReport(year=self.year, month=self.month)


class MonthlyReportQuery(BaseModel):
    """As what a report is asked for."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    format: MonthlyFormat = Field(
        default=MonthlyFormat.JSON, description="`csv` and `pdf` are files to keep."
    )

    def to_query(self, year: int, month: int) -> GetMonthlyReport:
        """Make the query."""
        return GetMonthlyReport(year=year, month=month, format=self.format)
