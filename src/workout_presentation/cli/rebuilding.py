"""Makes the figures behind reports anew, a few accounts at a time."""

import asyncio
from typing import Final
from uuid import UUID

from workout_application.messaging.actor import SYSTEM
from workout_application.messaging.mediator import Mediator
from workout_application.reporting.commands.rebuild_reports import RebuildReports
from workout_application.reporting.queries.list_trained_accounts import (
    SESSIONS_AT_ONCE,
    ListTrainedAccounts,
)

# One transaction alone keeps a single processor of the database busy.
_LANES: Final = 2


class Rebuilding:
    """Goes through all accounts that trained, two batches of them at once."""

    def __init__(self, mediator: Mediator, *, sessions_at_once: int = SESSIONS_AT_ONCE) -> None:
        self._mediator, self._sessions_at_once = mediator, sessions_at_once
        self._turn = asyncio.Lock()
        self._last: UUID | None = None
        self.accounts = self.sessions = 0

    async def of_all(self) -> None:
        """Rebuild all accounts."""
        async with asyncio.TaskGroup() as lanes:
            for _ in range(_LANES):
                lanes.create_task(self._lane())

    async def of(self, user_ids: tuple[UUID, ...]) -> None:
        """Rebuild some accounts, in one transaction."""
        command = RebuildReports(user_ids=user_ids)
        sessions = await self._mediator.send(command, actor=SYSTEM)
        self.sessions += sessions  # only now: the other lane counted meanwhile
        self.accounts += len(user_ids)

    async def _lane(self) -> None:
        while user_ids := await self._next():
            await self.of(user_ids)

    async def _next(self) -> tuple[UUID, ...]:
        async with self._turn:
            query = ListTrainedAccounts(after=self._last, sessions=self._sessions_at_once)
            user_ids = await self._mediator.send(query, actor=SYSTEM)
            self._last = user_ids[-1] if user_ids else self._last
            return tuple(user_ids)
