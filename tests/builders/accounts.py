"""Accounts and login sessions as domain tests need them."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from workout_domain.identity.login_session import Device, LoginSession
from workout_domain.identity.user import Profile, User

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def a_profile(**fields: Any) -> Profile:
    """Make an acceptable profile, with ``fields`` instead of its own."""
    return Profile(**{"first_name": "Ana", "last_name": "Berg", **fields})


def a_user(username: str = "ana", email: str = "ana@example.com", **profile: Any) -> User:
    """Register an account."""
    return User.register(
        user_id=uuid4(),
        username=username,
        email=email,
        password_hash="hash",
        profile=a_profile(**profile),
        at=NOON,
    )


def a_login_session(**client: Any) -> LoginSession:
    """Sign somebody in."""
    return LoginSession.begin(
        session_id=uuid4(), user_id=uuid4(), device=Device(**client), method="password", at=NOON
    )
