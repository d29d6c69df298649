"""What identity keeps beside a deleted account, taken away in the transaction that deletes it."""

from typing import Final
from uuid import UUID

from workout_infrastructure.persistence.unit_of_work import CurrentWork

_ERASE: Final = {
    "api_keys": "DELETE FROM api_keys WHERE user_id = $1::uuid",
    "external_identities": "DELETE FROM external_identities WHERE user_id = $1::uuid",
    "one_time_tokens": "DELETE FROM one_time_tokens WHERE user_id = $1::uuid",
    # Recovery codes go with it.
    "second_factors": "DELETE FROM second_factors WHERE user_id = $1::uuid",
    "refresh_tokens": """
DELETE FROM refresh_tokens WHERE session_id IN (
    SELECT s.id FROM login_sessions s WHERE s.user_id = $1::uuid)
""",
    "login_sessions": """
UPDATE login_sessions SET ip_address = NULL, user_agent = NULL WHERE user_id = $1::uuid
""",
    # What counted failures may hold an address.
    "login_history": """
UPDATE login_history SET ip_address = NULL, user_agent = NULL, bucket = ''
WHERE user_id = $1::uuid
""",
}


class SqlAccountTraces:
    """Identity's rows that point at an account."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def erase(self, user_id: UUID) -> None:
        """Delete them, or empty what tells where somebody was."""
        for statement in _ERASE.values():
            await self._work().execute(statement, user_id)
