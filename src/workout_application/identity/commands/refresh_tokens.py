"""A client exchanges its refresh token for a new pair; an old token ends the whole family."""

from dataclasses import dataclass

from workout_application.identity.ports import SignInRules, TokenIssuer
from workout_application.identity.sign_in import token_pair
from workout_application.identity.views import TokenPair
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, anyone, requires
from workout_domain.identity.errors import EmailNotConfirmed, InvalidToken, UserNotFound
from workout_domain.identity.login_session import LoginSession
from workout_domain.identity.repositories import LoginSessionRepository, UserRepository
from workout_domain.identity.user import User
from workout_shared.clock import Clock


@requires(anyone)
@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshTokens(Command[TokenPair]):
    """Answers with a new pair."""

    refresh_token: str


class RefreshTokensHandler:
    """Rotates under a lock on the session, so that of many at once one wins."""

    def __init__(
        self,
        users: UserRepository,
        sessions: LoginSessionRepository,
        tokens: TokenIssuer,
        rules: SignInRules,
        clock: Clock,
    ) -> None:
        self._users, self._sessions = users, sessions
        self._tokens, self._rules, self._clock = tokens, rules, clock

    async def handle(self, command: RefreshTokens, _actor: Actor) -> TokenPair:
        """Rotate the token."""
        found = await self._sessions.of_refresh_token(self._tokens.digest(command.refresh_token))
        if found is None:
            raise InvalidToken("The refresh token is not valid.")
        session, presented = found
        user = await self._owner_of(session)
        successor = self._tokens.successor_of(
            command.refresh_token, known_as=session.current_token_hash
        )
        issued = session.rotate(
            presented,
            self._tokens.digest(successor),
            lifetime=self._rules.refresh_lifetime,
            grace=self._rules.reuse_grace,
            longest=self._rules.longest_session,
            at=self._clock.now(),
        )
        if issued is not None:
            self._sessions.add_token(issued)
        return token_pair(user, session, successor, self._tokens, self._rules)

    async def _owner_of(self, session: LoginSession) -> User:
        try:
            user = await self._users.get(session.user_id)
        except UserNotFound:
            raise InvalidToken("The account of this token is gone.") from None
        if user.is_locked:
            raise InvalidToken("The account of this token is locked.")
        if self._rules.require_confirmed_email and not user.email_confirmed:
            raise EmailNotConfirmed("Confirm your e-mail address first.")
        return user
