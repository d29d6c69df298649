"""Somebody chooses a new password by the token that was mailed to their address."""

from dataclasses import dataclass

from workout_application.identity.one_time import owner_of
from workout_application.identity.passwords import PasswordRules, length_errors
from workout_application.identity.ports import OneTimeTokens, PasswordHasher, Purpose
from workout_application.identity.views import PasswordReset
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, anyone, requires
from workout_domain.identity.repositories import (
    ApiKeyRepository,
    LoginSessionRepository,
    UserRepository,
)
from workout_domain.kernel.errors import FieldError
from workout_shared.clock import Clock


@requires(anyone)
@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPassword(Command[PasswordReset]):
    """Needs nothing but the token; a second factor and a lock stay as they are."""

    token: str
    new_password: str

    def validate(self) -> list[FieldError]:
        """Refuse a password too short or too long."""
        return length_errors(self.new_password, pointer="/new_password")


class ResetPasswordHandler:
    """Replaces the password and shuts everybody out, programs with API keys included."""

    def __init__(
        self,
        tokens: OneTimeTokens,
        users: UserRepository,
        sessions: LoginSessionRepository,
        keys: ApiKeyRepository,
        passwords: PasswordHasher,
        rules: PasswordRules,
        clock: Clock,
    ) -> None:
        self._tokens, self._users = tokens, users
        self._sessions, self._keys = sessions, keys
        self._passwords, self._rules, self._clock = passwords, rules, clock

    async def handle(self, command: ResetPassword, _actor: Actor) -> PasswordReset:
        """Reset it: of two uses of one token at once, one finds it used."""
        now = self._clock.now()
        user = await owner_of(
            command.token, Purpose.RESET_PASSWORD, self._tokens, self._users, at=now
        )
        self._rules.refuse_guessable(
            command.new_password, username=user.username, email=user.email, pointer="/new_password"
        )
        user.change_password(
            await self._passwords.hash(command.new_password), by_reset=True, at=now
        )
        for session in await self._sessions.living_of(user.id):
            session.end("password_reset", at=now)
        # Whoever else got in may have made themselves a key to come back by.
        for key in await self._keys.living_of(user.id):
            key.revoke(at=now)
        await self._tokens.spend(command.token, at=now)
        await self._tokens.withdraw(user.id, Purpose.SECOND_FACTOR, at=now)
        return PasswordReset(password_changed=True)
