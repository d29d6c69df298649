"""What a sign-in and a refresh answer with."""

from workout_application.identity.ports import SignInRules, TokenIssuer
from workout_application.identity.views import TokenPair
from workout_domain.identity.login_session import LoginSession
from workout_domain.identity.user import User


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
