"""From a mailed token to the account it was mailed to."""

from datetime import datetime

from workout_application.identity.ports import OneTimeTokens, Purpose
from workout_domain.identity.errors import InvalidOneTimeToken, UserNotFound
from workout_domain.identity.repositories import UserRepository
from workout_domain.identity.user import User
from workout_domain.kernel.errors import FieldError


async def owner_of(
    token: str, purpose: Purpose, tokens: OneTimeTokens, users: UserRepository, *, at: datetime
) -> User:
    """
    Return whose token it is; of two who present it at once, the second waits for the first.

    Raises:
        InvalidOneTimeToken: it is wrong, expired or used, or the account is gone.
    """
    user_id = await tokens.present(token, purpose, at=at)
    if user_id is None:
        raise _not_valid()
    try:
        return await users.get(user_id)
    except UserNotFound:
        raise _not_valid() from None


def _not_valid() -> InvalidOneTimeToken:
    sentence = "The token is wrong, used or expired; ask for a new mail."
    return InvalidOneTimeToken(sentence, [FieldError("/token", InvalidOneTimeToken.code, sentence)])
