"""What happens to accounts and login sessions."""

from dataclasses import dataclass
from datetime import datetime
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
    """Somebody signed in, by ``password``, ``two_factor`` or ``oidc``."""

    kind: ClassVar[str] = "auth.user.logged_in"
    audited: ClassVar[bool] = True
    user_id: UUID
    login_session_id: UUID
    method: str
    ip_address: str | None
    device_type: str
    platform: str
    is_new_device: bool
    is_new_address: bool
    logged_in_at: datetime

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


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInsLockedOut(DomainEvent):
    """So many sign-ins failed from one place that it is locked for a while."""

    kind: ClassVar[str] = "auth.sign_in.locked_out"
    audited: ClassVar[bool] = True
    user_id: UUID
    ip_address: str | None
    locked_until: datetime

    @property
    def aggregate_id(self) -> UUID:
        """The user."""
        return self.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged(DomainEvent):
    """An account has another password; ``by_reset`` tells that a mailed token allowed it."""

    kind: ClassVar[str] = "user.password.changed"
    audited: ClassVar[bool] = True
    user_id: UUID
    by_reset: bool

    @property
    def aggregate_id(self) -> UUID:
        """The user."""
        return self.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorTurnedOn(DomainEvent):
    """Signing in to an account needs a second factor from now on."""

    kind: ClassVar[str] = "user.second_factor.enabled"
    audited: ClassVar[bool] = True
    user_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The user."""
        return self.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorDisabled(DomainEvent):
    """Signing in to an account needs its password only again."""

    kind: ClassVar[str] = "user.second_factor.disabled"
    audited: ClassVar[bool] = True
    user_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The user."""
        return self.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodeUsed(DomainEvent):
    """A recovery code stood in for the second factor; ``left`` codes remain."""

    kind: ClassVar[str] = "user.second_factor.recovery_code_used"
    audited: ClassVar[bool] = True
    user_id: UUID
    left: int

    @property
    def aggregate_id(self) -> UUID:
        """The user."""
        return self.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyCreated(DomainEvent):
    """Somebody made an API key for a program of theirs."""

    kind: ClassVar[str] = "auth.api_key.created"
    audited: ClassVar[bool] = True
    user_id: UUID
    api_key_id: UUID
    scopes: tuple[str, ...]

    @property
    def aggregate_id(self) -> UUID:
        """The key."""
        return self.api_key_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyRevoked(DomainEvent):
    """An API key is worthless from now on."""

    kind: ClassVar[str] = "auth.api_key.revoked"
    audited: ClassVar[bool] = True
    user_id: UUID
    api_key_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The key."""
        return self.api_key_id


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailConfirmed(DomainEvent):
    """Somebody showed that they read mail at their account's address."""

    kind: ClassVar[str] = "user.email.confirmed"
    audited: ClassVar[bool] = True
    user_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The user."""
        return self.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalIdentityLinked(DomainEvent):
    """Who holds an identity at an external issuer may now sign in to the account."""

    kind: ClassVar[str] = "user.external_identity.linked"
    audited: ClassVar[bool] = True
    user_id: UUID
    issuer: str

    @property
    def aggregate_id(self) -> UUID:
        """The user."""
        return self.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationRequested(DomainEvent):
    """Somebody asked for another confirmation mail; no ``user_id``: for an unknown address."""

    kind: ClassVar[str] = "auth.confirmation.requested"
    request_id: UUID
    user_id: UUID | None

    @property
    def aggregate_id(self) -> UUID:
        """The request."""
        return self.request_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordResetRequested(DomainEvent):
    """Somebody forgot a password; no ``user_id``: that of an unknown address."""

    kind: ClassVar[str] = "auth.password_reset.requested"
    request_id: UUID
    user_id: UUID | None

    @property
    def aggregate_id(self) -> UUID:
        """The request."""
        return self.request_id
