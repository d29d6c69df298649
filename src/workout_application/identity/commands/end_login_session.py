"""Somebody signs out one of the places where they are signed in."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.identity.repositories import LoginSessionRepository
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class EndLoginSession(Command[None]):
    """It may be the session at hand."""

    login_session_id: UUID


class EndLoginSessionHandler:
    """Ends the caller's own sessions, with all their tokens."""

    def __init__(self, sessions: LoginSessionRepository, clock: Clock) -> None:
        self._sessions, self._clock = sessions, clock

    async def handle(self, command: EndLoginSession, actor: Actor) -> None:
        """End it; ending it again changes nothing."""
        session = await self._sessions.of_user(actor.id, command.login_session_id)
        session.end("revoked", at=self._clock.now())
