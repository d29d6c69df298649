"""Sessions by the types of their sets, marked as changed so that reports look again."""

from datetime import datetime
from uuid import UUID

from workout_application.training.recounting import Recounted
from workout_infrastructure.persistence.training.merging import somebody
from workout_infrastructure.persistence.unit_of_work import CurrentWork

# Walked along the primary key, so that all batches together read every session once.
_MARK = """
WITH picked AS (
    SELECT s.id FROM workout_sessions s
    WHERE s.deleted_at IS NULL AND ($2::uuid IS NULL OR s.id > $2::uuid)
    AND EXISTS (SELECT 1 FROM performed_sets p WHERE p.session_id = s.id
                AND p.set_type_id = $1::uuid AND p.deleted_at IS NULL)
    ORDER BY s.id LIMIT $3 FOR UPDATE OF s
), marked AS (
    UPDATE workout_sessions s SET revision = s.revision + 1, updated_at = $4::timestamptz,
        settled_at = $4::timestamptz
    FROM picked WHERE s.id = picked.id RETURNING s.id, s.user_id, s.trainer_id
)
SELECT id, user_id, trainer_id FROM marked ORDER BY id
"""


class SqlSessionsOfSetTypes:
    """Marks sessions, inside the reaction in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def mark_changed(
        self, set_type_id: UUID, *, after: UUID | None, most: int, at: datetime
    ) -> Recounted:
        """Mark a batch."""
        rows = await self._work().fetch(_MARK, set_type_id, after, most, at)
        return Recounted(
            sessions=len(rows),
            user_ids=somebody(rows, "user_id"),
            trainer_ids=somebody(rows, "trainer_id"),
            up_to=UUID(str(rows[-1]["id"])) if rows else None,
        )
