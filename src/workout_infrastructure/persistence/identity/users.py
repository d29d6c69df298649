"""Accounts: table, mapping, repository, readers."""

from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    func,
    select,
    text,
)
from sqlalchemy.orm import relationship

from workout_application.encoding import encode
from workout_application.identity.ports import Credentials
from workout_application.identity.views import UserView
from workout_application.messaging.documents import Document
from workout_domain.identity.errors import EmailTaken, UsernameTaken, UserNotFound
from workout_domain.identity.user import Gender, User, UserRole
from workout_domain.kernel.load import MeasurementUnit
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.failures import refuse_as
from workout_infrastructure.persistence.registry import (
    Instant,
    IntegerEnum,
    aggregate_columns,
    mapper_registry,
    metadata,
    reference,
    text_enum,
)
from workout_infrastructure.persistence.unit_of_work import CurrentWork

users = Table(
    "users",
    metadata,
    *aggregate_columns(),
    Column("username", String(50), nullable=False),
    Column("email", String(254), nullable=False),
    Column("first_name", String(100), nullable=False),
    Column("last_name", String(100), nullable=False),
    Column("date_of_birth", Date),
    Column("gender", IntegerEnum(Gender), nullable=False),
    Column("phone_number", String(20)),
    Column("profile_picture_url", String(2048)),
    Column("preferred_unit", text_enum(MeasurementUnit, "preferred_unit"), nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("email_confirmed", Boolean, nullable=False),
    Column("two_factor_enabled", Boolean, nullable=False),
    # Since when an administrator has shut the account.
    Column("locked_at", Instant),
    # Marks on sign-ins before it have been looked into.
    Column("reviewed_at", Instant),
    Column("password_hash", Text),
    CheckConstraint("char_length(username) >= 3", name="username_length"),
)
Index("uq_users_username", func.lower(users.c.username), unique=True)
Index("uq_users_email", func.lower(users.c.email), unique=True)
Index("ix_users_deleted_at", users.c.deleted_at, postgresql_where=text("deleted_at IS NOT NULL"))

user_roles = Table(
    "user_roles",
    metadata,
    Column("user_id", reference("users.id", cascade=True), nullable=False),
    Column("role", String(32), nullable=False),
    PrimaryKeyConstraint("user_id", "role"),
    CheckConstraint("role IN ('trainer', 'athlete', 'admin')", name="role"),
)

refuse_as("uq_users_username", UsernameTaken("This username is taken."))
refuse_as("uq_users_email", EmailTaken("This e-mail address is taken."))


def map_users() -> None:
    """Map accounts and their roles; roles load with the account."""
    mapper_registry.map_imperatively(UserRole, user_roles)
    mapper_registry.map_imperatively(
        User,
        users,
        version_id_col=users.c.revision,
        version_id_generator=False,
        properties={
            "_roles": relationship(UserRole, lazy="selectin", cascade="all, delete-orphan")
        },
    )


class SqlUserRepository:
    """Accounts of the command in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    def add(self, user: User) -> None:
        """Add a new account."""
        work = self._work()
        work.session.add(user)
        work.watch(user)

    async def get(self, user_id: UUID) -> User:
        """
        Return the account with its roles (select-in), locked: two changes follow one another.

        The lock lets others refer to the account meanwhile, such as a token whose mail is on its
        way: signing in must not wait for a mail server.
        """
        work = self._work()
        user = await work.session.scalar(
            select(User).where(users.c.id == user_id).with_for_update(key_share=True)
        )
        if user is None:
            raise UserNotFound("No such user.")
        work.watch(user)
        return user


_CREDENTIALS = """
SELECT id, password_hash FROM users
WHERE deleted_at IS NULL AND (lower(username) = lower($1) OR lower(email) = lower($1))
"""


class SqlCredentialReader:
    """Looks credentials up on the read road."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def of(self, name: str) -> Credentials | None:
        """Return those of the account with this username or e-mail address."""
        if "\x00" in name or not name.isprintable():
            return None
        row = await self._pool.fetchrow(_CREDENTIALS, name.strip())
        return None if row is None else Credentials(UUID(row["id"]), row["password_hash"])


_USER = """
SELECT u.id, u.username, u.email, u.first_name, u.last_name,
       u.first_name || ' ' || u.last_name AS name, u.date_of_birth, u.gender, u.phone_number,
       u.profile_picture_url, u.email_confirmed, u.two_factor_enabled, u.preferred_unit,
       u.time_zone, array(SELECT r.role FROM user_roles r WHERE r.user_id = u.id ORDER BY 1)
           AS roles,
       t.id AS trainer_id, a.id AS athlete_id, u.created_at, u.updated_at, u.revision
FROM users u
LEFT JOIN trainers t ON t.user_id = u.id AND t.deleted_at IS NULL
LEFT JOIN athletes a ON a.user_id = u.id AND a.deleted_at IS NULL
WHERE u.id = $1 AND u.deleted_at IS NULL
"""


class SqlAccountReader:
    """Reads accounts for display."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def user(self, user_id: UUID) -> Document:
        """Return a ``UserView``."""
        row = await self._pool.fetchrow(_USER, user_id)
        if row is None:
            raise UserNotFound("No such user.")
        shown = dict(row)
        shown["gender"] = Gender(shown["gender"]).name.lower()
        return Document(encode(UserView(**shown)), row["revision"])
