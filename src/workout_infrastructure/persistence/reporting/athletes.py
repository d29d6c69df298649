"""Athletes as reporting looks at them, read from the tables of coaching and identity."""

from typing import Final
from uuid import UUID

from workout_application.reporting.ports import Person
from workout_infrastructure.persistence.database import DriverPool

_PERSON: Final = """
SELECT a.user_id, u.time_zone FROM athletes a JOIN users u ON u.id = a.user_id
WHERE a.id = $1::uuid AND a.deleted_at IS NULL AND u.deleted_at IS NULL
"""


class SqlAthletes:
    """Looks athletes up; whether they may be seen is decided elsewhere."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def person(self, athlete_id: UUID) -> Person | None:
        """Return the athlete, or None where there is none."""
        row = await self._pool.fetchrow(_PERSON, athlete_id)
        if row is None:
            return None
        return Person(
            user_id=UUID(row["user_id"]), athlete_id=athlete_id, time_zone=row["time_zone"]
        )
