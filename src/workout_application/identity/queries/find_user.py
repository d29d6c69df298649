"""The operator names an account as its owner does."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.identity.ports import AccountDirectory
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, system
from workout_domain.identity.errors import UserNotFound


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class FindUser(Query[UUID]):
    """Answers with the account's id; ``username`` may be an e-mail address."""

    username: str


class FindUserHandler:
    """Finds it."""

    def __init__(self, accounts: AccountDirectory) -> None:
        self._accounts = accounts

    async def handle(self, query: FindUser, _actor: Actor) -> UUID:
        """Find it, or say that nobody is called so."""
        found = await self._accounts.id_of(query.username)
        if found is None:
            raise UserNotFound(f"Nobody is called {query.username!r}.")
        return found
