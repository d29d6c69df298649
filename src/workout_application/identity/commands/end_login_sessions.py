"""Somebody signs out everywhere, perhaps but for the place they are at."""

from dataclasses import dataclass

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.identity.repositories import LoginSessionRepository
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class EndLoginSessions(Command[None]):
    """All of them; ``keep_current`` spares the session at hand."""

    keep_current: bool = False


class EndLoginSessionsHandler:
    """Ends the caller's own sessions, with all their tokens."""

    def __init__(self, sessions: LoginSessionRepository, clock: Clock) -> None:
        self._sessions, self._clock = sessions, clock

    async def handle(self, command: EndLoginSessions, actor: Actor) -> None:
        """End them."""
        for session in await self._sessions.living_of(actor.id):
            if not (command.keep_current and session.id == actor.login_session_id):
                session.end("revoked", at=self._clock.now())
