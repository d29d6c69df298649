"""What was performed by local days, by ISO weeks and by muscles."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from workout_application.reporting.figures import DayFigures, MuscleWeek, TrainingDays
from workout_application.reporting.questions import Window
from workout_domain.reporting.muscles import whole_sets
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.reporting.figures import bounds, figures
from workout_infrastructure.persistence.reporting.library import Library
from workout_infrastructure.persistence.reporting.sources import (
    NOT_STALE,
    Reading,
    in_window,
    listed,
    summed,
)
from workout_infrastructure.persistence.reporting.tables import FIGURES

# Every statement is about one account, so that its first day is found at the end of an index.
_ONE: Final = "($1::uuid[])[1]"
_SESSION: Final = """{row}.local_date, {row}.is_completed::integer AS completed, {row}.minutes,
    CASE WHEN {row}.minutes > 0 THEN {row}.session_rpe * {row}.minutes END AS session_load"""
_SESSIONS: Final = f"""
    SELECT {_SESSION.format(row="k")}, {listed(FIGURES, "k")} FROM session_rollups k
    WHERE k.user_id = {_ONE} AND {in_window("k", 2)} AND {NOT_STALE}
    UNION ALL
    SELECT {_SESSION.format(row="f")}, {listed(FIGURES, "f")} FROM fresh_sessions f
    WHERE {in_window("f", 2)}
"""
_SESSIONS_WITH_EXERCISE: Final = f"""
    SELECT {_SESSION.format(row="s")}, {listed(FIGURES, "k")}
    FROM exercise_rollups k JOIN session_rollups s ON s.session_id = k.session_id
    WHERE k.user_id = {_ONE} AND {in_window("k", 2)} AND {NOT_STALE} AND k.exercise_id = $6::uuid
    UNION ALL
    SELECT {_SESSION.format(row="s")}, {listed(FIGURES, "f")}
    FROM fresh f JOIN fresh_sessions s ON s.session_id = f.session_id
    WHERE {in_window("f", 2)} AND f.exercise_id = $6::uuid
"""


def _days(sessions: str) -> Reading:
    return Reading.of(f"""
parts AS ({sessions}), days AS (
    SELECT p.local_date AS day, count(*)::integer AS sessions,
           sum(p.completed)::integer AS completed_sessions, sum(p.minutes) AS minutes,
           count(*) FILTER (WHERE p.session_load IS NULL)::integer AS unrated_sessions,
           coalesce(sum(p.session_load), 0) AS session_load, {summed("p")}
    FROM parts p GROUP BY p.local_date
)
SELECT ever.first_ever, days.* FROM (SELECT least(
    (SELECT k.local_date FROM session_rollups k WHERE k.user_id = {_ONE} AND {NOT_STALE}
     ORDER BY k.local_date LIMIT 1),
    (SELECT min(local_date) FROM fresh_sessions)) AS first_ever
) ever LEFT JOIN days ON true ORDER BY days.day
""")


_DAYS: Final = _days(_SESSIONS)
_DAYS_OF_EXERCISE: Final = _days(_SESSIONS_WITH_EXERCISE)

_MUSCLES: Final = Reading.of(f"""
done AS (
    SELECT d.week, d.exercise_id, sum(d.hard_sets) AS hard_sets,
           sum(d.sided_hard_sets) AS sided_hard_sets, sum(d.tonnage_kg) AS tonnage_kg
    FROM (
        SELECT date_trunc('week', k.local_date)::date AS week, k.exercise_id, k.hard_sets,
               k.sided_hard_sets, k.tonnage_kg
        FROM exercise_rollups k WHERE k.user_id = {_ONE} AND {in_window("k", 2)} AND {NOT_STALE}
        UNION ALL
        SELECT date_trunc('week', f.local_date)::date, f.exercise_id, f.hard_sets,
               f.sided_hard_sets, f.tonnage_kg
        FROM fresh f WHERE {in_window("f", 2)}
    ) d WHERE $6::uuid IS NULL OR d.exercise_id = $6 GROUP BY d.week, d.exercise_id
)
SELECT done.week, m.muscle,
       coalesce(sum(hard_sets) FILTER (WHERE is_primary), 0)::integer AS primary_sets,
       coalesce(sum(sided_hard_sets) FILTER (WHERE is_primary), 0)::integer AS sided_primary_sets,
       coalesce(sum(hard_sets) FILTER (WHERE NOT is_primary), 0)::integer AS secondary_sets,
       coalesce(sum(sided_hard_sets) FILTER (WHERE NOT is_primary), 0)::integer
           AS sided_secondary_sets,
       coalesce(sum(tonnage_kg) FILTER (WHERE is_primary), 0) AS tonnage_kg
FROM done JOIN exercises e ON e.id = done.exercise_id
CROSS JOIN LATERAL (
    SELECT unnest(e.primary_muscles) AS muscle, true AS is_primary
    UNION ALL SELECT unnest(e.secondary_muscles), false
) m GROUP BY done.week, m.muscle ORDER BY done.week, m.muscle
""")


class SqlDayReader:
    """Adds up; each reading is one statement, so that its parts agree with one another."""

    def __init__(self, pool: DriverPool) -> None:
        self._library = Library(pool)

    async def days(self, user_id: UUID, window: Window, exercise_id: UUID | None) -> TrainingDays:
        """Return the days of a window on which somebody trained, or did one exercise, in order."""
        if exercise_id is None:
            rows = await self._library.read(_DAYS, [user_id], *bounds(window))
        else:
            rows = await self._library.read(
                _DAYS_OF_EXERCISE, [user_id], *bounds(window), exercise_id
            )
        return TrainingDays(
            first_ever=rows[0]["first_ever"],
            days=tuple(_day(row) for row in rows if row["day"] is not None),
        )

    async def muscles(
        self, user_id: UUID, window: Window, exercise_id: UUID | None
    ) -> list[MuscleWeek]:
        """Return what every muscle did in every week of a window, in order."""
        rows = await self._library.read(_MUSCLES, [user_id], *bounds(window), exercise_id)
        return [muscle_week(row) for row in rows]


def _day(row: Mapping[str, Any]) -> DayFigures:
    return DayFigures(
        day=row["day"],
        sessions=row["sessions"],
        completed_sessions=row["completed_sessions"],
        unrated_sessions=row["unrated_sessions"],
        minutes=row["minutes"],
        session_load=row["session_load"],
        figures=figures(row),
    )


def muscle_week(row: Mapping[str, Any]) -> MuscleWeek:
    """Make a muscle's week of a row with its counts."""
    return MuscleWeek(
        week=row["week"],
        muscle=row["muscle"],
        primary_sets=whole_sets(row["primary_sets"], row["sided_primary_sets"]),
        secondary_sets=whole_sets(row["secondary_sets"], row["sided_secondary_sets"]),
        tonnage_kg=row["tonnage_kg"],
    )
