"""A login session: what one sign-in allows until it expires or ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from workout_domain.identity.errors import InvalidToken, RefreshTokenReused
from workout_domain.identity.events import LoginSessionEnded, UserLoggedIn
from workout_domain.kernel.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """Where a sign-in came from, and what the account's history says about it."""

    ip_address: str | None = None
    user_agent: str | None = None
    device_type: str = "other"
    platform: str = "other"
    is_new: bool = False
    is_new_address: bool = False


@dataclass(eq=False)
class RefreshToken:
    """One link of a session's chain of refresh tokens; only its hash is known."""

    token_hash: str
    session_id: UUID
    issued_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class LoginSession(Aggregate):
    """The family of all tokens that descend from one sign-in."""

    def __init__(
        self, *, session_id: UUID, user_id: UUID, device: Device, method: str, at: datetime
    ) -> None:
        super().__init__(at=at)
        self.id = session_id
        self.user_id = user_id
        self.method = method
        self.ip_address, self.user_agent = device.ip_address, device.user_agent
        self.current_token_hash = ""
        self.revoked_at: datetime | None = None

    @classmethod
    def begin(
        cls, *, session_id: UUID, user_id: UUID, device: Device, method: str, at: datetime
    ) -> "LoginSession":
        """Sign somebody in."""
        session = cls(session_id=session_id, user_id=user_id, device=device, method=method, at=at)
        session._record(
            UserLoggedIn(
                occurred_at=at,
                user_id=user_id,
                login_session_id=session_id,
                method=method,
                ip_address=device.ip_address,
                device_type=device.device_type,
                platform=device.platform,
                is_new_device=device.is_new,
                is_new_address=device.is_new_address,
                logged_in_at=at,
            )
        )
        return session

    def issue(self, token_hash: str, *, lifetime: timedelta, at: datetime) -> RefreshToken:
        """Give out the session's next refresh token; it is the only current one."""
        self.current_token_hash = token_hash
        return RefreshToken(
            token_hash=token_hash,
            session_id=self.id,
            issued_at=at,
            expires_at=at + lifetime,
        )

    def rotate(
        self,
        presented: RefreshToken,
        successor_hash: str,
        *,
        lifetime: timedelta,
        grace: timedelta,
        longest: timedelta,
        at: datetime,
    ) -> RefreshToken | None:
        """
        Exchange a refresh token for its successor; None when that successor exists already.

        A used token passes again within ``grace`` while its successor is still unused: a network
        that lost the answer gets the same successor, so there is never a second branch. After
        ``longest`` the session is over, however often it was refreshed.

        Raises:
            InvalidToken: the session has ended or the token has expired.
            RefreshTokenReused: an old token came back; the session is ended.
        """
        is_over = self.revoked_at is not None or self.created_at + longest <= at
        if is_over or presented.expires_at <= at:
            raise InvalidToken("The refresh token is no longer valid.")
        if presented.token_hash == self.current_token_hash:
            presented.used_at = at
            self._touch(at=at)
            return self.issue(successor_hash, lifetime=lifetime, at=at)
        was_just_used = presented.used_at is not None and at < presented.used_at + grace
        if was_just_used and self.current_token_hash == successor_hash:
            return None
        self.end("refresh_token_reused", at=at)
        raise RefreshTokenReused("The refresh token was used before; sign in again.")

    def end(self, reason: str, *, at: datetime) -> None:
        """End the session; ending it again changes nothing."""
        if self.revoked_at is not None:
            return
        self.revoked_at = at
        self._record(
            LoginSessionEnded(
                occurred_at=at, user_id=self.user_id, login_session_id=self.id, reason=reason
            )
        )
