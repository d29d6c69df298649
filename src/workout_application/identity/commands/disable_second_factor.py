"""Somebody gives their second factor up, and proves once more that it is them."""

from dataclasses import dataclass

from workout_application.identity.ports import Profiles
from workout_application.identity.proofs import Proofs
from workout_application.identity.views import UserView
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.identity.errors import SecondFactorMissing
from workout_domain.identity.repositories import SecondFactorRepository, UserRepository
from workout_domain.kernel.errors import FieldError
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class DisableSecondFactor(Command[UserView]):
    """Needs a code, a recovery code among them, or the password; both where both are given."""

    code: str | None = None
    password: str | None = None

    def validate(self) -> list[FieldError]:
        """Refuse a request that proves nothing."""
        if self.code is None and self.password is None:
            return [FieldError("/code", "missing", "Send a code or your password.")]
        return []


class DisableSecondFactorHandler:
    """Removes the factor with its recovery codes."""

    def __init__(
        self,
        users: UserRepository,
        profiles: Profiles,
        factors: SecondFactorRepository,
        proofs: Proofs,
        clock: Clock,
    ) -> None:
        self._users, self._profiles, self._factors = users, profiles, factors
        self._proofs, self._clock = proofs, clock

    async def handle(self, command: DisableSecondFactor, actor: Actor) -> UserView:
        """Disable it."""
        now = self._clock.now()
        user = await self._users.get(actor.id)
        factor = await self._factors.of_user(user.id)
        if factor is None or not factor.is_on:
            raise SecondFactorMissing("There is no second factor.")
        if command.password is not None:
            await self._proofs.require_password(user, command.password, pointer="/password")
        if command.code is not None:
            await self._proofs.require_code(user, command.code, pointer="/code")
        factor.turn_off(at=now)
        await self._factors.remove(factor)
        user.drop_second_factor(at=now)
        trainer_id, athlete_id = await self._profiles.ids_of(user.id)
        return UserView.of(user, trainer_id=trainer_id, athlete_id=athlete_id)
