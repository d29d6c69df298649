"""Entries of the audit log are dropped after a year."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_application.platform.ports import AuditLog
from workout_shared.clock import Clock


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetOldAuditEntries(Command[int]):
    """Answers with how many were dropped: at most ``limit``, so that no lock is held for long."""

    appends: ClassVar[bool] = True

    kept_days: int
    limit: int = 5_000


class ForgetOldAuditEntriesHandler:
    """Drops one batch."""

    def __init__(self, log: AuditLog, clock: Clock) -> None:
        self._log, self._clock = log, clock

    async def handle(self, command: ForgetOldAuditEntries, _actor: Actor) -> int:
        """Drop them."""
        before = self._clock.now() - timedelta(days=command.kept_days)
        return await self._log.delete_before(before, limit=command.limit)
