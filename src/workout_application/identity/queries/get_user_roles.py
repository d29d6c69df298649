"""An administrator looks at the roles of an account."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.identity.ports import AccountDirectory
from workout_application.identity.views import RolesView
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, admin, requires


@requires(admin)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetUserRoles(Query[RolesView]):
    """Answers with the roles."""

    user_id: UUID


class GetUserRolesHandler:
    """Reads them."""

    def __init__(self, accounts: AccountDirectory) -> None:
        self._accounts = accounts

    async def handle(self, query: GetUserRoles, _actor: Actor) -> RolesView:
        """Read them."""
        return await self._accounts.roles(query.user_id)
