"""Sessions in which nothing happened for too long are given up, never deleted."""

from dataclasses import dataclass
from datetime import timedelta

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_application.training.ports import SessionJournal
from workout_domain.training.repositories import WorkoutSessionRepository
from workout_shared.clock import Clock

MOST_AT_ONCE = 100


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class AbandonIdleSessions(Command[int]):
    """Answers with how many sessions were given up; at most a hundred at once."""

    idle_hours: float


class AbandonIdleSessionsHandler:
    """Gives idle sessions up."""

    def __init__(
        self, sessions: WorkoutSessionRepository, journal: SessionJournal, clock: Clock
    ) -> None:
        self._sessions, self._journal, self._clock = sessions, journal, clock

    async def handle(self, command: AbandonIdleSessions, _actor: Actor) -> int:
        """Give them up."""
        now = self._clock.now()
        since = now - timedelta(hours=command.idle_hours)
        idle = await self._sessions.idle_since(since, MOST_AT_ONCE)
        for session in idle:
            session.abandon("idle", at=now)
            await self._journal.write(
                session.id, session.sequence, "SessionAbandoned", {"reason": "idle"}, at=now
            )
        return len(idle)
