"""What identity needs from elsewhere, in its own words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

from workout_application.identity.views import RolesView
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_domain.identity.lock_out import LockOut
from workout_domain.identity.login_session import Device
from workout_domain.kernel.events import DomainEvent
from workout_shared.pages import Page, PageRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRules:
    """The settings sign-in follows."""

    access_lifetime: timedelta
    refresh_lifetime: timedelta
    reuse_grace: timedelta
    require_confirmed_email: bool
    longest_session: timedelta
    recent: timedelta
    lock_out: LockOut
    challenge_lifetime: timedelta = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessClaims:
    """What a verified access token says."""

    user_id: UUID
    login_session_id: UUID
    token_id: str
    expires_at: float


class Failure(StrEnum):
    """Why an attempt to sign in led nowhere; only wrong proofs count towards a lock-out."""

    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - names a failure
    WRONG_CODE = "wrong_code"
    SECOND_FACTOR_REQUIRED = "second_factor_required"
    EMAIL_NOT_CONFIRMED = "email_not_confirmed"
    LOCKED = "locked"


COUNTED_FAILURES: Final = frozenset({Failure.WRONG_PASSWORD, Failure.WRONG_CODE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """
    What earlier attempts on an account say about the one in hand.

    ``bucket`` names the counter of failures it belongs to: a device that signed in before has its
    own, everybody else shares that of their address. ``failures`` are those that still count.
    """

    bucket: str
    device: Device
    failures: int = 0
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInAttempt:
    """One attempt as it goes into the history; ``failure`` is None where it succeeded."""

    user_id: UUID | None
    method: str
    standing: Standing
    failure: Failure | None = None
    locks_until: datetime | None = None


class SignInJournal(Protocol):
    """Keeps the history of attempts; it knows from where the command in hand was sent."""

    async def standing(self, user_id: UUID | None, /, *, at: datetime) -> Standing:
        """Read it, with other attempts on the account waiting until this command ends."""
        ...

    async def write(self, attempt: SignInAttempt, /, *, at: datetime) -> None:
        """Add one attempt."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A fresh secret: shown to its owner once, kept sealed."""

    secret: str
    sealed_secret: bytes
    otpauth_uri: str
    qr_svg: str


class SecondFactorCodes(Protocol):
    """Makes secrets and codes of the second factor, and checks them."""

    def enrol(self, account: str, /) -> Enrolment:
        """Make a secret for the account with this name."""
        ...

    def step_of(self, sealed_secret: bytes, code: str, /, *, at: datetime) -> int | None:
        """Return the time step whose code this is, of now or a step around it, or None."""
        ...

    def resealed(self, sealed_secret: bytes, /) -> bytes | None:
        """Return the secret sealed with the present key, or None where it is already."""
        ...

    def fresh_recovery_codes(self) -> list[str]:
        """Make recovery codes that can be read out and typed."""
        ...

    def recovery_hash(self, code: str, /) -> str:
        """Return the hash a recovery code is stored under, however it was typed."""
        ...


class CommonPasswords(Protocol):
    """The passwords everybody tries first."""

    def has(self, password: str, /) -> bool:
        """Tell whether this is one of them, in whatever case."""
        ...


class ApiKeyCodes(Protocol):
    """Makes API keys and the hashes they are stored under."""

    def fresh_key(self) -> str:
        """Return an unguessable key that says what it is by its first characters."""
        ...

    def digest(self, key: str, /) -> str:
        """Return the hash of a key."""
        ...


class EventRecorder(Protocol):
    """Takes events that no loaded aggregate raised."""

    def record(self, event: DomainEvent, /) -> None:
        """Store the event with the command's changes."""
        ...


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

    def successor_of(self, refresh_token: str, /, *, known_as: str) -> str:
        """
        Return the one token that follows ``refresh_token``; unguessable without our key.

        Where the key has changed since, it is the one made before that is ``known_as`` this hash.
        """
        ...

    def digest(self, refresh_token: str, /) -> str:
        """Return the hash under which a refresh token is stored."""
        ...

    def csrf_token(self, login_session_id: UUID, /) -> str:
        """Return the one text a browser must send along with the cookies of a login session."""
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

    async def withdraw(self, user_id: UUID, /, *purposes: Purpose, at: datetime) -> None:
        """Use up all tokens of a user for these purposes."""
        ...


class MailTemplate(StrEnum):
    """Every mail identity sends."""

    CONFIRM_EMAIL = "confirm_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - names a mail
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - names a mail
    SECOND_FACTOR_ENABLED = "second_factor_enabled"
    SECOND_FACTOR_DISABLED = "second_factor_disabled"
    SIGN_IN_LOCKED_OUT = "sign_in_locked_out"
    NEW_DEVICE = "new_device"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRecipient:
    """Whom a mail goes to, and what it is decided by."""

    user_id: UUID
    email: str = field(repr=False)
    name: str = field(repr=False)
    time_zone: str
    email_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail to send; ``values`` are the words its template needs, and may hold a token."""

    template: MailTemplate
    to: MailRecipient
    values: Mapping[str, str] = field(default_factory=dict, repr=False)


class Mailer(Protocol):
    """Sends mails."""

    async def send(self, mail: Mail, /) -> None:
        """
        Hand a mail over for delivery.

        Raises:
            Unavailable: it could not be handed over; nothing says whom it was for.
        """
        ...


class MailRecipients(Protocol):
    """Knows the addresses of accounts, inside the reaction in progress."""

    async def of(self, user_id: UUID, /) -> MailRecipient | None:
        """Return the owner of an account; None where it is gone."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalIdentity:
    """What a verified identity token says; ``email`` only where the issuer vouches for it."""

    issuer: str
    subject: str
    email: str | None = None
    preferred_username: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    name: str | None = None


class IdentityProvider(Protocol):
    """The external issuer people may sign in with."""

    async def verify(self, id_token: str, /) -> ExternalIdentity:
        """
        Return what a valid identity token says.

        Raises:
            OidcNotConfigured: there is no such issuer.
            InvalidToken: anything about the token is not as it must be.
            AuthUnavailable: the issuer's keys cannot be had.
        """
        ...


class ExternalIdentities(Protocol):
    """Which account belongs to whom at an external issuer."""

    async def user_of(self, issuer: str, subject: str, /) -> UUID | None:
        """Return the account, once no other command of the same person is under way."""
        ...

    async def link(self, issuer: str, subject: str, user_id: UUID, /, *, at: datetime) -> None:
        """Let somebody at the issuer sign in to an account from now on."""
        ...

    async def first_free(self, usernames: list[str], /) -> str | None:
        """Return the first username nobody has, kept from others until the command ends."""
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

    async def of_api_key(self, api_key: str, /) -> Actor | None:
        """Return the owner with the key's scopes, or None where the key does not count."""
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


class ExpiredTokens(Protocol):
    """Tokens of one kind past their time."""

    async def delete_expired(self, *, at: datetime, limit: int) -> int:
        """Delete at most ``limit`` of them; return how many."""
        ...


class LoginSessionReader(Protocol):
    """Reads where somebody is signed in."""

    async def page(
        self, request: PageRequest, /, *, visible_to: Actor, at: datetime
    ) -> Page[bytes]:
        """Return ``LoginSessionView`` items: living sessions, newest first."""
        ...


class ApiKeyReader(Protocol):
    """Reads somebody's API keys, never the keys themselves."""

    async def page(self, request: PageRequest, /, *, visible_to: Actor) -> Page[bytes]:
        """Return ``ApiKeyView`` items that were not revoked, newest first."""
        ...
