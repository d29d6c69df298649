"""What clients ask of reports."""

from typing import Annotated, Final

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from workout_application.reporting.commands.request_monthly_report import RequestMonthlyReport
from workout_application.reporting.monthly import ReportFormat
from workout_application.reporting.queries.get_monthly_report import GetMonthlyReport
from workout_domain.reporting.month import FIRST_YEAR, LAST_MONTH, LAST_YEAR
from workout_presentation.api.fields import Body

MEDIA_TYPES: Final = {
    ReportFormat.CSV: "text/csv; charset=utf-8",
    ReportFormat.PDF: "application/pdf",
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

    format: ReportFormat = Field(
        default=ReportFormat.JSON, description="`csv` and `pdf` are files to keep."
    )

    def to_query(self, year: int, month: int) -> GetMonthlyReport:
        """Make the query."""
        return GetMonthlyReport(year=year, month=month, format=self.format)
