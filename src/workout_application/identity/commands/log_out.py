"""Somebody signs out: the session of the refresh token ends, with all its tokens."""

from dataclasses import dataclass

from workout_application.identity.ports import TokenIssuer
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, anyone, requires
from workout_domain.identity.repositories import LoginSessionRepository
from workout_shared.clock import Clock


@requires(anyone)
@dataclass(frozen=True, slots=True, kw_only=True)
class LogOut(Command[None]):
    """Needs nothing but the refresh token; an unknown one changes nothing."""

    refresh_token: str


class LogOutHandler:
    """Ends the session."""

    def __init__(self, sessions: LoginSessionRepository, tokens: TokenIssuer, clock: Clock) -> None:
        self._sessions, self._tokens, self._clock = sessions, tokens, clock

    async def handle(self, command: LogOut, _actor: Actor) -> None:
        """End it; a stranger cannot tell whether the token was known."""
        found = await self._sessions.of_refresh_token(self._tokens.digest(command.refresh_token))
        if found is not None:
            session, _ = found
            session.end("logged_out", at=self._clock.now())
