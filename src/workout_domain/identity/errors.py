"""Why identity refuses."""

from workout_domain.kernel.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    RateLimited,
    Unauthenticated,
    Unavailable,
)


class UsernameTaken(Conflict):
    """Another account has this username, in whatever case."""

    code = "username_taken"


class EmailTaken(Conflict):
    """Another account has this e-mail address, in whatever case."""

    code = "email_taken"


class UserNotFound(NotFound):
    """There is no such account."""

    code = "user_not_found"


class InvalidCredentials(Unauthenticated):
    """Unknown account or wrong password: deliberately the same refusal."""

    code = "invalid_credentials"


class EmailNotConfirmed(Forbidden):
    """The password is right, but the address was never confirmed."""

    code = "email_not_confirmed"


class InvalidToken(Unauthenticated):
    """The token is not ours, expired, revoked or not of this kind."""

    code = "invalid_token"


class InvalidOneTimeToken(Invalid):
    """The mailed token is wrong, expired or used; deliberately the same refusal."""

    code = "invalid_one_time_token"


class OidcNotConfigured(NotFound):
    """No external issuer is configured to sign in with."""

    code = "oidc_not_configured"


class EmailNotVerified(Forbidden):
    """The external issuer does not vouch for an e-mail address, so no account can be opened."""

    code = "email_not_verified"


class AuthUnavailable(Unavailable):
    """The external issuer does not answer, or not with what it should."""

    code = "auth_unavailable"


class RefreshTokenReused(Unauthenticated):
    """An old refresh token came back: whoever holds it, the whole family ends."""

    code = "refresh_token_reused"
    keeps_changes = True


class TooManyAttempts(RateLimited):
    """More sign-ins are waiting than can be checked in time."""

    code = "too_many_attempts"
