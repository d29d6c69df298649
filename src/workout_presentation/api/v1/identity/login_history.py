"""Attempts to sign in, for administrators."""

from fastapi import Request
from starlette.responses import Response

from workout_application.identity.queries.list_logins import ListLogins
from workout_application.identity.views import LoginView
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import PageEnvelope, page_envelope
from workout_presentation.api.operations import answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.identity.models import LoginListQuery

login_history = router("/admin/login-history", tag="Admin")


@login_history.get("", **answers(200, PageEnvelope[LoginView], 401, 403, query=LoginListQuery))
@sends(ListLogins)
async def list_logins(request: Request, door: FromDoor) -> Response:
    """List attempts to sign in, right and wrong, newest first."""
    query = read_query(LoginListQuery, request)
    page = await door.ask(query.to_query(door.actor))
    return page_envelope(request, page)
