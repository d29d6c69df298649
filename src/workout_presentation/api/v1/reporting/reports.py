"""Reports: what training amounts to."""

from fastapi import Request
from starlette.responses import Response

from workout_application.reporting.views import ExercisePerformanceView, OverallStatusView
from workout_presentation.api.door import FromDoor
from workout_presentation.api.operations import router
from workout_presentation.api.queries import read_query
from workout_presentation.api.reports import (
    ReportEnvelope,
    ReportListEnvelope,
    report_response,
    reports,
)
from workout_presentation.api.v1.reporting.models import (
    ExercisePerformanceQuery,
    OverallStatusQuery,
)

reports_area = router("/reports", tag="Reporting")


@reports_area.get(
    "/overall-status", **reports(ReportEnvelope[OverallStatusView], OverallStatusQuery)
)
async def get_overall_status(request: Request, door: FromDoor) -> Response:
    """Show how many repetitions succeeded and failed, and what else was done in a period."""
    query = read_query(OverallStatusQuery, request)
    answer = await door.ask(query.to_query(door.actor))
    return report_response(request, answer)


@reports_area.get(
    "/exercise-performance",
    **reports(ReportListEnvelope[ExercisePerformanceView], ExercisePerformanceQuery),
)
async def list_exercise_performance(request: Request, door: FromDoor) -> Response:
    """List exercises with their successes, failures, sets, volume and bests in a period."""
    query = read_query(ExercisePerformanceQuery, request)
    answer = await door.ask(query.to_query(door.actor))
    return report_response(request, answer)
