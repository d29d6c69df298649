"""What happens to accounts and login sessions."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_domain.kernel.events import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRegistered(DomainEvent):
    """Somebody opened an account."""

    kind: ClassVar[str] = "user.registered"
    audited: ClassVar[bool] = True
    user_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The user."""
        return self.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class UserProfileUpdated(DomainEvent):
    """Somebody changed what their profile says."""

    kind: ClassVar[str] = "user.profile.updated"
    user_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The user."""
        return self.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGranted(DomainEvent):
    """An account may now act in one more role."""

    kind: ClassVar[str] = "user.role.granted"
    audited: ClassVar[bool] = True
    user_id: UUID
    role: str

    @property
    def aggregate_id(self) -> UUID:
        """The user."""
        return self.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRevoked(DomainEvent):
    """An account may no longer act in a role; its profile and data stay."""

    kind: ClassVar[str] = "user.role.revoked"
    audited: ClassVar[bool] = True
    user_id: UUID
    role: str

    @property
    def aggregate_id(self) -> UUID:
        """The user."""
        return self.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class UserLocked(DomainEvent):
    """An administrator shut an account."""

    kind: ClassVar[str] = "user.locked"
    audited: ClassVar[bool] = True
    user_id: UUID
    reason: str | None

    @property
    def aggregate_id(self) -> UUID:
        """The user."""
        return self.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class UserUnlocked(DomainEvent):
    """An administrator opened an account again, and looked into its sign-ins."""

    kind: ClassVar[str] = "user.unlocked"
    audited: ClassVar[bool] = True
    user_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The user."""
        return self.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class UserDeleted(DomainEvent):
    """Somebody deleted their account; every context lets go of what it holds of them."""

    kind: ClassVar[str] = "user.deleted"
    audited: ClassVar[bool] = True
    user_id: UUID
    trainer_id: UUID | None
    athlete_id: UUID | None

    @property
    def aggregate_id(self) -> UUID:
        """The user."""
        return self.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class UserDataExported(DomainEvent):
    """Somebody took a copy of their personal data."""

    kind: ClassVar[str] = "user.data.exported"
    audited: ClassVar[bool] = True
    user_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The user."""
        return self.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class UserLoggedIn(DomainEvent):
    """Somebody signed in."""

    kind: ClassVar[str] = "auth.user.logged_in"
    audited: ClassVar[bool] = True
    user_id: UUID
    login_session_id: UUID
    method: str
    ip_address: str | None

    @property
    def aggregate_id(self) -> UUID:
        """The user."""
        return self.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginSessionEnded(DomainEvent):
    """A login session is over: its refresh and access tokens are refused from now on."""

    kind: ClassVar[str] = "auth.session.ended"
    audited: ClassVar[bool] = True
    user_id: UUID
    login_session_id: UUID
    reason: str

    @property
    def aggregate_id(self) -> UUID:
        """The login session."""
        return self.login_session_id
