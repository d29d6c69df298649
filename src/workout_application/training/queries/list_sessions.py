"""Somebody lists sessions: their own, or with the scope those of an athlete they coach."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from workout_application.encoding import decode
from workout_application.messaging.actor import Actor
from workout_application.messaging.coach_access import CoachGuard, Subject, Touched
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.training.ports import SessionFilter, SessionReader
from workout_shared.pages import CursorRequest, CursorSlice, Page, PageRequest

_LISTED: Final = Touched(subject=Subject.SESSION_LIST, operation="list_sessions")


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListSessions(Query[Page[bytes] | CursorSlice[bytes]]):
    """Newest first, without sets; with a cursor no total is counted."""

    where: SessionFilter
    request: PageRequest | CursorRequest


class ListSessionsHandler:
    """Reads a page or a run; an athlete's sessions in it are a read of theirs."""

    def __init__(self, sessions: SessionReader, guard: CoachGuard) -> None:
        self._sessions, self._guard = sessions, guard

    async def handle(self, query: ListSessions, actor: Actor) -> Page[bytes] | CursorSlice[bytes]:
        """Read it."""
        found = await self._read(query, actor)
        if actor.trainer_profile_id is not None and not actor.is_admin:
            for athlete_id in _others_in(found.items, actor):
                self._guard.note_read(actor, athlete_id, _LISTED)
        return found

    async def _read(self, query: ListSessions, actor: Actor) -> Page[bytes] | CursorSlice[bytes]:
        if isinstance(query.request, CursorRequest):
            return await self._sessions.run(query.where, query.request, visible_to=actor)
        return await self._sessions.page(query.where, query.request, visible_to=actor)


def _others_in(items: list[bytes], actor: Actor) -> set[UUID]:
    shown = (decode(item) for item in items)
    own = str(actor.user_id)
    return {UUID(one["athlete_id"]) for one in shown if one["user_id"] != own and one["athlete_id"]}
