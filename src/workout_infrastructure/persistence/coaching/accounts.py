"""Identity's accounts, read inside the command in progress for coaching."""

from uuid import UUID

from workout_infrastructure.persistence.unit_of_work import CurrentWork

_EMAIL = "SELECT email AS text FROM users WHERE id = $1::uuid AND deleted_at IS NULL"
_NAME = "SELECT first_name || ' ' || last_name AS text FROM users WHERE id = $1::uuid"


class SqlAccounts:
    """Reads addresses and names."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def email_of(self, user_id: UUID) -> str:
        """Return the address of an account."""
        return await self._text(_EMAIL, user_id)

    async def name_of(self, user_id: UUID) -> str:
        """Return the full name of an account."""
        return await self._text(_NAME, user_id)

    async def _text(self, sql: str, user_id: UUID) -> str:
        row = await self._work().fetchrow(sql, user_id)
        return str(row["text"])
