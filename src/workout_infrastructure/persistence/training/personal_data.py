"""What an account planned, was given and performed."""

from typing import Final

from workout_infrastructure.persistence.json_sql import instant
from workout_infrastructure.persistence.personal_data import Part
from workout_infrastructure.persistence.training.shapes import SET_COLUMNS, SET_SOURCE

_PRESCRIPTIONS = """
coalesce((SELECT json_agg(y ORDER BY y.order_index) FROM (
    SELECT x.id, x.exercise_id, e.name AS exercise_name, x.order_index, x.sets, x.reps, x.weight,
           x.unit, x.duration_seconds, x.distance_meters, x.rest_time_seconds, x.notes,
           x.targets, x.block_index AS block
    FROM {rows} x JOIN exercises e ON e.id = x.exercise_id
    WHERE x.{plan_id} = w.id) y), '[]'::json)
"""
_OF_WORKOUT = _PRESCRIPTIONS.format(rows="workout_exercises", plan_id="workout_id")
_OF_TEMPLATE = _PRESCRIPTIONS.format(rows="workout_template_exercises", plan_id="template_id")
_SHOWN = f"""
json_build_object('id', w.id, 'name', w.name, 'description', w.description,
    'trainer_id', w.trainer_id, 'athlete_id', w.athlete_id, 'type', w.type, 'status', w.status,
    'scheduled_date', {instant("w.scheduled_date")},
    'estimated_duration_minutes', w.estimated_duration_minutes,
    'exercises', {_OF_WORKOUT}, 'blocks', w.blocks, 'created_at', {instant("w.created_at")},
    'updated_at', {instant("w.updated_at")})::text AS item
"""
_PLANNED = f"""
SELECT {_SHOWN} FROM workouts w
JOIN trainers t ON t.id = w.trainer_id AND t.deleted_at IS NULL
WHERE t.user_id = $1::uuid AND w.deleted_at IS NULL ORDER BY w.scheduled_date, w.id
"""
_ASSIGNED = f"""
SELECT {_SHOWN} FROM workouts w
JOIN athletes a ON a.id = w.athlete_id AND a.deleted_at IS NULL
WHERE a.user_id = $1::uuid AND w.deleted_at IS NULL ORDER BY w.scheduled_date, w.id
"""
_TEMPLATES = f"""
SELECT json_build_object('id', w.id, 'name', w.name, 'description', w.description,
    'type', w.type, 'estimated_duration_minutes', w.estimated_duration_minutes, 'tags', w.tags,
    'exercises', {_OF_TEMPLATE}, 'blocks', w.blocks, 'created_at', {instant("w.created_at")},
    'updated_at', {instant("w.updated_at")})::text AS item
FROM workout_templates w WHERE w.owner_id = $1::uuid AND w.deleted_at IS NULL
ORDER BY w.created_at, w.id
"""
_SETS = f"""
coalesce((SELECT json_agg(y ORDER BY y.sequence) FROM (
    SELECT {SET_COLUMNS} FROM {SET_SOURCE}
    WHERE p.session_id = s.id AND p.deleted_at IS NULL) y), '[]'::json)
"""
_LOGS = """
coalesce((SELECT json_agg(y ORDER BY y.order_index) FROM (
    SELECT l.order_index, l.exercise_id, e.name AS exercise_name, l.planned_sets,
           l.completed_sets, l.is_completed, l.targets, l.substituted_exercise_id
    FROM exercise_logs l JOIN exercises e ON e.id = l.exercise_id
    WHERE l.session_id = s.id) y), '[]'::json)
"""
_SESSIONS = f"""
SELECT json_build_object('id', s.id, 'workout_id', s.workout_id, 'athlete_id', s.athlete_id,
    'name', s.name, 'session_date', {instant("s.session_date")},
    'time_zone', s.time_zone, 'local_date', s.local_date,
    'started_at', {instant("s.started_at")}, 'completed_at', {instant("s.completed_at")},
    'duration_minutes', s.duration_minutes, 'status', s.status, 'notes', s.notes,
    'session_rpe', s.session_rpe, 'bodyweight', s.bodyweight,
    'bodyweight_unit', s.bodyweight_unit, 'exercises_summary', s.exercises_summary,
    'client_generated_id', s.client_generated_id,
    'exercise_logs', {_LOGS}, 'sets', {_SETS}, 'created_at', {instant("s.created_at")},
    'updated_at', {instant("s.updated_at")})::text AS item
FROM workout_sessions s WHERE s.user_id = $1::uuid AND s.deleted_at IS NULL
ORDER BY s.session_date, s.id
"""
# Also of sets that were removed: what somebody took out was theirs too.
_SET_HISTORY = f"""
SELECT json_build_object('set_id', h.set_id, 'session_id', p.session_id,
    'operation', h.operation, 'rep_id', h.rep_id, 'changed_by', h.changed_by,
    'changed_at', {instant("h.changed_at")}, 'before', h.before)::text AS item
FROM set_revisions h
JOIN performed_sets p ON p.id = h.set_id
JOIN workout_sessions s ON s.id = p.session_id AND s.deleted_at IS NULL
WHERE s.user_id = $1::uuid ORDER BY h.changed_at, h.set_id, h.sequence
"""

PARTS: Final = (
    Part("planned_workouts", _PLANNED),
    Part("assigned_workouts", _ASSIGNED),
    Part("workout_templates", _TEMPLATES),
    Part("sessions", _SESSIONS),
    Part("set_history", _SET_HISTORY),
)
