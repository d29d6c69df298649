"""Somebody signs in with username or e-mail address and password."""

from dataclasses import dataclass

from workout_application.identity.ports import (
    CredentialReader,
    Failure,
    PasswordHasher,
)
from workout_application.identity.sign_in import PASSWORD, SignIn
from workout_application.identity.views import TokenPair
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, anyone, requires
from workout_domain.identity.errors import InvalidCredentials, UserNotFound
from workout_domain.identity.repositories import UserRepository
from workout_shared.clock import Clock


@requires(anyone)
@dataclass(frozen=True, slots=True, kw_only=True)
class LogIn(Command[TokenPair]):
    """Answers with a pair of tokens."""

    username: str
    password: str


class LogInHandler:
    """Checks the password in the same time for known and unknown names."""

    def __init__(
        self,
        credentials: CredentialReader,
        users: UserRepository,
        passwords: PasswordHasher,
        sign_in: SignIn,
        clock: Clock,
    ) -> None:
        self._credentials, self._passwords = credentials, passwords
        self._users, self._sign_in, self._clock = users, sign_in, clock

    async def handle(self, command: LogIn, _actor: Actor) -> TokenPair:
        """Begin a login session, or refuse without saying what was wrong."""
        with self._passwords.turn():
            known = await self._credentials.of(command.username)
            known_hash = known.password_hash if known is not None else None
            is_right = await self._passwords.verify_in_turn(command.password, known_hash)
        if known is None or not is_right:
            user_id = None if known is None else known.user_id
            await self._sign_in.note(user_id, Failure.WRONG_PASSWORD, method=PASSWORD)
            raise InvalidCredentials("Username or password is wrong.")
        # Hashed before the account is locked: nothing slow happens in the transaction.
        stronger = None
        if known_hash is not None and self._passwords.is_outdated(known_hash):
            stronger = await self._passwords.hash(command.password)
        try:
            user = await self._users.get(known.user_id)
        except UserNotFound:
            raise InvalidCredentials("The account was deleted just now.") from None
        if user.password_hash != known_hash:
            raise InvalidCredentials("The password was changed just now.")
        if stronger is not None:
            user.replace_password_hash(stronger, at=self._clock.now())
        return await self._sign_in.begin(user, method=PASSWORD)
