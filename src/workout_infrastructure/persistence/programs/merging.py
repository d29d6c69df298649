"""Rules and training maxes of an exercise that became another one."""

from datetime import datetime
from typing import Final
from uuid import UUID

from workout_infrastructure.persistence.unit_of_work import CurrentWork

# An exercise has one rule alive: where there is one, the rule that comes is deleted as it moves.
_RULES: Final = """
UPDATE progression_rules r
SET exercise_id = $2::uuid, revision = r.revision + 1, updated_at = $3::timestamptz,
    deleted_at = CASE WHEN r.deleted_at IS NULL AND EXISTS (
        SELECT 1 FROM progression_rules k
        WHERE k.athlete_id = r.athlete_id AND k.exercise_id = $2::uuid AND k.deleted_at IS NULL
    ) THEN $3::timestamptz ELSE r.deleted_at END
WHERE r.exercise_id = $1::uuid
"""
_TRAINING_MAXES: Final = """
UPDATE training_maxes SET exercise_id = $2::uuid WHERE exercise_id = $1::uuid
"""


class SqlMergedPrograms:
    """Moves them inside the reaction in progress; a repeat finds nothing left to move."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def move(self, exercise_id: UUID, into_id: UUID, *, at: datetime) -> None:
        """Let rules and training maxes of one exercise be the other's."""
        await self._work().execute(_RULES, exercise_id, into_id, at)
        await self._work().execute(_TRAINING_MAXES, exercise_id, into_id)
