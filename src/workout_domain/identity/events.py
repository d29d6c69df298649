"""What happens to accounts and login sessions."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_domain.kernel.events import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRegistered(DomainEvent):
    """Somebody opened an account."""

    kind: ClassVar[str] = "user.registered"
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
    user_id: UUID
    role: str

    @property
    def aggregate_id(self) -> UUID:
        """The user."""
        return self.user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class UserLoggedIn(DomainEvent):
    """Somebody signed in."""

    kind: ClassVar[str] = "auth.user.logged_in"
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
    user_id: UUID
    login_session_id: UUID
    reason: str

    @property
    def aggregate_id(self) -> UUID:
        """The login session."""
        return self.login_session_id


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
class PasswordChanged(DomainEvent):
    """An account has another password; ``by_reset`` tells that it was by a mailed token."""

    kind: ClassVar[str] = "user.password.changed"
    audited: ClassVar[bool] = True
    user_id: UUID
    by_reset: bool

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
