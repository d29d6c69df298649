"""What coaches read and changed, for the athlete."""

from fastapi import Request
from starlette.responses import Response

from workout_application.coaching.views import AccessEntryView
from workout_presentation.api.door import FromDoor
from workout_presentation.api.envelope import PageEnvelope, page_envelope
from workout_presentation.api.operations import answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.coaching.models import AccessLogQuery

access_log = router("/coaching/access-log", tag="Coaching")


@access_log.get("", **answers(200, PageEnvelope[AccessEntryView], 401, 403, query=AccessLogQuery))
async def list_access_log(request: Request, door: FromDoor) -> Response:
    """List which coach read or changed what of yours, newest first."""
    query = read_query(AccessLogQuery, request)
    page = await door.ask(query.to_query(door.actor))
    return page_envelope(request, page)
