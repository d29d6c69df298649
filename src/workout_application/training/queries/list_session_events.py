"""Somebody who missed events of a session asks for them again."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.coach_access import Subject, Touched
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.training.policies import SessionGuard
from workout_application.training.ports import SessionReader


@dataclass(frozen=True, slots=True)
class MissedEvents:
    """Events in order, as JSON; ``sequence`` is the session's last, ``has_more`` if cut."""

    events: list[bytes]
    sequence: int
    has_more: bool


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListSessionEvents(Query[MissedEvents]):
    """Answers with at most ``limit`` events after sequence ``after``."""

    session_id: UUID
    after: int
    limit: int


class ListSessionEventsHandler:
    """Reads them from the session's own journal."""

    def __init__(self, sessions: SessionReader, guard: SessionGuard) -> None:
        self._sessions, self._guard = sessions, guard

    async def handle(self, query: ListSessionEvents, actor: Actor) -> MissedEvents:
        """Read them."""
        what = Touched(
            subject=Subject.SESSION, subject_id=query.session_id, operation="list_session_events"
        )
        access = await self._guard.admit(actor, query.session_id, what)
        events = await self._sessions.events_after(query.session_id, query.after, query.limit + 1)
        shown = events[: query.limit]
        # Events may have been added since the access was read; the later of both is the truth.
        last = max(access.sequence, query.after + len(events)) if events else access.sequence
        return MissedEvents(shown, last, has_more=len(events) > query.limit)
