"""Collections of identity's aggregates."""

from typing import Protocol
from uuid import UUID

from workout_domain.identity.api_key import ApiKey
from workout_domain.identity.login_session import LoginSession, RefreshToken
from workout_domain.identity.second_factor import SecondFactor
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

    async def of_refresh_token(
        self, token_hash: str, /
    ) -> tuple[LoginSession, RefreshToken] | None:
        """Return the session and the presented token, locked against a second use at once."""
        ...

    async def of_user(self, user_id: UUID, session_id: UUID, /) -> LoginSession:
        """
        Return a session of this user, locked.

        Raises:
            LoginSessionNotFound: this user has no such session.
        """
        ...

    async def living_of(self, user_id: UUID, /) -> list[LoginSession]:
        """Return every session of this user that has not ended, locked, oldest first."""
        ...


class SecondFactorRepository(Protocol):
    """All second factors, at most one per user; what is returned is locked."""

    def add(self, factor: SecondFactor, /) -> None:
        """Add a new second factor."""
        ...

    async def of_user(self, user_id: UUID, /) -> SecondFactor | None:
        """Return the user's, or None where there is none."""
        ...

    async def remove(self, factor: SecondFactor, /) -> None:
        """Forget it with its recovery codes."""
        ...


class ApiKeyRepository(Protocol):
    """All personal API keys; what is returned is locked."""

    def add(self, key: ApiKey, /) -> None:
        """Add a new key."""
        ...

    async def of_user(self, user_id: UUID, key_id: UUID, /) -> ApiKey:
        """
        Return a key of this user.

        Raises:
            ApiKeyNotFound: this user has no such key.
        """
        ...

    async def living_of(self, user_id: UUID, /) -> list[ApiKey]:
        """Return every key of this user that was not revoked."""
        ...
