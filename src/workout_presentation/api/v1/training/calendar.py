"""What is planned and done, day by day."""

from fastapi import Request
from starlette.responses import Response

from workout_application.training.plan_views import CalendarView
from workout_presentation.api.door import FromDoor
from workout_presentation.api.envelope import Envelope, fingerprint, unless_unchanged
from workout_presentation.api.operations import answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.training.workout_models import CalendarQuery

calendar = router("/calendar", tag="Workouts")


@calendar.get("", **answers(200, Envelope[CalendarView], 401, 403, 404, query=CalendarQuery))
async def get_calendar(request: Request, door: FromDoor) -> Response:
    """Show your days, or those of an athlete you coach: what is planned and what was done."""
    found = await door.ask(read_query(CalendarQuery, request).to_query())
    return unless_unchanged(request, found, fingerprint(found))
