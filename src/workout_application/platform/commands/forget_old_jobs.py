"""Jobs that ended long ago are dropped."""

from dataclasses import dataclass
from typing import ClassVar

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_application.platform.ports import ExpiringStore
from workout_shared.clock import Clock


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetOldJobs(Command[int]):
    """Answers with how many were dropped: at most ``limit``, so that no lock is held for long."""

    appends: ClassVar[bool] = True

    limit: int = 5_000


class ForgetOldJobsHandler:
    """Drops one batch; a failed job is kept longer than one that succeeded."""

    def __init__(self, jobs: ExpiringStore, clock: Clock) -> None:
        self._jobs, self._clock = jobs, clock

    async def handle(self, command: ForgetOldJobs, _actor: Actor) -> int:
        """Drop them."""
        return await self._jobs.delete_expired(at=self._clock.now(), limit=command.limit)
