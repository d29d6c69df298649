"""Roll-ups are made anew from what was performed: after an upgrade, or if they are ever wrong."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_application.reporting.ports import ReportFolding
from workout_shared.clock import Clock

SESSIONS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """How many accounts and sessions one batch had; ``last`` is None once nobody is left."""

    accounts: int
    sessions: int
    last: UUID | None


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildReports(Command[Rebuilt]):
    """
    Rebuilds one account, or the next accounts after one of them.

    A batch has about 2,000 sessions; send it again with ``after`` until nobody is left. Reports
    go on being read meanwhile, and each account changes at once.
    """

    appends: ClassVar[bool] = True

    user_id: UUID | None = None
    after: UUID | None = None


class RebuildReportsHandler:
    """Rebuilds a batch."""

    def __init__(self, folding: ReportFolding, clock: Clock) -> None:
        self._folding, self._clock = folding, clock

    async def handle(self, command: RebuildReports, _actor: Actor) -> Rebuilt:
        """Rebuild it."""
        if command.user_id is not None:
            users = [command.user_id]
        else:
            users = await self._folding.batch(command.after, SESSIONS_AT_ONCE)
        sessions = await self._folding.rebuild(users, at=self._clock.now()) if users else 0
        is_last = command.user_id is not None or not users
        return Rebuilt(accounts=len(users), sessions=sessions, last=None if is_last else users[-1])
