"""Refresh tokens are dropped once they have expired: they would be refused anyway."""

from dataclasses import dataclass
from typing import ClassVar

from workout_application.identity.ports import ExpiredTokens
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_shared.clock import Clock


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetExpiredTokens(Command[int]):
    """Answers with how many were dropped: at most ``limit``, so that no lock is held for long."""

    appends: ClassVar[bool] = True

    limit: int = 5_000


class ForgetExpiredTokensHandler:
    """Drops one batch."""

    def __init__(self, tokens: ExpiredTokens, clock: Clock) -> None:
        self._tokens, self._clock = tokens, clock

    async def handle(self, command: ForgetExpiredTokens, _actor: Actor) -> int:
        """Drop them."""
        return await self._tokens.delete_expired(at=self._clock.now(), limit=command.limit)
