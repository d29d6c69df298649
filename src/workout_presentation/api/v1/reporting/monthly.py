"""The monthly report of a trainer."""

from fastapi import Request
from starlette.responses import Response

from workout_application.messaging.jobs import JobView
from workout_application.reporting.commands.request_monthly_report import RequestMonthlyReport
from workout_application.reporting.queries.get_monthly_report import (
    GetMonthlyReport,
    MonthlyReportFile,
)
from workout_application.reporting.roster_views import MonthlyReportView
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import (
    Envelope,
    accepted,
    file_unless_unchanged,
    unless_unchanged,
)
from workout_presentation.api.operations import answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.reporting.models import (
    MEDIA_TYPES,
    MonthlyReportBody,
    MonthlyReportQuery,
    ReportMonth,
    ReportYear,
)

monthly = router("/reports/monthly", tag="Reporting")


@monthly.post("", **answers(202, Envelope[JobView], 401, 403, 409, 422))
@sends(RequestMonthlyReport)
async def request_monthly_report(body: MonthlyReportBody, door: FromDoor) -> Response:
    """Let the report of a month over your athletes be made; one made before is replaced."""
    return await door.tell(body.to_command(), lambda job: accepted(job, job.id, job.revision))


@monthly.get(
    "/{year}/{month}",
    **answers(
        200,
        Envelope[MonthlyReportView],
        401,
        403,
        404,
        query=MonthlyReportQuery,
        files=("text/csv", "application/pdf"),
    ),
)
@sends(GetMonthlyReport)
async def get_monthly_report(
    year: ReportYear, month: ReportMonth, request: Request, door: FromDoor
) -> Response:
    """Show the report of a month over your athletes, or download it."""
    query = read_query(MonthlyReportQuery, request)
    report = await door.ask(query.to_query(year, month))
    return presented(request, report)


def presented(request: Request, report: MonthlyReportFile) -> Response:
    """Answer with figures, or with a file."""
    media_type = MEDIA_TYPES.get(report.format)
    if media_type is None:
        return unless_unchanged(request, report.content, report.revision)
    return file_unless_unchanged(
        request, report.content, report.revision, media_type=media_type, name=report.name
    )
