"""Somebody looks where they are signed in."""

from dataclasses import dataclass, field

from workout_application.identity.ports import LoginSessionReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_shared.clock import Clock
from workout_shared.pages import Page, PageRequest


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListLoginSessions(Query[Page[bytes]]):
    """Answers with ``LoginSessionView`` items, newest first."""

    page: PageRequest = field(default_factory=PageRequest)


class ListLoginSessionsHandler:
    """Reads the caller's own sessions."""

    def __init__(self, sessions: LoginSessionReader, clock: Clock) -> None:
        self._sessions, self._clock = sessions, clock

    async def handle(self, query: ListLoginSessions, actor: Actor) -> Page[bytes]:
        """Read them."""
        return await self._sessions.page(query.page, visible_to=actor, at=self._clock.now())
