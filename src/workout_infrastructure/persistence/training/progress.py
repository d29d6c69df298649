"""How far an athlete has come with a workout, as training and whoever tells of it see it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

# An exercise that others stand in for counts once, and is done when all of them are.
PROGRESS: Final = """
WITH own AS (
    SELECT id, session_date, started_at, duration_minutes FROM workout_sessions
    WHERE workout_id = $1::uuid AND athlete_id = $2::uuid AND deleted_at IS NULL
), latest AS (SELECT id, session_date FROM own ORDER BY started_at DESC, id DESC LIMIT 1),
asked_for AS (
    SELECT bool_and(l.is_completed) AS is_completed
    FROM exercise_logs l JOIN latest ON l.session_id = latest.id
    WHERE l.planned_sets IS NOT NULL GROUP BY coalesce(l.substituted_exercise_id, l.exercise_id)
)
SELECT (SELECT count(*) FROM asked_for) AS total,
       (SELECT count(*) FROM asked_for WHERE is_completed) AS done,
       (SELECT session_date FROM latest) AS last_session_date,
       (SELECT coalesce(round(avg(coalesce(duration_minutes, 0)), 2), 0) FROM own) AS average
"""
"""Of a workout and an athlete, from the session that was started last."""


def completion_percentage(row: Mapping[str, Any]) -> Decimal:
    """Return the share of planned exercises that are completed, 0 where there are none."""
    total, done = row["total"], row["done"]
    percentage = Decimal(done * 100) / total if total else Decimal(0)
    return round(percentage, 2).normalize() + 0
