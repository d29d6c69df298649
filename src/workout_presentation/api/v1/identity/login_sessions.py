"""Where somebody is signed in."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request
from starlette.responses import Response

from workout_application.identity.commands.end_login_session import EndLoginSession
from workout_application.identity.commands.end_login_sessions import EndLoginSessions
from workout_application.identity.queries.list_login_sessions import ListLoginSessions
from workout_application.identity.views import LoginSessionView
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import PageEnvelope, nothing, page_envelope
from workout_presentation.api.lists import PageQuery
from workout_presentation.api.operations import answers, router
from workout_presentation.api.queries import read_query

NEWEST_FIRST = frozenset({"-created_at"})
KeepCurrent = Annotated[bool, Query(description="Spares the session you ask with.")]

login_sessions = router("/auth/sessions", tag="Identity")


@login_sessions.get("", **answers(200, PageEnvelope[LoginSessionView], 401, 403, query=PageQuery))
@sends(ListLoginSessions)
async def list_login_sessions(request: Request, door: FromDoor) -> Response:
    """List where you are signed in."""
    page = read_query(PageQuery, request).page_request(NEWEST_FIRST)
    found = await door.ask(ListLoginSessions(page=page))
    return page_envelope(request, found)


@login_sessions.delete("", **answers(204, None, 401, 403))
@sends(EndLoginSessions)
async def end_login_sessions(door: FromDoor, *, keep_current: KeepCurrent = False) -> Response:
    """Sign out everywhere; `keep_current` spares the session you ask with."""
    return await door.tell(EndLoginSessions(keep_current=keep_current), lambda _: nothing())


@login_sessions.delete("/{login_session_id}", **answers(204, None, 401, 403, 404))
@sends(EndLoginSession)
async def end_login_session(login_session_id: UUID, door: FromDoor) -> Response:
    """Sign out one place: all its tokens are refused from now on."""
    command = EndLoginSession(login_session_id=login_session_id)
    return await door.tell(command, lambda _: nothing())
