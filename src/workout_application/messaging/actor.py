"""On whose behalf a message is sent."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from workout_domain.kernel.errors import Forbidden, Unauthenticated


class Role(StrEnum):
    """What an account may be; one account may be several."""

    TRAINER = "trainer"
    ATHLETE = "athlete"
    ADMIN = "admin"


class NotSignedIn(Unauthenticated):
    """The message needs somebody who signed in."""

    code = "not_signed_in"


class RoleRequired(Forbidden):
    """The message needs a role the caller does not have."""

    code = "role_required"


class ApiScopeRequired(Forbidden):
    """The API key was not given the scope this needs."""

    code = "api_scope_required"


class ApiKeyNotAllowed(Forbidden):
    """Only somebody who signed in may do it, whatever scopes an API key has."""

    code = "api_key_not_allowed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """
    The caller as the server knows it now, not as its token said when it was issued.

    ``user_id`` is None for a stranger; profile ids are None where there is no such profile or its
    role was taken away. Whoever came by an API key may do only what its ``api_scopes`` name; None
    stands for somebody who signed in, at ``signed_in_at``.
    """

    user_id: UUID | None = None
    login_session_id: UUID | None = None
    roles: frozenset[Role] = frozenset()
    trainer_profile_id: UUID | None = None
    athlete_profile_id: UUID | None = None
    is_system: bool = False
    signed_in_at: datetime | None = None
    api_scopes: frozenset[str] | None = None
    preferred_unit: str = "kilograms"
    time_zone: str = "UTC"

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody stands behind this actor."""
        return self.user_id is not None or self.is_system

    @property
    def is_admin(self) -> bool:
        """Whether the actor may see everything."""
        return Role.ADMIN in self.roles

    @property
    def id(self) -> UUID:
        """
        The user's id.

        Raises:
            NotSignedIn: nobody signed in.
        """
        if self.user_id is None:
            raise NotSignedIn("Sign in first.")
        return self.user_id

    @property
    def trainer_id(self) -> UUID:
        """
        The trainer profile's id.

        Raises:
            RoleRequired: the caller has no trainer profile.
        """
        if self.trainer_profile_id is None:
            raise RoleRequired("Only trainers can do this.")
        return self.trainer_profile_id

    @property
    def athlete_id(self) -> UUID:
        """
        The athlete profile's id.

        Raises:
            RoleRequired: the caller has no athlete profile.
        """
        if self.athlete_profile_id is None:
            raise RoleRequired("Only athletes can do this.")
        return self.athlete_profile_id


STRANGER = Actor()
SYSTEM = Actor(is_system=True)
