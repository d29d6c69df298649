"""Attempts to sign in are dropped after some months."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from workout_application.identity.ports import OldLogins
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_shared.clock import Clock


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetOldLogins(Command[int]):
    """Answers with how many were dropped: at most ``limit``, so that no lock is held for long."""

    appends: ClassVar[bool] = True

    kept_days: int
    limit: int = 5_000


class ForgetOldLoginsHandler:
    """Drops one batch."""

    def __init__(self, logins: OldLogins, clock: Clock) -> None:
        self._logins, self._clock = logins, clock

    async def handle(self, command: ForgetOldLogins, _actor: Actor) -> int:
        """Drop them."""
        before = self._clock.now() - timedelta(days=command.kept_days)
        return await self._logins.delete_before(before, limit=command.limit)
