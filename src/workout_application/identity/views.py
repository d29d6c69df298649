"""Answers about accounts, as clients see them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from workout_domain.identity.user import User


@dataclass(frozen=True, slots=True, kw_only=True)
class UserView:
    """An account, with its roles and the ids of its profiles."""

    id: UUID
    username: str
    email: str
    first_name: str
    last_name: str
    name: str
    date_of_birth: date | None
    gender: str
    phone_number: str | None
    profile_picture_url: str | None
    email_confirmed: bool
    two_factor_enabled: bool
    preferred_unit: str
    time_zone: str
    roles: list[str]
    trainer_id: UUID | None
    athlete_id: UUID | None
    created_at: datetime
    updated_at: datetime
    revision: int

    @classmethod
    def of(cls, user: User, *, trainer_id: UUID | None, athlete_id: UUID | None) -> "UserView":
        """Show an account."""
        return cls(
            id=user.id,
            username=user.username,
            email=user.email,
            first_name=user.first_name,
            last_name=user.last_name,
            name=user.name,
            date_of_birth=user.date_of_birth,
            gender=user.gender.name.lower(),
            phone_number=user.phone_number,
            profile_picture_url=user.profile_picture_url,
            email_confirmed=user.email_confirmed,
            two_factor_enabled=user.two_factor_enabled,
            preferred_unit=user.preferred_unit,
            time_zone=user.time_zone,
            roles=sorted(user.roles),
            trainer_id=trainer_id,
            athlete_id=athlete_id,
            created_at=user.created_at,
            updated_at=user.updated_at,
            revision=user.revision,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """
    An account as administrators see it in a list.

    ``marks`` are what was odd about its sign-ins within 24 hours, unless looked into since.
    """

    id: UUID
    username: str
    email: str
    name: str
    roles: list[str]
    trainer_id: UUID | None
    athlete_id: UUID | None
    email_confirmed: bool
    two_factor_enabled: bool
    is_locked: bool
    locked_at: datetime | None
    suspicious: bool
    marks: list[str]
    last_login_at: datetime | None
    created_at: datetime
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginView:
    """One attempt to sign in."""

    id: UUID
    user_id: UUID | None
    login_time: datetime
    ip_address: str | None
    user_agent: str | None
    device_type: str
    platform: str
    method: str
    is_successful: bool
    failure: str | None
    marks: list[str]
    locked_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCounts:
    """How much an account has of what; ended relations and deleted things are not counted."""

    login_sessions: int
    api_keys: int
    coached_athletes: int
    coaches: int
    planned_workouts: int
    assigned_workouts: int
    sessions: int
    exercises: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDetailView(AccountView):
    """An account with what it did lately; ``login_sessions`` among the counts are open ones."""

    reviewed_at: datetime | None
    time_zone: str
    updated_at: datetime
    counts: AccountCounts
    recent_logins: list[LoginView]


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesView:
    """The roles an account holds."""

    user_id: UUID
    roles: list[str]
    revision: int

    @classmethod
    def of(cls, user: User) -> "RolesView":
        """Show them."""
        return cls(user_id=user.id, roles=sorted(user.roles), revision=user.revision)


JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalCopy:
    """Everything the product holds about one account; sections are described in the guide."""

    generated_at: datetime
    schema_version: int
    account: JsonObject
    roles: list[str]
    profiles: JsonObject
    external_identities: list[JsonObject]
    login_history: list[JsonObject]
    login_sessions: list[JsonObject]
    api_keys: list[JsonObject]
    relations: list[JsonObject]
    invitations: list[JsonObject]
    notes: list[JsonObject]
    groups: list[JsonObject]
    access_log: list[JsonObject]
    notifications: list[JsonObject]
    exercises: list[JsonObject]
    planned_workouts: list[JsonObject]
    assigned_workouts: list[JsonObject]
    sessions: list[JsonObject]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPair:
    """What a sign-in gives: lifetimes are in seconds."""

    access_token: str
    refresh_token: str
    token_type: str
    expires_in: int
    refresh_expires_in: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CookieTokens:
    """What a sign-in by cookie gives: the tokens are in the cookies only."""

    token_type: str
    csrf_token: str
    expires_in: int
    refresh_expires_in: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginSessionView:
    """One place where somebody is signed in."""

    id: UUID
    method: str
    ip_address: str | None
    user_agent: str | None
    device_type: str
    platform: str
    is_current: bool
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentView:
    """A fresh secret of the second factor; it is shown this once, and counts once confirmed."""

    secret: str
    otpauth_uri: str
    qr_svg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodesView:
    """Codes that stand in for the second factor once each; they are shown this once."""

    recovery_codes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyView:
    """A personal API key; the key itself is in the answer that created it, and nowhere else."""

    id: UUID
    name: str
    prefix: str
    scopes: list[str]
    expires_at: datetime | None
    last_used_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApiKeyView(ApiKeyView):
    """A key just made: ``key`` is what goes into the header ``X-API-Key``."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailConfirmation:
    """What confirming an address answers with."""

    email_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordReset:
    """What resetting a password answers with."""

    password_changed: bool
