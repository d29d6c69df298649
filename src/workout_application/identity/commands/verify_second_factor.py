"""Somebody who gave the right password completes the sign-in with their second factor."""

from dataclasses import dataclass

from workout_application.identity.ports import Failure, OneTimeTokens, Purpose
from workout_application.identity.second_factors import SecondFactorCheck
from workout_application.identity.sign_in import TWO_FACTOR, SignIn
from workout_application.identity.views import TokenPair
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, anyone, requires
from workout_domain.identity.errors import InvalidChallenge, InvalidSecondFactorCode
from workout_domain.identity.repositories import UserRepository
from workout_shared.clock import Clock


@requires(anyone)
@dataclass(frozen=True, slots=True, kw_only=True)
class VerifySecondFactor(Command[TokenPair]):
    """``code`` is a code of the authenticator app or a recovery code."""

    challenge_token: str
    code: str


class VerifySecondFactorHandler:
    """Uses up the challenge and the code together."""

    def __init__(
        self,
        one_time_tokens: OneTimeTokens,
        users: UserRepository,
        check: SecondFactorCheck,
        sign_in: SignIn,
        clock: Clock,
    ) -> None:
        self._one_time_tokens, self._users = one_time_tokens, users
        self._check, self._sign_in, self._clock = check, sign_in, clock

    async def handle(self, command: VerifySecondFactor, _actor: Actor) -> TokenPair:
        """Begin a login session, or count the failure."""
        now, challenge = self._clock.now(), command.challenge_token
        user_id = await self._one_time_tokens.present(challenge, Purpose.SECOND_FACTOR, at=now)
        if user_id is None:
            raise InvalidChallenge("The challenge is no longer valid; sign in again.")
        # Before a code is used up that would lead nowhere.
        await self._sign_in.refuse_while_locked(user_id)
        user = await self._users.get(user_id)
        if not await self._check.passes(user.id, command.code):
            await self._sign_in.note(user.id, Failure.WRONG_CODE, method=TWO_FACTOR)
            raise InvalidSecondFactorCode("The code is wrong.")
        await self._one_time_tokens.spend(challenge, at=now)
        return await self._sign_in.begin(user, method=TWO_FACTOR)
