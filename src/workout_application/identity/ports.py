"""What identity needs from elsewhere, in its own words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from workout_application.identity.views import RolesView
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_domain.kernel.events import DomainEvent
from workout_shared.pages import Page, PageRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRules:
    """The settings sign-in follows."""

    access_lifetime: timedelta
    refresh_lifetime: timedelta
    reuse_grace: timedelta
    require_confirmed_email: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessClaims:
    """What a verified access token says."""

    user_id: UUID
    login_session_id: UUID
    token_id: str
    expires_at: float


class PasswordHasher(Protocol):
    """Hashes slowly, away from the event loop, with a bounded queue."""

    async def hash(self, password: str, /) -> str:
        """
        Return a salted slow hash.

        Raises:
            TooManyAttempts: the queue is full.
        """
        ...

    async def verify(self, password: str, password_hash: str | None, /) -> bool:
        """Check a password; None is checked against a decoy, in the same time, and fails."""
        ...

    def is_outdated(self, password_hash: str, /) -> bool:
        """Tell whether the hash was made with weaker settings than today's."""
        ...


class TokenIssuer(Protocol):
    """Makes and checks tokens."""

    def access_token(
        self, *, user_id: UUID, username: str, email: str, roles: list[str], session_id: UUID
    ) -> str:
        """Return a signed access token of one login session."""
        ...

    def refresh_token(self) -> str:
        """Return a fresh random refresh token."""
        ...

    def successor_of(self, refresh_token: str, /) -> str:
        """Return the one token that follows ``refresh_token``; unguessable without our key."""
        ...

    def digest(self, refresh_token: str, /) -> str:
        """Return the hash under which a refresh token is stored."""
        ...


class Purpose(StrEnum):
    """What a one-time token is good for, and for nothing else."""

    CONFIRM_EMAIL = "confirm_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - names a purpose
    SECOND_FACTOR = "second_factor"


class OneTimeTokens(Protocol):
    """Random tokens of one user and purpose, known by their hashes only."""

    async def issue(
        self, user_id: UUID, purpose: Purpose, /, *, lifetime: timedelta, at: datetime
    ) -> str:
        """Return a fresh token; mailed ones take the place of those mailed before."""
        ...

    async def present(self, token: str, purpose: Purpose, /, *, at: datetime) -> UUID | None:
        """
        Return whose token it is, its row locked and the attempt counted.

        None where it is unknown, of another purpose, expired, used, or presented too often.
        """
        ...

    async def spend(self, token: str, /, *, at: datetime) -> None:
        """Use up a token that was presented in this command."""
        ...


class Profiles(Protocol):
    """Coaching's profiles of an account."""

    async def open_trainer(self, user_id: UUID, /) -> UUID:
        """Open the trainer profile and return its id."""
        ...

    async def open_athlete(self, user_id: UUID, /) -> UUID:
        """Open the athlete profile and return its id."""
        ...

    async def ids_of(self, user_id: UUID, /) -> tuple[UUID | None, UUID | None]:
        """Return the ids of the trainer and the athlete profile, each None where there is none."""
        ...

    async def close(
        self, user_id: UUID, /, *, email: str | None
    ) -> tuple[UUID | None, UUID | None]:
        """
        Close both profiles for good, end their relations and withdraw their invitations.

        Offers to ``email`` are declined; None where nobody proved to read mail there. Returns the
        ids of the closed profiles.
        """
        ...


class Administrators(Protocol):
    """All accounts that can administer now."""

    async def are_others_than(self, user_id: UUID, /) -> bool:
        """Tell whether there are others; the answer holds until the command ends."""
        ...


class AccountTraces(Protocol):
    """What identity keeps about an account beside it."""

    async def erase(self, user_id: UUID, /) -> None:
        """Delete keys, factors, tokens and links; empty addresses and devices of sign-ins."""
        ...


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a password is checked against."""

    user_id: UUID
    password_hash: str | None


class CredentialReader(Protocol):
    """Looks credentials up without holding a transaction while the password is hashed."""

    async def of(self, name: str, /) -> Credentials | None:
        """Return those of the account with this username or e-mail address, in whatever case."""
        ...


class ActorDirectory(Protocol):
    """Knows what each account may do now."""

    async def find(self, user_id: UUID, login_session_id: UUID, /) -> Actor | None:
        """Return the actor, or None when account or login session no longer count."""
        ...


class AccountReader(Protocol):
    """Reads accounts for display."""

    async def user(self, user_id: UUID, /) -> Document:
        """
        Return the account as a ``UserView``.

        Raises:
            UserNotFound: there is none.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFilter:
    """Which accounts an administrator asks for; None leaves a condition out."""

    search: str | None = None
    role: str | None = None
    is_locked: bool | None = None
    suspicious: bool | None = None


class AccountDirectory(Protocol):
    """Reads accounts for administrators."""

    async def page(
        self, wanted: AccountFilter, request: PageRequest, /, *, at: datetime
    ) -> Page[bytes]:
        """Return ``AccountView`` items."""
        ...

    async def detail(self, user_id: UUID, /, *, at: datetime) -> Document:
        """
        Return an ``AccountDetailView``.

        Raises:
            UserNotFound: there is none.
        """
        ...

    async def roles(self, user_id: UUID, /) -> RolesView:
        """
        Return an account's roles.

        Raises:
            UserNotFound: there is none.
        """
        ...

    async def id_of(self, name: str, /) -> UUID | None:
        """Return the id of the account with this username or e-mail address."""
        ...


class AccountSnapshots(Protocol):
    """Shows an account as the command in progress leaves it."""

    async def of(self, user_id: UUID, /, *, at: datetime) -> Document:
        """Return an ``AccountView``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginFilter:
    """Which attempts to sign in are asked for; None leaves a condition out."""

    user_id: UUID | None = None
    is_successful: bool | None = None
    ip_address: str | None = None
    from_date: datetime | None = None
    to_date: datetime | None = None


class LoginHistory(Protocol):
    """Reads attempts to sign in."""

    async def page(self, wanted: LoginFilter, request: PageRequest, /) -> Page[bytes]:
        """Return ``LoginView`` items."""
        ...


class OldLogins(Protocol):
    """Attempts to sign in from long ago."""

    async def delete_before(self, moment: datetime, /, *, limit: int) -> int:
        """Delete at most ``limit`` of them; return how many."""
        ...


class PersonalData(Protocol):
    """Everything any context holds about one account."""

    async def of(self, user_id: UUID, /) -> dict[str, bytes]:
        """Return JSON by the name of its section, all read as of one moment."""
        ...


class EventRecorder(Protocol):
    """Takes events of commands that load no aggregate."""

    def record(self, event: DomainEvent, /) -> None:
        """Store the event with the command's changes."""
        ...


class ExpiredTokens(Protocol):
    """Refresh tokens past their time."""

    async def delete_expired(self, *, at: datetime, limit: int) -> int:
        """Delete at most ``limit`` of them; return how many."""
        ...
