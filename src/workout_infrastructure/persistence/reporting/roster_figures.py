"""A month of all athletes who let their trainer see reports, in one statement."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from workout_application.reporting.monthly import AthleteMonth, MonthFigures
from workout_domain.coaching.scopes import Scope
from workout_domain.reporting.month import Month
from workout_infrastructure.persistence.coaching.access import athletes_open_to
from workout_infrastructure.persistence.reporting.sources import NOT_STALE, unfolded
from workout_infrastructure.persistence.training.due import IS_DONE, IS_DUE
from workout_infrastructure.persistence.unit_of_work import CurrentWork

_IN_MONTH: Final = "{row}.local_date >= $2::date AND {row}.local_date < $3::date"
_SESSION: Final = (
    "{row}.user_id, {row}.is_completed, {row}.minutes, {row}.working_sets, {row}.working_reps, "
    "{row}.tonnage_kg"
)
# An exercise done with no load at all was lifted before, one of which no load is known was not.
_MOST: Final = "max(coalesce({row}.best_kg, 0)) FILTER (WHERE {row}.loaded_reps > 0)"

# A local day lies within a day of the same day in UTC: so the index on the instant still serves.
_PLANNED: Final = f"""
    SELECT roster.athlete_id, count(*) AS planned, count(*) FILTER (WHERE {IS_DONE}) AS done
    FROM roster JOIN workouts w ON w.athlete_id = roster.athlete_id AND w.trainer_id = $1::uuid
    WHERE {IS_DUE}
    AND w.scheduled_date BETWEEN $2::date - interval '2 days' AND $3::date + interval '2 days'
    AND (w.scheduled_date AT TIME ZONE roster.time_zone)::date >= $2::date
    AND (w.scheduled_date AT TIME ZONE roster.time_zone)::date < $3::date
    GROUP BY roster.athlete_id
"""
# What is not rolled up yet counts as well, but for sessions still running.
_ENDED: Final = """
ended AS (
    SELECT f.user_id, f.exercise_id, f.local_date, f.best_kg, f.loaded_reps
    FROM fresh f JOIN fresh_sessions s USING (session_id) WHERE NOT s.is_running
)
"""
_TRAINED: Final = f"""
    SELECT user_id, count(*) AS sessions, count(*) FILTER (WHERE is_completed) AS completed,
           sum(minutes) AS minutes, sum(working_sets) AS sets, sum(working_reps) AS repetitions,
           sum(tonnage_kg) AS volume_kg
    FROM (
        SELECT {_SESSION.format(row="k")} FROM roster JOIN session_rollups k USING (user_id)
        WHERE {_IN_MONTH.format(row="k")} AND {NOT_STALE}
        UNION ALL
        SELECT {_SESSION.format(row="f")} FROM fresh_sessions f
        WHERE {_IN_MONTH.format(row="f")} AND NOT f.is_running
    ) done GROUP BY user_id
"""
_BEST: Final = f"""
    SELECT user_id, exercise_id, max(best_kg) AS kg FROM (
        SELECT k.user_id, k.exercise_id, k.best_kg
        FROM roster JOIN exercise_rollups k USING (user_id)
        WHERE {_IN_MONTH.format(row="k")} AND {NOT_STALE}
        UNION ALL
        SELECT f.user_id, f.exercise_id, f.best_kg FROM ended f WHERE {_IN_MONTH.format(row="f")}
    ) done WHERE best_kg > 0 GROUP BY user_id, exercise_id
"""
# Only exercises of the month are looked up in what came before it.
_RECORDS: Final = f"""
    SELECT user_id, count(*) AS records FROM best CROSS JOIN LATERAL (
        SELECT {_MOST.format(row="k")} AS kg FROM exercise_rollups k
        WHERE k.user_id = best.user_id AND k.exercise_id = best.exercise_id
        AND k.local_date < $2::date AND {NOT_STALE}
    ) AS kept LEFT JOIN (
        SELECT f.user_id, f.exercise_id, {_MOST.format(row="f")} AS kg FROM ended f
        WHERE f.local_date < $2::date GROUP BY f.user_id, f.exercise_id
    ) AS lately USING (user_id, exercise_id)
    WHERE best.kg > greatest(kept.kg, lately.kg) GROUP BY user_id
"""
_MONTH: Final = f"""
WITH roster AS MATERIALIZED (
    SELECT a.id AS athlete_id, u.id AS user_id, u.first_name || ' ' || u.last_name AS name,
           u.time_zone
    FROM athletes a JOIN users u ON u.id = a.user_id AND u.deleted_at IS NULL
    WHERE a.deleted_at IS NULL AND a.id IN ({athletes_open_to("$1::uuid", Scope.VIEW_REPORTS)})
), {unfolded("(SELECT user_id AS id FROM roster) AS u")}, {_ENDED}, trained AS ({_TRAINED}),
best AS ({_BEST}), plans AS ({_PLANNED}), records AS ({_RECORDS})
SELECT roster.athlete_id, roster.name, coalesce(trained.sessions, 0) AS sessions,
       coalesce(trained.completed, 0) AS completed_sessions,
       coalesce(trained.minutes, 0) AS minutes, coalesce(trained.sets, 0) AS working_sets,
       coalesce(trained.repetitions, 0) AS repetitions,
       coalesce(trained.volume_kg, 0) AS volume_kg, coalesce(plans.planned, 0) AS planned_workouts,
       coalesce(plans.done, 0) AS completed_workouts,
       coalesce(records.records, 0) AS personal_records
FROM roster LEFT JOIN trained USING (user_id) LEFT JOIN plans USING (athlete_id)
LEFT JOIN records USING (user_id)
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
