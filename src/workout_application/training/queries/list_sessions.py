"""Somebody lists sessions: their own, or with the scope those of an athlete they coach."""

from dataclasses import dataclass

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.training.ports import SessionFilter, SessionReader
from workout_shared.pages import CursorRequest, CursorSlice, Page, PageRequest


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListSessions(Query[Page[bytes] | CursorSlice[bytes]]):
    """Newest first, without sets; with a cursor no total is counted."""

    where: SessionFilter
    request: PageRequest | CursorRequest


class ListSessionsHandler:
    """Reads a page or a run."""

    def __init__(self, sessions: SessionReader) -> None:
        self._sessions = sessions

    async def handle(self, query: ListSessions, actor: Actor) -> Page[bytes] | CursorSlice[bytes]:
        """Read it."""
        if isinstance(query.request, CursorRequest):
            return await self._sessions.run(query.where, query.request, visible_to=actor)
        return await self._sessions.page(query.where, query.request, visible_to=actor)
