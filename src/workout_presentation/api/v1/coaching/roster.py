"""A trainer's athletes."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from workout_application.coaching.queries.get_athlete import GetAthlete
from workout_application.coaching.views import AthleteProfileView, RosterEntryView
from workout_presentation.api.door import FromDoor
from workout_presentation.api.envelope import Envelope, PageEnvelope, envelope, page_envelope
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


@roster.get("/{athlete_id}", **answers(200, Envelope[AthleteProfileView], 401, 403, 404))
async def get_athlete(athlete_id: UUID, door: FromDoor) -> Response:
    """Show the profile of an athlete who lets you see it."""
    profile = await door.ask(GetAthlete(athlete_id=athlete_id))
    return envelope(profile)
