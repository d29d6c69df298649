"""Tokens are dropped once they have expired: they would be refused anyway."""

from dataclasses import dataclass
from typing import ClassVar

from workout_application.identity.ports import ExpiredTokens
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_shared.clock import Clock


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetExpiredTokens(Command[int]):
    """Answers with how many were dropped: at most ``limit`` of a kind, so that locks are short."""

    appends: ClassVar[bool] = True

    limit: int = 5_000


class ForgetExpiredTokensHandler:
    """Drops one batch of each kind."""

    def __init__(self, kinds: list[ExpiredTokens], clock: Clock) -> None:
        self._kinds, self._clock = kinds, clock

    async def handle(self, command: ForgetExpiredTokens, _actor: Actor) -> int:
        """Drop them."""
        now = self._clock.now()
        return sum([await kind.delete_expired(at=now, limit=command.limit) for kind in self._kinds])
