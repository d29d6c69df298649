"""The operator makes somebody an administrator from the command line."""

from dataclasses import dataclass

from workout_application.identity.ports import CredentialReader
from workout_application.messaging.actor import Actor, Role
from workout_application.messaging.messages import Command, requires, system
from workout_domain.identity.errors import UserNotFound
from workout_domain.identity.repositories import UserRepository
from workout_shared.clock import Clock


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRole(Command[None]):
    """``username`` may be an e-mail address; granting a role again changes nothing."""

    username: str
    role: Role


class GrantRoleHandler:
    """Grants it."""

    def __init__(self, accounts: CredentialReader, users: UserRepository, clock: Clock) -> None:
        self._accounts, self._users, self._clock = accounts, users, clock

    async def handle(self, command: GrantRole, _actor: Actor) -> None:
        """Grant it, or say that nobody is called so."""
        known = await self._accounts.of(command.username)
        if known is None:
            raise UserNotFound(f"Nobody is called {command.username!r}.")
        user = await self._users.get(known.user_id)
        user.grant(command.role, at=self._clock.now())
