"""Reports: what training amounts to."""

from fastapi import Request
from starlette.responses import Response

from workout_application.reporting.queries.get_roster import GetRoster
from workout_application.reporting.roster_views import RosterAthleteView
from workout_application.reporting.views import (
    AdherenceView,
    ExercisePerformanceView,
    LoadTrendView,
    MuscleVolumeView,
    OverallStatusView,
    RecentActivityView,
)
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.operations import router
from workout_presentation.api.queries import read_query
from workout_presentation.api.reports import (
    ReportEnvelope,
    ReportListEnvelope,
    ReportPageEnvelope,
    report_response,
    reports,
)
from workout_presentation.api.v1.reporting.models import (
    AdherenceQuery,
    ExercisePerformanceQuery,
    LoadTrendQuery,
    MuscleVolumeQuery,
    OverallStatusQuery,
    RecentActivityQuery,
    RosterQuery,
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


@reports_area.get(
    "/recent-activity", **reports(ReportPageEnvelope[RecentActivityView], RecentActivityQuery)
)
async def get_recent_activity(request: Request, door: FromDoor) -> Response:
    """Show what was done lately, by day and by exercise; the exercises are paged."""
    query = read_query(RecentActivityQuery, request)
    answer = await door.ask(query.to_query(door.actor))
    return report_response(request, answer)


@reports_area.get("/muscle-volume", **reports(ReportEnvelope[MuscleVolumeView], MuscleVolumeQuery))
async def get_muscle_volume(request: Request, door: FromDoor) -> Response:
    """Show how many hard sets each muscle did, week by week."""
    query = read_query(MuscleVolumeQuery, request)
    answer = await door.ask(query.to_query(door.actor))
    return report_response(request, answer)


@reports_area.get("/load-trend", **reports(ReportEnvelope[LoadTrendView], LoadTrendQuery))
async def get_load_trend(request: Request, door: FromDoor) -> Response:
    """Show the load of each day and where it is going; it predicts no injury."""
    query = read_query(LoadTrendQuery, request)
    answer = await door.ask(query.to_query(door.actor))
    return report_response(request, answer)


@reports_area.get("/adherence", **reports(ReportEnvelope[AdherenceView], AdherenceQuery))
async def get_adherence(request: Request, door: FromDoor) -> Response:
    """Show how much of what was planned was done, week by week."""
    query = read_query(AdherenceQuery, request)
    answer = await door.ask(query.to_query(door.actor))
    return report_response(request, answer)


@reports_area.get("/roster", **reports(ReportListEnvelope[RosterAthleteView], RosterQuery))
@sends(GetRoster)
async def get_roster(request: Request, door: FromDoor) -> Response:
    """List your athletes with what they did lately: those who need attention first."""
    query = read_query(RosterQuery, request)
    answer = await door.ask(query.to_query(door.actor))
    return report_response(request, answer)
