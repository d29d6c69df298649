"""An administrator lets an account act in one more role."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.identity.administration import open_missing_profile
from workout_application.identity.policies import administration
from workout_application.identity.ports import Profiles
from workout_application.identity.views import RolesView
from workout_application.messaging.actor import Actor, Role
from workout_application.messaging.messages import Command, requires
from workout_domain.identity.repositories import UserRepository
from workout_shared.clock import Clock


@requires(administration)
@dataclass(frozen=True, slots=True, kw_only=True)
class GrantUserRole(Command[RolesView]):
    """Answers with all roles; granting one again changes nothing."""

    user_id: UUID
    role: Role


class GrantUserRoleHandler:
    """Grants the role and opens its profile where there is none."""

    def __init__(self, users: UserRepository, profiles: Profiles, clock: Clock) -> None:
        self._users, self._profiles, self._clock = users, profiles, clock

    async def handle(self, command: GrantUserRole, _actor: Actor) -> RolesView:
        """Grant it."""
        user = await self._users.get(command.user_id)
        await open_missing_profile(user.id, command.role, self._profiles)
        user.grant(command.role, at=self._clock.now())
        return RolesView.of(user)
