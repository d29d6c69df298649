"""An administrator says which roles an account holds, all at once."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.identity.administration import open_missing_profile, refuse_last_admin
from workout_application.identity.policies import administration
from workout_application.identity.ports import Administrators, Profiles
from workout_application.identity.views import RolesView
from workout_application.messaging.actor import Actor, Role
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires
from workout_domain.identity.repositories import UserRepository
from workout_shared.clock import Clock


@requires(administration)
@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceUserRoles(Command[RolesView]):
    """Answers with the roles; ``expected_revision`` guards against a lost update."""

    user_id: UUID
    roles: frozenset[Role]
    expected_revision: int | None = None


class ReplaceUserRolesHandler:
    """Grants what is missing and revokes what is too much."""

    def __init__(
        self,
        users: UserRepository,
        profiles: Profiles,
        administrators: Administrators,
        clock: Clock,
    ) -> None:
        self._users, self._profiles = users, profiles
        self._administrators, self._clock = administrators, clock

    async def handle(self, command: ReplaceUserRoles, _actor: Actor) -> RolesView:
        """Replace them."""
        user = await self._users.get(command.user_id)
        expect_revision(user, command.expected_revision)
        if Role.ADMIN not in command.roles:
            await refuse_last_admin(user, self._administrators)
        now = self._clock.now()
        for role in sorted(command.roles - user.roles):
            await open_missing_profile(user.id, role, self._profiles)
            user.grant(role, at=now)
        for unwanted in sorted(user.roles - command.roles):
            user.revoke(unwanted, at=now)
        return RolesView.of(user)
