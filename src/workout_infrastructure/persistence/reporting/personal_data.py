"""What is computed of an account, and what was computed for it."""

from typing import Final

from workout_infrastructure.persistence.json_sql import instant
from workout_infrastructure.persistence.personal_data import Part

_OF_A_MONTH: Final = """
'sessions', x.sessions, 'completed_sessions', x.completed_sessions, 'minutes', x.minutes,
'working_sets', x.working_sets, 'repetitions', x.repetitions, 'volume_kg', x.volume_kg,
'planned_workouts', x.planned_workouts, 'completed_workouts', x.completed_workouts,
'personal_records', x.personal_records
"""
_ANALYTICS: Final = f"""
SELECT json_build_object('computed_at', {instant("f.computed_at")}, 'from_date', f.from_date,
    'to_date', f.to_date, 'sessions', f.sessions, 'completed_sessions', f.completed_sessions,
    'minutes', f.minutes, 'working_sets', f.working_sets, 'repetitions', f.repetitions,
    'volume_kg', f.volume_kg, 'sessions_per_week', f.sessions_per_week,
    'planned_workouts', f.planned_workouts, 'completed_workouts', f.completed_workouts,
    'completion', f.completion, 'estimated_maxima', f.estimated_maxima)::text AS item
FROM athlete_analytics f JOIN athletes a ON a.id = f.athlete_id AND a.deleted_at IS NULL
WHERE a.user_id = $1::uuid
"""
_MADE: Final = f"""
SELECT json_build_object('year', m.year, 'month', m.month,
    'generated_at', {instant("m.generated_at")}, 'athletes', coalesce((
        SELECT json_agg(json_build_object('athlete_id', x.athlete_id, 'name', x.name,
            {_OF_A_MONTH}) ORDER BY x.name, x.athlete_id)
        FROM monthly_report_athletes x WHERE x.report_id = m.id), '[]'::json))::text AS item
FROM monthly_reports m JOIN trainers t ON t.id = m.trainer_id AND t.deleted_at IS NULL
WHERE t.user_id = $1::uuid AND m.generated_at IS NOT NULL ORDER BY m.year, m.month
"""
_REPORTED: Final = f"""
SELECT json_build_object('year', m.year, 'month', m.month, 'trainer_id', m.trainer_id,
    'generated_at', {instant("m.generated_at")}, {_OF_A_MONTH})::text AS item
FROM monthly_report_athletes x JOIN monthly_reports m ON m.id = x.report_id
JOIN athletes a ON a.id = x.athlete_id AND a.deleted_at IS NULL
WHERE a.user_id = $1::uuid ORDER BY m.year, m.month, m.trainer_id
"""

PARTS: Final = (
    Part("athlete_analytics", _ANALYTICS),
    Part("monthly_reports", _MADE),
    Part("reported_months", _REPORTED),
)
