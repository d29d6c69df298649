"""SQL fragments that give nested parts as JSON text, so that a read builds no objects for them."""

from workout_infrastructure.persistence.json_sql import instant

WORKOUT_EXERCISES = """
coalesce((SELECT json_agg(y ORDER BY y.order_index)::text FROM (
    SELECT x.id, x.exercise_id, x.order_index, x.sets, x.reps, x.weight, x.unit,
           x.duration_seconds, x.distance_meters, x.rest_time_seconds, x.notes, x.targets,
           x.block_index AS block
    FROM workout_exercises x WHERE x.workout_id = w.id) y), '[]') AS exercises_json
"""

WORKOUT_COLUMNS = f"""
w.id, w.name, w.description, w.trainer_id, w.athlete_id, w.type, w.status, w.scheduled_date,
w.estimated_duration_minutes, w.created_at, w.updated_at, w.revision, {WORKOUT_EXERCISES},
w.blocks::text AS blocks_json
"""

REPS = """
coalesce((SELECT json_agg(z ORDER BY z.rep_number) FROM (
    SELECT r.id, r.set_id, r.rep_number, r.weight, r.unit, r.success, r.client_generated_id
    FROM performed_reps r WHERE r.set_id = p.id) z), '[]'::json) AS reps
"""

SET_COLUMNS = f"""
p.id, p.session_id, p.exercise_id, e.name AS exercise_name, t.code AS set_type, p.set_type_id,
p.weight, p.unit, p.number_reps, {REPS}, p.duration_seconds, p.distance_meters, p.rpe, p.rir,
p.description, p.notes, {instant("p.performed_at")} AS performed_at, p.sequence,
p.client_generated_id
"""

SET_SOURCE = """
performed_sets p
JOIN exercises e ON e.id = p.exercise_id
JOIN set_types t ON t.id = p.set_type_id
"""

SETS = f"""
coalesce((SELECT json_agg(y ORDER BY y.sequence)::text FROM (
    SELECT {SET_COLUMNS} FROM {SET_SOURCE}
    WHERE p.session_id = s.id AND p.deleted_at IS NULL) y), '[]') AS sets_json
"""

EXERCISE_LOGS = """
coalesce((SELECT json_agg(y.shown ORDER BY y.order_index, y.id)::text FROM (
    SELECT l.order_index, l.id, json_build_object(
        'exercise_id', l.exercise_id, 'exercise_name', e.name, 'planned_sets', l.planned_sets,
        'completed_sets', l.completed_sets, 'is_completed', l.is_completed) AS shown
    FROM exercise_logs l JOIN exercises e ON e.id = l.exercise_id
    WHERE l.session_id = s.id) y), '[]') AS exercise_logs_json
"""

REST_TIMER = f"""
CASE WHEN s.rest_ends_at IS NOT NULL THEN json_build_object(
    'seconds', s.rest_seconds, 'ends_at', {instant("s.rest_ends_at")})::text END
AS rest_timer_json
"""

SESSION_COLUMNS = f"""
s.id, s.workout_id, s.user_id, s.athlete_id, s.name, s.session_date, s.started_at,
s.completed_at, s.duration_minutes, s.status, s.notes,
s.exercises_summary::text AS exercises_summary_json, s.sequence, {REST_TIMER},
s.client_generated_id, {EXERCISE_LOGS}, s.created_at, s.updated_at, s.revision
"""

SESSION_DETAIL = f"""
SELECT {SESSION_COLUMNS}, {SETS} FROM workout_sessions s
WHERE s.id = $1::uuid AND s.deleted_at IS NULL
"""
