"""What somebody lifted lately, exercise by exercise, in one statement."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from workout_application.strength.ports import BestSet
from workout_infrastructure.persistence.database import DriverPool

MOST_EXERCISES: Final = 500

# Repetitions of one set may differ in weight: each load counts with the repetitions at it or above.
# Sets of an exercise that became another are that one's, whether they followed it already or not.
_BEST: Final = """
WITH lifted AS (
    SELECT p.id AS set_id, p.session_id, e.id AS exercise_id, e.name AS exercise_name,
           p.performed_at, p.weight, p.unit, p.rpe, p.rir, r.effective_kg AS kg,
           CASE WHEN p.load_kind = 'bodyweight'
                THEN p.bodyweight_kg * p.bodyweight_share ELSE 0 END AS body_kg
    FROM workout_sessions s
    JOIN performed_sets p ON p.session_id = s.id AND p.deleted_at IS NULL
    JOIN set_types t ON t.id = p.set_type_id AND NOT t.is_warm_up
    JOIN exercises performed ON performed.id = p.exercise_id
    JOIN exercises e ON e.id = coalesce(performed.merged_into_id, performed.id)
        AND e.measurement_type IN ('weight_reps', 'reps')
    JOIN performed_reps r ON r.set_id = p.id AND r.success
    WHERE s.user_id = $1::uuid AND s.deleted_at IS NULL
      AND s.session_date >= $2::timestamptz AND s.session_date <= $3::timestamptz
      AND p.load_kind <> 'assisted' AND r.effective_kg > 0
      AND ($4::uuid IS NULL OR e.id = (
          SELECT coalesce(asked.merged_into_id, asked.id) FROM exercises asked
          WHERE asked.id = $4::uuid))
), counted AS (
    SELECT lifted.*, count(*) OVER (PARTITION BY set_id ORDER BY kg DESC) AS reps
    FROM lifted
), best AS (
    SELECT DISTINCT ON (c.exercise_id) c.*
    FROM counted c
    JOIN unnest($5::numeric[]) WITH ORDINALITY AS f (factor, reps) ON f.reps = c.reps
    ORDER BY c.exercise_id, c.kg * f.factor DESC, c.performed_at DESC, c.set_id
)
SELECT set_id, session_id, exercise_id, exercise_name, performed_at, weight, unit, rpe, rir,
       kg AS effective_kg, body_kg, reps
FROM best ORDER BY lower(exercise_name), exercise_id LIMIT $6
"""


class SqlBestSets:
    """Reads training's tables, and changes nothing there."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def of(
        self,
        user_id: UUID,
        *,
        factors: Sequence[Decimal],
        since: datetime,
        until: datetime,
        exercise_id: UUID | None,
    ) -> list[BestSet]:
        """Return each exercise's best set."""
        rows = await self._pool.fetch(
            _BEST, user_id, since, until, exercise_id, list(factors), MOST_EXERCISES
        )
        return [BestSet(**row) for row in rows]
