"""An administrator takes a role from an account; what was done in it stays."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.identity.administration import refuse_last_admin
from workout_application.identity.policies import administration
from workout_application.identity.ports import Administrators
from workout_application.messaging.actor import Actor, Role
from workout_application.messaging.messages import Command, requires
from workout_domain.identity.repositories import UserRepository
from workout_shared.clock import Clock


@requires(administration)
@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeUserRole(Command[None]):
    """Revoking a role that is not held changes nothing."""

    user_id: UUID
    role: Role


class RevokeUserRoleHandler:
    """Revokes it, unless nobody could administer any more."""

    def __init__(self, users: UserRepository, administrators: Administrators, clock: Clock) -> None:
        self._users, self._administrators, self._clock = users, administrators, clock

    async def handle(self, command: RevokeUserRole, _actor: Actor) -> None:
        """Revoke it."""
        user = await self._users.get(command.user_id)
        if command.role is Role.ADMIN:
            await refuse_last_admin(user, self._administrators)
        user.revoke(command.role, at=self._clock.now())
