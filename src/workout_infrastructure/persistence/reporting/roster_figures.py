"""A month of all athletes who let their trainer see reports, in one statement."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from workout_application.reporting.monthly import AthleteMonth, MonthFigures
from workout_domain.coaching.scopes import Scope
from workout_domain.reporting.month import Month
from workout_infrastructure.persistence.coaching.access import athletes_open_to
from workout_infrastructure.persistence.reporting.lifted import LIFTED
from workout_infrastructure.persistence.unit_of_work import CurrentWork

# A local day lies within a day of the same day in UTC: so the index on the instant still serves.
_PLANNED: Final = """
    SELECT roster.athlete_id, count(*) AS planned, count(*) FILTER (WHERE EXISTS (
        SELECT 1 FROM workout_sessions s
        WHERE s.workout_id = w.id AND s.athlete_id = roster.athlete_id
        AND s.status = 'completed' AND s.deleted_at IS NULL)) AS done
    FROM roster JOIN workouts w ON w.athlete_id = roster.athlete_id AND w.trainer_id = $1::uuid
    WHERE w.deleted_at IS NULL AND w.status NOT IN ('draft', 'cancelled')
    AND w.scheduled_date BETWEEN $2::date - interval '2 days' AND $3::date + interval '2 days'
    AND (w.scheduled_date AT TIME ZONE roster.time_zone)::date >= $2::date
    AND (w.scheduled_date AT TIME ZONE roster.time_zone)::date < $3::date
    GROUP BY roster.athlete_id
"""
# Only exercises of the month are looked up in what came before it.
_RECORDS: Final = """
    SELECT best.athlete_id, count(*) AS records FROM (
        SELECT athlete_id, user_id, exercise_id, max(most_kg) AS kg FROM lifted
        WHERE most_kg > 0 GROUP BY athlete_id, user_id, exercise_id
    ) AS best CROSS JOIN LATERAL (
        SELECT max(r.effective_kg) AS kg FROM performed_sets p
        JOIN workout_sessions s ON s.id = p.session_id AND s.deleted_at IS NULL
        JOIN set_types t ON t.id = p.set_type_id AND NOT t.is_warm_up
        JOIN performed_reps r ON r.set_id = p.id AND r.success
        WHERE p.exercise_id = best.exercise_id AND p.deleted_at IS NULL
        AND s.user_id = best.user_id AND s.athlete_id = best.athlete_id
        AND s.status <> 'in_progress' AND s.local_date < $2::date
        AND p.duration_seconds IS NULL AND p.distance_meters IS NULL
    ) AS before WHERE best.kg > before.kg GROUP BY best.athlete_id
"""
_MONTH: Final = f"""
WITH roster AS MATERIALIZED (
    SELECT a.id AS athlete_id, u.id AS user_id, u.first_name || ' ' || u.last_name AS name,
           u.time_zone
    FROM athletes a JOIN users u ON u.id = a.user_id AND u.deleted_at IS NULL
    WHERE a.deleted_at IS NULL AND a.id IN ({athletes_open_to("$1::uuid", Scope.VIEW_REPORTS)})
), counted AS MATERIALIZED (
    SELECT s.id AS session_id, roster.athlete_id, roster.user_id, s.local_date,
           s.status = 'completed' AS is_completed, coalesce(s.duration_minutes, 0) AS minutes
    FROM roster JOIN workout_sessions s
        ON s.user_id = roster.user_id AND s.athlete_id = roster.athlete_id
    WHERE s.deleted_at IS NULL AND s.status <> 'in_progress'
    AND s.local_date >= $2::date AND s.local_date < $3::date
), {LIFTED}, trained AS (
    SELECT athlete_id, count(*) AS sessions, count(*) FILTER (WHERE is_completed) AS completed,
           sum(minutes) AS minutes FROM counted GROUP BY athlete_id
), moved AS (
    SELECT athlete_id, count(*) AS sets, sum(successes) AS repetitions, sum(volume_kg) AS volume_kg
    FROM lifted GROUP BY athlete_id
), plans AS ({_PLANNED}), records AS ({_RECORDS})
SELECT roster.athlete_id, roster.name, coalesce(trained.sessions, 0) AS sessions,
       coalesce(trained.completed, 0) AS completed_sessions,
       coalesce(trained.minutes, 0) AS minutes, coalesce(moved.sets, 0) AS working_sets,
       coalesce(moved.repetitions, 0)::bigint AS repetitions,
       coalesce(moved.volume_kg, 0) AS volume_kg, coalesce(plans.planned, 0) AS planned_workouts,
       coalesce(plans.done, 0) AS completed_workouts,
       coalesce(records.records, 0) AS personal_records
FROM roster LEFT JOIN trained USING (athlete_id) LEFT JOIN moved USING (athlete_id)
LEFT JOIN plans USING (athlete_id) LEFT JOIN records USING (athlete_id)
ORDER BY lower(roster.name), roster.athlete_id
"""


class SqlRosterFigures:
    """Adds up inside the command in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def of_month(self, trainer_id: UUID, month: Month) -> list[AthleteMonth]:
        """Return the month of each athlete who lets the trainer see reports now, by name."""
        rows = await self._work().fetch(_MONTH, trainer_id, month.first_day, month.past_last_day)
        return [athlete_month(row) for row in rows]


def athlete_month(row: Mapping[str, Any]) -> AthleteMonth:
    """Make the month of one athlete of a row with its figures."""
    fields = dict(row)
    return AthleteMonth(
        athlete_id=UUID(str(fields.pop("athlete_id"))),
        name=fields.pop("name"),
        figures=MonthFigures(**fields),
    )
