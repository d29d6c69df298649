"""Sessions as they run and as they were."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from workout_application.training.commands.abandon_session import AbandonSession
from workout_application.training.commands.delete_session import DeleteSession
from workout_application.training.commands.log_set import LoggedSet
from workout_application.training.commands.reopen_session import ReopenSession
from workout_application.training.commands.set_rest_timer import SetRestTimer
from workout_application.training.commands.update_exercise_progress import (
    UpdateExerciseProgress,
)
from workout_application.training.queries.get_active_session import GetActiveSession
from workout_application.training.queries.get_session import GetSession
from workout_application.training.queries.list_session_events import ListSessionEvents
from workout_application.training.queries.list_sessions import ListSessions
from workout_application.training.views import (
    ExerciseProgressView,
    RestView,
    SessionEventView,
    SessionListItem,
    SessionView,
    SetView,
)
from workout_presentation.api.door import FromDoor
from workout_presentation.api.envelope import (
    Envelope,
    PageEnvelope,
    envelope,
    nothing,
    page_envelope,
    unless_unchanged,
)
from workout_presentation.api.operations import BASE, answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.training.models import read_sequence
from workout_presentation.api.v1.training.session_models import (
    CompleteSessionBody,
    DescribeSessionBody,
    EventsQuery,
    ProgressBody,
    RestTimerBody,
    SessionsQuery,
    StartAdHocSessionBody,
    SubstituteBody,
)
from workout_presentation.api.v1.training.set_models import LogSetBody
from workout_presentation.api.v1.training.workouts import begun
from workout_shared.pages import CursorSlice, encode_cursor

SESSION_SORTS = frozenset({"session_date", "-session_date", "started_at", "-started_at"})

sessions = router("/sessions", tag="Sessions")


@sessions.post("", **answers(201, Envelope[SessionView], 401, 409, 422))
async def start_ad_hoc_session(body: StartAdHocSessionBody, door: FromDoor) -> Response:
    """Start a session of your own, without a planned workout."""
    return await door.tell(body.to_command(door.actor), begun)


@sessions.get("", **answers(200, PageEnvelope[SessionListItem], 401, query=SessionsQuery))
async def list_sessions(request: Request, door: FromDoor) -> Response:
    """List your sessions and those of athletes who let you see them, newest first."""
    query = read_query(SessionsQuery, request)
    page = await door.ask(
        ListSessions(where=query.where(door.actor), request=query.request(SESSION_SORTS))
    )
    return page_envelope(request, page)


@sessions.get("/active", **answers(200, Envelope[SessionView], 401, 404))
async def get_active_session(request: Request, door: FromDoor) -> Response:
    """Show your running session."""
    session = await door.ask(GetActiveSession())
    return unless_unchanged(request, session.data, session.revision)


@sessions.get("/{session_id}", **answers(200, Envelope[SessionView], 401, 403, 404))
async def get_session(session_id: UUID, request: Request, door: FromDoor) -> Response:
    """Show one session with everything performed in it."""
    session = await door.ask(GetSession(session_id=session_id))
    return unless_unchanged(request, session.document.data, session.document.revision)


@sessions.patch("/{session_id}", **answers(200, Envelope[SessionView], 401, 404, 409, 412))
async def describe_session(session_id: UUID, body: DescribeSessionBody, door: FromDoor) -> Response:
    """Change what a running session is called, when it was, or its notes."""
    command = body.to_command(session_id, door.expected_revision())
    return await door.tell(command, lambda session: envelope(session.data, etag=session.revision))


@sessions.delete("/{session_id}", **answers(204, None, 401, 404, 412))
async def delete_session(session_id: UUID, door: FromDoor) -> Response:
    """Delete one of your sessions with everything in it."""
    command = DeleteSession(session_id=session_id, expected_revision=door.expected_revision())
    return await door.tell(command, lambda _: nothing())


@sessions.post("/{session_id}/sets", **answers(201, Envelope[SetView], 401, 404, 409, 422))
async def log_set(session_id: UUID, body: LogSetBody, door: FromDoor) -> Response:
    """Log a set of your running session; those who watch see it at once."""
    return await door.tell(body.to_command(session_id, door.actor), _logged)


@sessions.put(
    "/{session_id}/exercises/{exercise_id}/progress",
    **answers(200, Envelope[ExerciseProgressView], 401, 404, 409),
)
async def update_exercise_progress(
    session_id: UUID, exercise_id: UUID, body: ProgressBody, door: FromDoor
) -> Response:
    """Report how many sets of an exercise are done."""
    command = UpdateExerciseProgress(
        session_id=session_id,
        exercise_id=exercise_id,
        completed_sets=body.completed_sets,
        client_event_id=body.client_event_id,
    )
    return await door.tell(command, envelope)


@sessions.post(
    "/{session_id}/exercises/{exercise_id}/substitute",
    **answers(200, Envelope[SessionView], 401, 404, 409, 412, 422),
)
async def substitute_exercise(
    session_id: UUID, exercise_id: UUID, body: SubstituteBody, door: FromDoor
) -> Response:
    """Do another exercise for what is left of a planned one, in this session only."""
    command = body.to_command(session_id, exercise_id, door.expected_revision())
    return await door.tell(command, lambda session: envelope(session.data, etag=session.revision))


@sessions.put("/{session_id}/rest-timer", **answers(200, Envelope[RestView], 401, 404, 409))
async def set_rest_timer(session_id: UUID, body: RestTimerBody, door: FromDoor) -> Response:
    """Start or restart the rest timer."""
    return await door.tell(SetRestTimer(session_id=session_id, seconds=body.seconds), envelope)


@sessions.delete("/{session_id}/rest-timer", **answers(204, None, 401, 404, 409))
async def clear_rest_timer(session_id: UUID, door: FromDoor) -> Response:
    """Clear the rest timer."""
    return await door.tell(SetRestTimer(session_id=session_id, seconds=0), lambda _: nothing())


@sessions.post(
    "/{session_id}/complete", **answers(200, Envelope[SessionView], 401, 404, 409, 412, 422)
)
async def complete_session(
    session_id: UUID, door: FromDoor, body: CompleteSessionBody | None = None
) -> Response:
    """Finish a session, with a summary where you give one."""
    command = (body or CompleteSessionBody()).to_command(session_id, door.expected_revision())
    return await door.tell(command, lambda session: envelope(session.data, etag=session.revision))


@sessions.post(
    "/{session_id}/reopen", **answers(200, Envelope[SessionView], 401, 404, 409, 412, 422)
)
async def reopen_session(session_id: UUID, door: FromDoor) -> Response:
    """Take up an ended session again."""
    command = ReopenSession(session_id=session_id, expected_revision=door.expected_revision())
    return await door.tell(command, lambda session: envelope(session.data, etag=session.revision))


@sessions.post(
    "/{session_id}/abandon", **answers(200, Envelope[SessionView], 401, 404, 409, 412, 422)
)
async def abandon_session(session_id: UUID, door: FromDoor) -> Response:
    """Give a session up; nothing logged is lost."""
    command = AbandonSession(session_id=session_id, expected_revision=door.expected_revision())
    return await door.tell(command, lambda session: envelope(session.data, etag=session.revision))


@sessions.get(
    "/{session_id}/events",
    **answers(200, PageEnvelope[SessionEventView], 401, 403, 404, query=EventsQuery),
)
async def list_session_events(session_id: UUID, request: Request, door: FromDoor) -> Response:
    """Tell the live events of a session again, in order, after a sequence."""
    query = read_query(EventsQuery, request)
    after = query.after if not query.cursor else read_sequence(query.cursor)
    missed = await door.ask(
        ListSessionEvents(session_id=session_id, after=after, limit=query.limit)
    )
    following = encode_cursor(after + len(missed.events)) if missed.has_more else None
    return page_envelope(
        request, CursorSlice(items=missed.events, limit=query.limit, next_cursor=following)
    )


def _logged(logged: LoggedSet) -> Response:
    if logged.is_repeat:
        return envelope(logged.data)
    return envelope(logged.data, status=201, location=f"{BASE}/sets/{logged.set_id}")
