"""Somebody looks at their own account."""

from dataclasses import dataclass
from typing import ClassVar

from workout_application.identity.ports import AccountReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.api_scopes import ApiScope
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Query, requires, signed_in


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetMe(Query[Document]):
    """Answers with a ``UserView``."""

    api_scope: ClassVar[str | None] = ApiScope.ACCOUNT_READ


class GetMeHandler:
    """Reads the caller's account."""

    def __init__(self, accounts: AccountReader) -> None:
        self._accounts = accounts

    async def handle(self, _query: GetMe, actor: Actor) -> Document:
        """Read it."""
        return await self._accounts.user(actor.id)
