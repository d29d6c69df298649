"""An administrator looks for accounts."""

from dataclasses import dataclass, field

from workout_application.identity.ports import AccountDirectory, AccountFilter
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, admin, requires
from workout_shared.clock import Clock
from workout_shared.pages import Page, PageRequest


@requires(admin)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListUsers(Query[Page[bytes]]):
    """Answers with ``AccountView`` items, newest first unless sorted otherwise."""

    page: PageRequest = field(default_factory=PageRequest)
    where: AccountFilter = field(default_factory=AccountFilter)


class ListUsersHandler:
    """Reads accounts that are not deleted."""

    def __init__(self, accounts: AccountDirectory, clock: Clock) -> None:
        self._accounts, self._clock = accounts, clock

    async def handle(self, query: ListUsers, _actor: Actor) -> Page[bytes]:
        """Read them."""
        return await self._accounts.page(query.where, query.page, at=self._clock.now())
