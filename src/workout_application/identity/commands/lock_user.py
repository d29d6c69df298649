"""An administrator shuts an account: nobody gets in by it, and whoever is in is out."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.identity.administration import refuse_last_admin
from workout_application.identity.policies import administration
from workout_application.identity.ports import AccountSnapshots, Administrators
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Command, requires
from workout_domain.identity.errors import CannotLockOneself
from workout_domain.identity.repositories import LoginSessionRepository, UserRepository
from workout_shared.clock import Clock


@requires(administration)
@dataclass(frozen=True, slots=True, kw_only=True)
class LockUser(Command[Document]):
    """Answers with an ``AccountView``; locking again changes nothing."""

    user_id: UUID
    reason: str | None = None


class LockUserHandler:
    """Locks it and ends its login sessions together."""

    def __init__(
        self,
        users: UserRepository,
        sessions: LoginSessionRepository,
        administrators: Administrators,
        snapshots: AccountSnapshots,
        clock: Clock,
    ) -> None:
        self._users, self._sessions = users, sessions
        self._administrators, self._snapshots = administrators, snapshots
        self._clock = clock

    async def handle(self, command: LockUser, actor: Actor) -> Document:
        """Lock it."""
        if command.user_id == actor.user_id:
            raise CannotLockOneself("Somebody else has to lock your account.")
        user = await self._users.get(command.user_id)
        await refuse_last_admin(user, self._administrators)
        now = self._clock.now()
        user.lock(command.reason, at=now)
        for session in await self._sessions.living_of(user.id):
            session.end("locked", at=now)
        return await self._snapshots.of(user.id, at=now)
