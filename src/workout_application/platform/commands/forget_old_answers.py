"""Answers kept for idempotency keys are dropped after their day."""

from dataclasses import dataclass
from typing import ClassVar

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_application.platform.ports import ExpiringStore
from workout_shared.clock import Clock


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetOldAnswers(Command[int]):
    """Answers with how many were dropped: at most ``limit``, so that no lock is held for long."""

    appends: ClassVar[bool] = True

    limit: int = 5_000


class ForgetOldAnswersHandler:
    """Drops one batch."""

    def __init__(self, answers: ExpiringStore, clock: Clock) -> None:
        self._answers, self._clock = answers, clock

    async def handle(self, command: ForgetOldAnswers, _actor: Actor) -> int:
        """Drop them."""
        return await self._answers.delete_expired(at=self._clock.now(), limit=command.limit)
