"""The account: who somebody is to the product."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Final
from uuid import UUID

from workout_domain.identity.events import (
    EmailConfirmed,
    ExternalIdentityLinked,
    PasswordChanged,
    RoleGranted,
    RoleRevoked,
    UserDeleted,
    UserLocked,
    UserProfileUpdated,
    UserRegistered,
    UserUnlocked,
)
from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.guards import optional_text, required_text
from workout_domain.kernel.load import MeasurementUnit
from workout_domain.kernel.local_day import checked_time_zone

SHORTEST_USERNAME: Final = 3
LONGEST_USERNAME: Final = 50
LONGEST_EMAIL: Final = 254
LONGEST_NAME: Final = 100
LONGEST_PHONE: Final = 20
LONGEST_PICTURE_URL: Final = 2048
LONGEST_REASON: Final = 500
ADMIN: Final = "admin"

# What a deleted account is called: nobody may take such a name, lest a deletion be refused.
_DELETED_NAME: Final = "deleted-"
_DELETED_DOMAIN: Final = "deleted.invalid"

# ASCII only: a look-alike of somebody's name in another script cannot be registered.
_USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
_WEB_ADDRESS = re.compile(
    r"https?://(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE
)


class Gender(IntEnum):
    """Stored as this number, shown by name."""

    NOT_SPECIFIED = 0
    MALE = 1
    FEMALE = 2
    OTHER = 3


@dataclass(eq=False)
class UserRole:
    """One role an account holds."""

    user_id: UUID
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The part of an account its owner may change at will."""

    first_name: str
    last_name: str
    date_of_birth: date | None = None
    gender: Gender = Gender.NOT_SPECIFIED
    phone_number: str | None = None
    profile_picture_url: str | None = None
    preferred_unit: MeasurementUnit = MeasurementUnit.KILOGRAMS
    time_zone: str = "UTC"


class User(Aggregate):
    """An account with its roles; profiles as trainer or athlete belong to coaching."""

    def __init__(self, *, user_id: UUID, username: str, email: str, at: datetime) -> None:
        super().__init__(at=at)
        self.id = user_id
        self.username = username
        self.email = email
        self.password_hash: str | None = None
        self.email_confirmed = False
        self.two_factor_enabled = False
        self.locked_at: datetime | None = None
        self.reviewed_at: datetime | None = None
        self._roles: list[UserRole] = []

    @classmethod
    def register(
        cls,
        *,
        user_id: UUID,
        username: str,
        email: str,
        password_hash: str | None,
        profile: Profile,
        at: datetime,
    ) -> "User":
        """
        Open an account, its address still unconfirmed; without a password where others vouch.

        Raises:
            Invalid: a name, the address or the profile is not acceptable.
        """
        user = cls(user_id=user_id, username=checked_username(username), email=email, at=at)
        user.email = _checked_email(email)
        user.password_hash = password_hash
        user._write(profile, at=at)
        user._record(UserRegistered(occurred_at=at, user_id=user_id))
        return user

    @property
    def name(self) -> str:
        """The name other people see."""
        return f"{self.first_name} {self.last_name}"

    @property
    def roles(self) -> frozenset[str]:
        """The roles the account holds."""
        return frozenset(held.role for held in self._roles)

    def grant(self, role: str, *, at: datetime) -> None:
        """Add a role; granting it again changes nothing."""
        if role in self.roles:
            return
        self._roles.append(UserRole(user_id=self.id, role=role))
        self._record(RoleGranted(occurred_at=at, user_id=self.id, role=role))

    def revoke(self, role: str, *, at: datetime) -> None:
        """Take a role away; its profile and data stay, and a role not held changes nothing."""
        for held in [held for held in self._roles if held.role == role]:
            self._roles.remove(held)
            self._record(RoleRevoked(occurred_at=at, user_id=self.id, role=role))

    @property
    def is_locked(self) -> bool:
        """Whether an administrator has shut the account."""
        return self.locked_at is not None

    @property
    def is_active_admin(self) -> bool:
        """Whether the account can administer now."""
        return ADMIN in self.roles and not self.is_locked

    def lock(self, reason: str | None, *, at: datetime) -> None:
        """
        Shut the account; shutting it again changes nothing.

        Raises:
            Invalid: the reason is too long.
        """
        reason = optional_text(reason, field="reason", longest=LONGEST_REASON)
        if self.locked_at is None:
            self.locked_at = at
            self._record(UserLocked(occurred_at=at, user_id=self.id, reason=reason))

    def unlock(self, *, at: datetime) -> None:
        """Open the account; what was odd about its sign-ins until now has been looked into."""
        self.locked_at, self.reviewed_at = None, at
        self._record(UserUnlocked(occurred_at=at, user_id=self.id))

    def delete(self, *, trainer_id: UUID | None, athlete_id: UUID | None, at: datetime) -> None:
        """Empty the account for good: nothing tells who it was, name and address are free."""
        self.username = f"{_DELETED_NAME}{self.id.hex[-12:]}"
        self.email = f"{self.id}@{_DELETED_DOMAIN}"
        self._write(Profile(first_name="Deleted", last_name="user"), at=at)
        self.password_hash = None
        self.email_confirmed = self.two_factor_enabled = False
        self.locked_at = self.reviewed_at = None
        self._roles.clear()
        self.deleted_at = at
        self._record(
            UserDeleted(
                occurred_at=at, user_id=self.id, trainer_id=trainer_id, athlete_id=athlete_id
            )
        )

    def update_profile(self, profile: Profile, *, at: datetime) -> None:
        """
        Replace the profile.

        Raises:
            Invalid: a name is blank or a field too long, or the birthday lies ahead.
        """
        self._write(profile, at=at)
        self._record(UserProfileUpdated(occurred_at=at, user_id=self.id))

    def replace_password_hash(self, password_hash: str, *, at: datetime) -> None:
        """Keep a stronger hash of the same password."""
        self.password_hash = password_hash
        self._touch(at=at)

    def change_password(self, password_hash: str, *, by_reset: bool = False, at: datetime) -> None:
        """Replace the password; a reset also shows that the owner reads mail at the address."""
        self.password_hash = password_hash
        self._record(PasswordChanged(occurred_at=at, user_id=self.id, by_reset=by_reset))
        if by_reset:
            self.confirm_email(at=at)

    def require_second_factor(self, *, at: datetime) -> None:
        """Let the password alone no longer sign in."""
        self.two_factor_enabled = True
        self._touch(at=at)

    def drop_second_factor(self, *, at: datetime) -> None:
        """Let the password alone sign in again."""
        self.two_factor_enabled = False
        self._touch(at=at)

    def confirm_email(self, *, at: datetime) -> None:
        """Note that the owner reads mail at the address; doing it again changes nothing."""
        if not self.email_confirmed:
            self.email_confirmed = True
            self._record(EmailConfirmed(occurred_at=at, user_id=self.id))

    def link_external_identity(self, issuer: str, *, at: datetime) -> None:
        """Note that an identity at an external issuer signs in to this account from now on."""
        self._record(ExternalIdentityLinked(occurred_at=at, user_id=self.id, issuer=issuer))

    def _write(self, profile: Profile, *, at: datetime) -> None:
        self.first_name = required_text(
            profile.first_name, field="first_name", longest=LONGEST_NAME
        )
        self.last_name = required_text(profile.last_name, field="last_name", longest=LONGEST_NAME)
        self.date_of_birth = _checked_birthday(profile.date_of_birth, today=at.date())
        self.gender = profile.gender
        self.phone_number = optional_text(
            profile.phone_number, field="phone_number", longest=LONGEST_PHONE
        )
        self.profile_picture_url = checked_picture_url(profile.profile_picture_url)
        self.preferred_unit = profile.preferred_unit
        self.time_zone = checked_time_zone(profile.time_zone)


def checked_username(username: str) -> str:
    """Return the username, or refuse lengths and characters it may not have."""
    text = required_text(
        username, field="username", shortest=SHORTEST_USERNAME, longest=LONGEST_USERNAME
    )
    if not _USERNAME.fullmatch(text):
        raise Invalid.field(
            "/username", "characters", "A username has letters, digits and . _ + - only."
        )
    if text.lower().startswith(_DELETED_NAME):
        raise Invalid.field("/username", "reserved", "Such names belong to deleted accounts.")
    return text


def checked_picture_url(address: str | None) -> str | None:
    """Return the address of a picture, or refuse what a page could not show as one."""
    text = optional_text(address, field="profile_picture_url", longest=LONGEST_PICTURE_URL)
    if text is not None and not (text.isprintable() and _WEB_ADDRESS.fullmatch(text)):
        raise Invalid.field(
            "/profile_picture_url",
            "url",
            "profile_picture_url must be an address that begins with https:// or http://.",
        )
    return text


def _checked_email(email: str) -> str:
    text = required_text(email, field="email", longest=LONGEST_EMAIL)
    local, _, domain = text.rpartition("@")
    if not local or not domain or any(character.isspace() for character in text):
        raise Invalid.field("/email", "email", "email must be a valid address.")
    if domain.lower() == _DELETED_DOMAIN:
        raise Invalid.field("/email", "reserved", "Such addresses belong to deleted accounts.")
    return text


def _checked_birthday(day: date | None, *, today: date) -> date | None:
    if day is not None and day >= today:
        raise Invalid.field("/date_of_birth", "past", "date_of_birth must lie in the past.")
    return day
