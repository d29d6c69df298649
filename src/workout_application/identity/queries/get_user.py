"""An administrator looks at one account and what it did lately."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.identity.ports import AccountDirectory
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Query, admin, requires
from workout_shared.clock import Clock


@requires(admin)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetUser(Query[Document]):
    """Answers with an ``AccountDetailView``."""

    user_id: UUID


class GetUserHandler:
    """Reads it."""

    def __init__(self, accounts: AccountDirectory, clock: Clock) -> None:
        self._accounts, self._clock = accounts, clock

    async def handle(self, query: GetUser, _actor: Actor) -> Document:
        """Read it."""
        return await self._accounts.detail(query.user_id, at=self._clock.now())
