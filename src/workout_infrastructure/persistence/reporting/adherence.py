"""What was planned for an athlete against what they did, by ISO weeks."""

from datetime import date
from typing import Final
from uuid import UUID

from workout_application.reporting.figures import PlannedWeek
from workout_application.reporting.ports import Person
from workout_application.reporting.questions import Window
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.training.due import IS_DUE

# Both sides of a set meet the same target.
_MET: Final = """(SELECT count(DISTINCT m.target_number) FROM performed_sets m
    WHERE m.session_id = l.session_id AND m.exercise_id = l.exercise_id
      AND m.deleted_at IS NULL)"""

# A local day lies within a day of the same day in UTC: so the index on the instant still serves.
# Of several completed sessions of one workout the first counts. What stood in for an exercise was
# planned of that one.
_WEEKS: Final = f"""
SELECT date_trunc('week', p.day)::date AS week, count(*) AS planned,
       count(d.local_date) AS completed,
       count(*) FILTER (WHERE d.local_date = p.day) AS completed_on_day,
       count(*) FILTER (WHERE d.local_date IS NULL AND p.day < $5::date) AS missed,
       coalesce(sum(d.planned_sets), 0)::bigint AS planned_sets,
       coalesce(sum(d.completed_sets), 0)::bigint AS completed_sets
FROM (
    SELECT w.id, (w.scheduled_date AT TIME ZONE $2::text)::date AS day FROM workouts w
    WHERE w.athlete_id = $1::uuid AND {IS_DUE}
      AND w.scheduled_date >= $3::date - interval '2 days'
      AND w.scheduled_date < $4::date + interval '2 days'
      AND w.scheduled_date BETWEEN $6::timestamptz AND $7::timestamptz
      AND ($8::uuid IS NULL OR EXISTS (
          SELECT 1 FROM workout_exercises e WHERE e.workout_id = w.id AND e.exercise_id = $8))
) p LEFT JOIN LATERAL (
    SELECT s.local_date, of_logs.* FROM workout_sessions s CROSS JOIN LATERAL (
        SELECT sum(l.planned_sets) AS planned_sets,
               sum(least(greatest(l.completed_sets, {_MET}), l.planned_sets)) AS completed_sets
        FROM exercise_logs l WHERE l.session_id = s.id AND l.planned_sets IS NOT NULL
          AND ($8::uuid IS NULL OR coalesce(l.substituted_exercise_id, l.exercise_id) = $8)
    ) of_logs
    WHERE s.workout_id = p.id AND s.athlete_id = $1::uuid AND s.status = 'completed'
      AND s.deleted_at IS NULL ORDER BY s.session_date, s.id LIMIT 1
) d ON true
WHERE p.day BETWEEN $3::date AND $4::date
GROUP BY date_trunc('week', p.day) ORDER BY 1
"""


class SqlPlanReader:
    """Compares in one statement; plans are no part of roll-ups."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def weeks(
        self, person: Person, window: Window, exercise_id: UUID | None, *, today: date
    ) -> list[PlannedWeek]:
        """Return the weeks of a window for which something was planned, in order."""
        if person.athlete_id is None:
            return []
        rows = await self._pool.fetch(
            _WEEKS,
            person.athlete_id,
            person.time_zone,
            window.from_day,
            window.to_day,
            today,
            window.from_instant,
            window.to_instant,
            exercise_id,
        )
        return [PlannedWeek(**row) for row in rows]
