"""Reports of single exercises and what is best in them."""

from fastapi import Request
from starlette.responses import Response

from workout_application.reporting.views import (
    ExerciseSessionView,
    PersonalRecordView,
    WeightPointView,
)
from workout_presentation.api.door import FromDoor
from workout_presentation.api.operations import router
from workout_presentation.api.queries import read_query
from workout_presentation.api.reports import ReportListEnvelope, report_response, reports
from workout_presentation.api.v1.reporting.record_models import (
    ExerciseHistoryQuery,
    PersonalRecordsQuery,
    WeightProgressionQuery,
)

records_area = router("/reports", tag="Reporting")


@records_area.get(
    "/personal-records", **reports(ReportListEnvelope[PersonalRecordView], PersonalRecordsQuery)
)
async def list_personal_records(request: Request, door: FromDoor) -> Response:
    """List the records somebody holds in each exercise, and what each of them beat."""
    query = read_query(PersonalRecordsQuery, request)
    answer = await door.ask(query.to_query(door.actor))
    return report_response(request, answer)


@records_area.get(
    "/weight-progression", **reports(ReportListEnvelope[WeightPointView], WeightProgressionQuery)
)
async def get_weight_progression(request: Request, door: FromDoor) -> Response:
    """Show the loads, estimates and volume of one exercise, session by session."""
    query = read_query(WeightProgressionQuery, request)
    answer = await door.ask(query.to_query(door.actor))
    return report_response(request, answer)


@records_area.get(
    "/exercise-history", **reports(ReportListEnvelope[ExerciseSessionView], ExerciseHistoryQuery)
)
async def list_exercise_history(request: Request, door: FromDoor) -> Response:
    """List the sessions of one exercise with their sets, what was done last before the others."""
    query = read_query(ExerciseHistoryQuery, request)
    answer = await door.ask(query.to_query(door.actor))
    return report_response(request, answer)
