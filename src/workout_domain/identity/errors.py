"""Why identity refuses."""

from workout_domain.kernel.errors import (
    Conflict,
    Forbidden,
    NotFound,
    RateLimited,
    Unauthenticated,
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


class AccountLocked(Forbidden):
    """The password is right, but an administrator has shut the account."""

    code = "locked"


class CannotLockOneself(Conflict):
    """Administrators do not shut their own account: another one has to."""

    code = "cannot_lock_oneself"


class LastAdmin(Conflict):
    """Somebody must be left who can administer: grant the role to another account first."""

    code = "last_admin"


class InvalidToken(Unauthenticated):
    """The token is not ours, expired, revoked or not of this kind."""

    code = "invalid_token"


class RefreshTokenReused(Unauthenticated):
    """An old refresh token came back: whoever holds it, the whole family ends."""

    code = "refresh_token_reused"
    keeps_changes = True


class TooManyAttempts(RateLimited):
    """More sign-ins are waiting than can be checked in time."""

    code = "too_many_attempts"
