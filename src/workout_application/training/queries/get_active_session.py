"""Somebody picks up their running session, after whatever interrupted it."""

from dataclasses import dataclass

from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.training.ports import SessionReader
from workout_domain.training.errors import SessionNotFound


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetActiveSession(Query[Document]):
    """Answers with a ``SessionView``."""


class GetActiveSessionHandler:
    """Reads the caller's running session."""

    def __init__(self, sessions: SessionReader) -> None:
        self._sessions = sessions

    async def handle(self, _query: GetActiveSession, actor: Actor) -> Document:
        """Read it, or say that none is running."""
        found = await self._sessions.active_of(actor.id)
        if found is None:
            raise SessionNotFound("No session is running.")
        return found
