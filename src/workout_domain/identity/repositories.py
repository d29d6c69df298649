"""Collections of identity's aggregates."""

from typing import Protocol
from uuid import UUID

from workout_domain.identity.login_session import LoginSession, RefreshToken
from workout_domain.identity.user import User


class UserRepository(Protocol):
    """All accounts."""

    def add(self, user: User, /) -> None:
        """Add a new account."""
        ...

    async def get(self, user_id: UUID, /) -> User:
        """
        Return the account.

        Raises:
            UserNotFound: there is none.
        """
        ...


class LoginSessionRepository(Protocol):
    """All login sessions with their refresh tokens."""

    def add(self, session: LoginSession, token: RefreshToken, /) -> None:
        """Add a new session and its first refresh token."""
        ...

    def add_token(self, token: RefreshToken, /) -> None:
        """Add the next token of a session."""
        ...

    async def open_of(self, user_id: UUID, /) -> list[LoginSession]:
        """Return the sessions of an account that have not ended, locked."""
        ...

    async def of_refresh_token(
        self, token_hash: str, /
    ) -> tuple[LoginSession, RefreshToken] | None:
        """Return the session and the presented token, locked against a second use at once."""
        ...
