"""An administrator opens an account again."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.identity.policies import administration
from workout_application.identity.ports import AccountSnapshots
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Command, requires
from workout_domain.identity.repositories import UserRepository
from workout_shared.clock import Clock


@requires(administration)
@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockUser(Command[Document]):
    """
    Answers with an ``AccountView``.

    Failures until now no longer keep the owner out, and marks until now no longer count.
    """

    user_id: UUID


class UnlockUserHandler:
    """Unlocks it; login sessions that have ended stay ended."""

    def __init__(self, users: UserRepository, snapshots: AccountSnapshots, clock: Clock) -> None:
        self._users, self._snapshots, self._clock = users, snapshots, clock

    async def handle(self, command: UnlockUser, _actor: Actor) -> Document:
        """Unlock it."""
        user = await self._users.get(command.user_id)
        now = self._clock.now()
        user.unlock(at=now)
        return await self._snapshots.of(user.id, at=now)
