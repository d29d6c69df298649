"""Identity's accounts, read inside the command in progress for coaching."""

from uuid import UUID

from workout_domain.kernel.access import AthleteNotFound
from workout_infrastructure.persistence.unit_of_work import CurrentWork

_EMAIL = "SELECT email AS text FROM users WHERE id = $1::uuid AND deleted_at IS NULL"
_NAME = "SELECT first_name || ' ' || last_name AS text FROM users WHERE id = $1::uuid"


class SqlAccounts:
    """Reads addresses and names."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def email_of(self, user_id: UUID) -> str:
        """Return the address of an account."""
        row = await self._work().fetchrow(_EMAIL, user_id)
        if row is None:
            raise AthleteNotFound("The account was deleted just now.")
        return str(row["text"])

    async def name_of(self, user_id: UUID) -> str:
        """Return the full name of an account."""
        row = await self._work().fetchrow(_NAME, user_id)
        return str(row["text"])
