"""Somebody signs in with username or e-mail address and password."""

from dataclasses import dataclass

from workout_application.identity.ports import (
    CredentialReader,
    PasswordHasher,
    SignInRules,
    TokenIssuer,
)
from workout_application.identity.sign_in import token_pair
from workout_application.identity.views import TokenPair
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, anyone, requires
from workout_domain.identity.errors import EmailNotConfirmed, InvalidCredentials
from workout_domain.identity.login_session import Client, LoginSession
from workout_domain.identity.repositories import LoginSessionRepository, UserRepository
from workout_domain.identity.user import User
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


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
        sessions: LoginSessionRepository,
        passwords: PasswordHasher,
        tokens: TokenIssuer,
        rules: SignInRules,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._credentials, self._passwords = credentials, passwords
        self._users, self._sessions = users, sessions
        self._tokens, self._rules = tokens, rules
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: LogIn, _actor: Actor) -> TokenPair:
        """Begin a login session, or refuse without saying what was wrong."""
        known = await self._credentials.of(command.username)
        known_hash = known.password_hash if known is not None else None
        is_right = await self._passwords.verify(command.password, known_hash)
        if known is None or not is_right:
            raise InvalidCredentials("Username or password is wrong.")
        user = await self._users.get(known.user_id)
        user.refuse_if_locked()
        if self._rules.require_confirmed_email and not user.email_confirmed:
            raise EmailNotConfirmed("Confirm your e-mail address first.")
        if known_hash is not None and self._passwords.is_outdated(known_hash):
            stronger = await self._passwords.hash(command.password)
            user.replace_password_hash(stronger, at=self._clock.now())
        return self._begin(user, command.client)

    def _begin(self, user: User, client: Client) -> TokenPair:
        now = self._clock.now()
        session = LoginSession.begin(
            session_id=self._identifiers.new(),
            user_id=user.id,
            client=client,
            method="password",
            at=now,
        )
        refresh_token = self._tokens.refresh_token()
        lifetime = self._rules.refresh_lifetime
        first = session.issue(self._tokens.digest(refresh_token), lifetime=lifetime, at=now)
        self._sessions.add(session, first)
        return token_pair(user, session, refresh_token, self._tokens, self._rules)
