"""Somebody deletes their account, at once and for good."""

from dataclasses import dataclass

from workout_application.identity.administration import refuse_last_admin
from workout_application.identity.ports import AccountTraces, Administrators, Profiles
from workout_application.identity.recency import Recency
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.identity.repositories import LoginSessionRepository, UserRepository
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteAccount(Command[None]):
    """Deletes the caller's own account; what other contexts hold follows by reactions."""


class DeleteAccountHandler:
    """Ends every way in, closes the profiles and empties the account in one transaction."""

    def __init__(
        self,
        recency: Recency,
        users: UserRepository,
        sessions: LoginSessionRepository,
        profiles: Profiles,
        administrators: Administrators,
        traces: AccountTraces,
        clock: Clock,
    ) -> None:
        self._recency = recency
        self._users, self._sessions, self._profiles = users, sessions, profiles
        self._administrators, self._traces = administrators, traces
        self._clock = clock

    async def handle(self, _command: DeleteAccount, actor: Actor) -> None:
        """Delete it."""
        self._recency.refuse_unless_recent(actor)
        user = await self._users.get(actor.id)
        await refuse_last_admin(user, self._administrators)
        now = self._clock.now()
        for session in await self._sessions.living_of(user.id):
            session.end("account_deleted", at=now)
        # An address nobody proved to read may be somebody else's.
        address = user.email if user.email_confirmed else None
        trainer_id, athlete_id = await self._profiles.close(user.id, email=address)
        await self._traces.erase(user.id)
        user.delete(trainer_id=trainer_id, athlete_id=athlete_id, at=now)
