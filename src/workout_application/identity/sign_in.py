"""The one way a sign-in begins, however somebody has shown who they are, and its answer."""

from workout_application.identity.ports import SignInRules, TokenIssuer
from workout_application.identity.views import TokenPair
from workout_domain.identity.errors import EmailNotConfirmed
from workout_domain.identity.login_session import Client, LoginSession
from workout_domain.identity.repositories import LoginSessionRepository
from workout_domain.identity.user import User
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


class SignIn:
    """Begins login sessions for those who have proved who they are."""

    def __init__(
        self,
        sessions: LoginSessionRepository,
        tokens: TokenIssuer,
        rules: SignInRules,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._sessions, self._tokens, self._rules = sessions, tokens, rules
        self._identifiers, self._clock = identifiers, clock

    def begin(self, user: User, *, method: str, client: Client) -> TokenPair:
        """
        Begin a login session.

        Raises:
            EmailNotConfirmed: the address must be confirmed first.
        """
        refuse_unconfirmed(user, self._rules)
        now = self._clock.now()
        session = LoginSession.begin(
            session_id=self._identifiers.new(),
            user_id=user.id,
            client=client,
            method=method,
            at=now,
        )
        refresh_token = self._tokens.refresh_token()
        lifetime = self._rules.refresh_lifetime
        first = session.issue(self._tokens.digest(refresh_token), lifetime=lifetime, at=now)
        self._sessions.add(session, first)
        return token_pair(user, session, refresh_token, self._tokens, self._rules)


def refuse_unconfirmed(user: User, rules: SignInRules) -> None:
    """
    Hold an account to the rule about addresses.

    Raises:
        EmailNotConfirmed: its address was never confirmed, and has to be.
    """
    if rules.require_confirmed_email and not user.email_confirmed:
        raise EmailNotConfirmed("Confirm your e-mail address first.")


def token_pair(
    user: User,
    session: LoginSession,
    refresh_token: str,
    tokens: TokenIssuer,
    rules: SignInRules,
) -> TokenPair:
    """Make the answer of a sign-in or a refresh."""
    access_token = tokens.access_token(
        user_id=user.id,
        username=user.username,
        email=user.email,
        roles=sorted(user.roles),
        session_id=session.id,
    )
    return TokenPair(
        access_token=access_token,
        refresh_token=refresh_token,
        token_type="bearer",  # noqa: S106 - the name of a scheme
        expires_in=int(rules.access_lifetime.total_seconds()),
        refresh_expires_in=int(rules.refresh_lifetime.total_seconds()),
    )
