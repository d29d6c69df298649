"""What athletes who deleted their accounts leave behind in programs."""

from typing import Final
from uuid import UUID

from workout_infrastructure.persistence.unit_of_work import CurrentWork

# Entries go with their rule.
_RULES: Final = "DELETE FROM progression_rules WHERE athlete_id = $1::uuid"
_TRAINING_MAXES: Final = "DELETE FROM training_maxes WHERE athlete_id = $1::uuid"


class SqlProgramsOfDeleted:
    """Rules and training maxes of deleted accounts, on the bare driver."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def erase(self, athlete_id: UUID) -> None:
        """Delete an athlete's rules, their histories, and training maxes."""
        await self._work().execute(_RULES, athlete_id)
        await self._work().execute(_TRAINING_MAXES, athlete_id)
