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
    keeps_changes = True


class EmailNotConfirmed(Forbidden):
    """The password is right, but the address was never confirmed."""

    code = "email_not_confirmed"
    keeps_changes = True


class AccountLocked(Forbidden):
    """The password is right, but an administrator or too many failures shut the account."""

    code = "locked"
    keeps_changes = True


class SecondFactorRequired(Unauthenticated):
    """The password is right; ``challenge_token`` and a code of the second factor come next."""

    code = "second_factor_required"
    keeps_changes = True


class InvalidChallenge(Unauthenticated):
    """The challenge is not ours, has expired, was used or was tried too often: sign in again."""

    code = "invalid_challenge"


class InvalidSecondFactorCode(Unauthenticated):
    """The code is wrong, too old, or was used before."""

    code = "invalid_second_factor_code"
    keeps_changes = True


class WrongPassword(Invalid):
    """Whoever is signed in gave a password that is not theirs."""

    code = "wrong_password"
    keeps_changes = True


class WrongSecondFactorCode(Invalid):
    """Whoever is signed in gave a code that is wrong, too old, or was used before."""

    code = "wrong_second_factor_code"
    keeps_changes = True


class SecondFactorUnreadable(Unavailable):
    """Codes cannot be checked: their secret was sealed with a key this server no longer knows."""

    code = "second_factor_unreadable"
    retryable = False


class SecondFactorEnabled(Conflict):
    """The account has a second factor already."""

    code = "second_factor_enabled"


class SecondFactorMissing(Conflict):
    """The account has no second factor, or its enrolment was never begun."""

    code = "second_factor_missing"


class RecentSignInRequired(Forbidden):
    """The last sign-in of this session is too long ago for a step of this weight."""

    code = "recent_sign_in_required"


class LoginSessionNotFound(NotFound):
    """There is no such login session, or it is somebody else's."""

    code = "login_session_not_found"


class ApiKeyNotFound(NotFound):
    """There is no such API key, or it is somebody else's."""

    code = "api_key_not_found"


class CannotLockOneself(Conflict):
    """Administrators do not shut their own account: another one has to."""

    code = "cannot_lock_oneself"


class LastAdmin(Conflict):
    """Somebody must be left who can administer: grant the role to another account first."""

    code = "last_admin"


class InvalidToken(Unauthenticated):
    """The token is not ours, expired, revoked or not of this kind."""

    code = "invalid_token"


class InvalidApiKey(Unauthenticated):
    """The API key is not ours, expired or revoked."""

    code = "invalid_api_key"


class CsrfTokenRequired(Forbidden):
    """A browser sent its cookies, and nothing shows that a page of ours asked for it."""

    code = "csrf_token_required"


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
