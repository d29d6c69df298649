"""Somebody shows that their authenticator app works: from then on signing in needs it."""

from dataclasses import dataclass

from workout_application.identity.ports import Failure, SecondFactorCodes
from workout_application.identity.sign_in import TWO_FACTOR, SignIn
from workout_application.identity.views import RecoveryCodesView
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.identity.errors import SecondFactorMissing, WrongSecondFactorCode
from workout_domain.identity.repositories import SecondFactorRepository, UserRepository
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmSecondFactor(Command[RecoveryCodesView]):
    """Answers with the recovery codes, this once."""

    code: str


class ConfirmSecondFactorHandler:
    """Turns the factor on for the account."""

    def __init__(
        self,
        users: UserRepository,
        factors: SecondFactorRepository,
        codes: SecondFactorCodes,
        sign_in: SignIn,
        clock: Clock,
    ) -> None:
        self._users, self._factors, self._codes = users, factors, codes
        self._sign_in, self._clock = sign_in, clock

    async def handle(self, command: ConfirmSecondFactor, actor: Actor) -> RecoveryCodesView:
        """Confirm."""
        now = self._clock.now()
        # The account before its sign-ins, as whoever signs in locks them.
        user = await self._users.get(actor.id)
        await self._sign_in.refuse_while_locked(user.id)
        factor = await self._factors.of_user(user.id)
        if factor is None:
            raise SecondFactorMissing("Enrol a second factor first.")
        step = self._codes.step_of(factor.sealed_secret, command.code, at=now)
        if step is None:
            await self._sign_in.note(user.id, Failure.WRONG_CODE, method=TWO_FACTOR)
            raise WrongSecondFactorCode.field("/code", "wrong", "The code is wrong.")
        recovery_codes = self._codes.fresh_recovery_codes()
        hashes = [self._codes.recovery_hash(code) for code in recovery_codes]
        factor.turn_on(step, hashes, at=now)
        user.require_second_factor(at=now)
        return RecoveryCodesView(recovery_codes=recovery_codes)
