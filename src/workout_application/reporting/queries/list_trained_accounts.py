"""The accounts that trained, a batch at a time, for whoever goes through all of them."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, system
from workout_application.reporting.ports import TrainedAccounts

SESSIONS_AT_ONCE: Final = 2_000


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListTrainedAccounts(Query[list[UUID]]):
    """
    Lists the next accounts ``after`` one of them, in the order of their ids.

    Together they have about so many ``sessions``; at least one is listed while any is left.
    """

    after: UUID | None = None
    sessions: int = SESSIONS_AT_ONCE


class ListTrainedAccountsHandler:
    """Lists them."""

    def __init__(self, accounts: TrainedAccounts) -> None:
        self._accounts = accounts

    async def handle(self, query: ListTrainedAccounts, _actor: Actor) -> list[UUID]:
        """List them."""
        return await self._accounts.batch(query.after, query.sessions)
