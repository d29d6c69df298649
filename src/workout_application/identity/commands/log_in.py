"""Somebody signs in with username or e-mail address and password."""

from dataclasses import dataclass

from workout_application.identity.ports import CredentialReader, PasswordHasher
from workout_application.identity.sign_in import SignIn
from workout_application.identity.views import TokenPair
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, anyone, requires
from workout_domain.identity.errors import InvalidCredentials
from workout_domain.identity.login_session import Client
from workout_domain.identity.repositories import UserRepository
from workout_shared.clock import Clock


@requires(anyone)
@dataclass(frozen=True, slots=True, kw_only=True)
class LogIn(Command[TokenPair]):
    """Answers with a pair of tokens."""

    username: str
    password: str
    client: Client


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
        self._credentials, self._users, self._passwords = credentials, users, passwords
        self._sign_in, self._clock = sign_in, clock

    async def handle(self, command: LogIn, _actor: Actor) -> TokenPair:
        """Begin a login session, or refuse without saying what was wrong."""
        known = await self._credentials.of(command.username)
        known_hash = known.password_hash if known is not None else None
        is_right = await self._passwords.verify(command.password, known_hash)
        if known is None or not is_right:
            raise InvalidCredentials("Username or password is wrong.")
        user = await self._users.get(known.user_id)
        if known_hash is not None and self._passwords.is_outdated(known_hash):
            stronger = await self._passwords.hash(command.password)
            user.replace_password_hash(stronger, at=self._clock.now())
        return self._sign_in.begin(user, method="password", client=command.client)
