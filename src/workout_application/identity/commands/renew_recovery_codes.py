"""Somebody gets new recovery codes; the old ones are worth nothing from then on."""

from dataclasses import dataclass

from workout_application.identity.ports import SecondFactorCodes
from workout_application.identity.proofs import Proofs
from workout_application.identity.views import RecoveryCodesView
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.identity.errors import SecondFactorMissing
from workout_domain.identity.repositories import SecondFactorRepository, UserRepository
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class RenewRecoveryCodes(Command[RecoveryCodesView]):
    """Answers with the new codes, this once."""

    code: str


class RenewRecoveryCodesHandler:
    """Needs a code of the second factor."""

    def __init__(
        self,
        users: UserRepository,
        factors: SecondFactorRepository,
        codes: SecondFactorCodes,
        proofs: Proofs,
        clock: Clock,
    ) -> None:
        self._users, self._factors, self._codes = users, factors, codes
        self._proofs, self._clock = proofs, clock

    async def handle(self, command: RenewRecoveryCodes, actor: Actor) -> RecoveryCodesView:
        """Renew them."""
        user = await self._users.get(actor.id)
        factor = await self._factors.of_user(user.id)
        if factor is None or not factor.is_on:
            raise SecondFactorMissing("There is no second factor.")
        await self._proofs.require_code(user, command.code, pointer="/code")
        fresh = self._codes.fresh_recovery_codes()
        hashes = [self._codes.recovery_hash(code) for code in fresh]
        factor.replace_recovery_codes(hashes, at=self._clock.now())
        return RecoveryCodesView(recovery_codes=fresh)
