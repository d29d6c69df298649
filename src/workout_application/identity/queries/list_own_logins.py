"""Somebody looks at where their account was signed in from."""

from dataclasses import dataclass, field

from workout_application.identity.ports import LoginFilter, LoginHistory
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_shared.pages import Page, PageRequest


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListOwnLogins(Query[Page[bytes]]):
    """Answers with ``LoginView`` items of the caller, newest first unless sorted otherwise."""

    page: PageRequest = field(default_factory=PageRequest)


class ListOwnLoginsHandler:
    """Reads the caller's attempts."""

    def __init__(self, logins: LoginHistory) -> None:
        self._logins = logins

    async def handle(self, query: ListOwnLogins, actor: Actor) -> Page[bytes]:
        """Read them."""
        return await self._logins.page(LoginFilter(user_id=actor.id), query.page)
