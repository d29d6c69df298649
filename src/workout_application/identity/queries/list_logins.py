"""An administrator reviews who signed in, or tried to."""

from dataclasses import dataclass, field

from workout_application.identity.ports import LoginFilter, LoginHistory
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, admin, requires
from workout_shared.pages import Page, PageRequest


@requires(admin)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListLogins(Query[Page[bytes]]):
    """Answers with ``LoginView`` items, newest first unless sorted otherwise."""

    page: PageRequest = field(default_factory=PageRequest)
    where: LoginFilter = field(default_factory=LoginFilter)


class ListLoginsHandler:
    """Reads everybody's attempts."""

    def __init__(self, logins: LoginHistory) -> None:
        self._logins = logins

    async def handle(self, query: ListLogins, _actor: Actor) -> Page[bytes]:
        """Read them."""
        return await self._logins.page(query.where, query.page)
