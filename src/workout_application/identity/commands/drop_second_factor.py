"""An administrator helps somebody who lost their phone and every recovery code."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.identity.policies import administration
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires
from workout_domain.identity.errors import SecondFactorMissing
from workout_domain.identity.repositories import (
    LoginSessionRepository,
    SecondFactorRepository,
    UserRepository,
)
from workout_shared.clock import Clock


@requires(administration)
@dataclass(frozen=True, slots=True, kw_only=True)
class DropSecondFactor(Command[None]):
    """The password alone signs in again; who asks for it must be known by other means."""

    user_id: UUID


class DropSecondFactorHandler:
    """Removes the factor and ends every login session; the owner is told by mail."""

    def __init__(
        self,
        users: UserRepository,
        factors: SecondFactorRepository,
        sessions: LoginSessionRepository,
        clock: Clock,
    ) -> None:
        self._users, self._factors = users, factors
        self._sessions, self._clock = sessions, clock

    async def handle(self, command: DropSecondFactor, _actor: Actor) -> None:
        """Drop it."""
        now = self._clock.now()
        user = await self._users.get(command.user_id)
        factor = await self._factors.of_user(user.id)
        if factor is None:
            raise SecondFactorMissing("There is no second factor.")
        factor.turn_off(at=now)
        await self._factors.remove(factor)
        user.drop_second_factor(at=now)
        for session in await self._sessions.living_of(user.id):
            session.end("second_factor_dropped", at=now)
