"""A trainer's athletes."""

from fastapi import Request
from starlette.responses import Response

from workout_application.coaching.views import RosterEntryView
from workout_presentation.api.door import FromDoor
from workout_presentation.api.envelope import PageEnvelope, page_envelope
from workout_presentation.api.operations import answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.coaching.models import AthleteListQuery

roster = router("/athletes", tag="Coaching")


@roster.get("", **answers(200, PageEnvelope[RosterEntryView], 401, 403, query=AthleteListQuery))
async def list_athletes(request: Request, door: FromDoor) -> Response:
    """List your athletes with what each did of what you planned in the last 28 days."""
    query = read_query(AthleteListQuery, request)
    page = await door.ask(query.to_query())
    return page_envelope(request, page)
