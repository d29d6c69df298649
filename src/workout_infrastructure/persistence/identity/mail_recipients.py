"""Whom mails go to, read inside the reaction that sends one."""

from uuid import UUID

from workout_application.identity.ports import MailRecipient
from workout_infrastructure.persistence.unit_of_work import CurrentWork

_RECIPIENT = """
SELECT id::text, email, first_name || ' ' || last_name AS name, time_zone, email_confirmed
FROM users WHERE id = $1::uuid AND deleted_at IS NULL
"""


class SqlMailRecipients:
    """Owners of accounts."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def of(self, user_id: UUID) -> MailRecipient | None:
        """Return the owner of an account; None where it is gone."""
        row = await self._work().fetchrow(_RECIPIENT, user_id)
        if row is None:
            return None
        return MailRecipient(
            user_id=UUID(row["id"]),
            email=row["email"],
            name=row["name"],
            time_zone=row["time_zone"],
            email_confirmed=row["email_confirmed"],
        )
