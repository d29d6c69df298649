"""Who somebody is to an external issuer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, PrimaryKeyConstraint, String, Table

from workout_infrastructure.persistence.registry import Instant, metadata, reference
from workout_infrastructure.persistence.unit_of_work import CurrentWork

external_identities = Table(
    "external_identities",
    metadata,
    Column("issuer", String(255), nullable=False),
    Column("subject", String(255), nullable=False),
    Column("user_id", reference("users.id", cascade=True), nullable=False),
    Column("linked_at", Instant, nullable=False),
    PrimaryKeyConstraint("issuer", "subject"),
)
Index("ix_external_identities_user_id", external_identities.c.user_id)

# Of two first sign-ins of one person at once, the second waits and finds the first one's account.
_HOLD = "SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))"
_USER_OF = """
SELECT user_id::text FROM external_identities WHERE issuer = $1::text AND subject = $2::text
"""
_LINK = """
INSERT INTO external_identities (issuer, subject, user_id, linked_at)
VALUES ($1::text, $2::text, $3::uuid, $4::timestamptz)
"""
# Names of deleted accounts stay taken: the unique index covers them as well.
_TAKEN = """
SELECT lower(username) AS username FROM users WHERE lower(username) = ANY ($1::text[])
"""


class SqlExternalIdentities:
    """External identities inside the command in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def user_of(self, issuer: str, subject: str) -> UUID | None:
        """Return the account; the person is locked until the command ends."""
        await self._work().execute(_HOLD, f"{issuer} {subject}")
        row = await self._work().fetchrow(_USER_OF, issuer, subject)
        return None if row is None else UUID(row["user_id"])

    async def link(self, issuer: str, subject: str, user_id: UUID, *, at: datetime) -> None:
        """Write the link."""
        await self._work().execute(_LINK, issuer, subject, user_id, at)

    async def first_free(self, usernames: list[str]) -> str | None:
        """Return the first free one; who wants the same ones meanwhile waits."""
        await self._work().execute(_HOLD, usernames[0].lower())
        rows = await self._work().fetch(_TAKEN, [name.lower() for name in usernames])
        taken = {row["username"] for row in rows}
        return next((name for name in usernames if name.lower() not in taken), None)
