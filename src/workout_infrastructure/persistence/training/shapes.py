"""SQL fragments that give nested parts as JSON text, so that a read builds no objects for them."""

from workout_domain.kernel.load import KILOGRAMS_PER_POUND
from workout_infrastructure.persistence.json_sql import instant

_PRESCRIBED = """
coalesce((SELECT json_agg(y ORDER BY y.order_index)::text FROM (
    SELECT x.id, x.exercise_id, x.order_index, x.sets, x.reps, x.weight, x.unit,
           x.duration_seconds, x.distance_meters, x.rest_time_seconds, x.notes, x.targets,
           x.block_index AS block
    FROM {rows} x WHERE x.{is_of}) y), '[]') AS exercises_json
"""

WORKOUT_EXERCISES = _PRESCRIBED.format(rows="workout_exercises", is_of="workout_id = w.id")

WORKOUT_COLUMNS = f"""
w.id, w.name, w.description, w.trainer_id, w.athlete_id, w.type, w.status, w.scheduled_date,
w.estimated_duration_minutes, w.created_at, w.updated_at, w.revision, {WORKOUT_EXERCISES},
w.blocks::text AS blocks_json
"""

TEMPLATE_COLUMNS = f"""
t.id, t.name, t.description, t.type, t.estimated_duration_minutes, t.tags, t.owner_id,
t.created_at, t.updated_at, t.revision,
{_PRESCRIBED.format(rows="workout_template_exercises", is_of="template_id = t.id")},
t.blocks::text AS blocks_json
"""


def shown_in_unit_of_set(kilograms: str) -> str:
    """Show a column of exact kilograms in the unit of the set ``p``, to three decimals."""
    pounds = f"{kilograms}::numeric(40, 20) / {KILOGRAMS_PER_POUND}"
    return f"round(CASE p.unit WHEN 'pounds' THEN {pounds} ELSE {kilograms} END, 3)"


SET_COLUMNS = f"""
p.id, p.session_id, p.exercise_id, e.name AS exercise_name, t.code AS set_type, p.set_type_id,
p.weight, p.unit, p.number_reps, q.reps, p.duration_seconds, p.distance_meters, p.rpe, p.rir,
p.side, p.parent_set_id, p.load_kind, {shown_in_unit_of_set("p.effective_kg")} AS effective_load,
coalesce(p.unit, 'kilograms') AS effective_load_unit,
{shown_in_unit_of_set("p.bodyweight_kg")} AS bodyweight, p.bodyweight_share,
round(q.volume_kg, 3) AS volume, 'kilograms' AS volume_unit, p.description, p.notes, p.target,
p.target_number, p.deviation, {instant("p.performed_at")} AS performed_at, p.sequence,
p.client_generated_id
"""

SET_SOURCE = """
performed_sets p
JOIN exercises e ON e.id = p.exercise_id
JOIN set_types t ON t.id = p.set_type_id
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg((SELECT z FROM (
               SELECT r.id, r.set_id, r.rep_number, r.weight, r.unit, r.success,
                      r.client_generated_id) z) ORDER BY r.rep_number), '[]'::json) AS reps,
           sum(r.effective_kg * r.success::integer) AS volume_kg
    FROM performed_reps r WHERE r.set_id = p.id) q
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
        'completed_sets', l.completed_sets, 'is_completed', l.is_completed,
        'substituted_exercise_id', l.substituted_exercise_id) AS shown
    FROM exercise_logs l JOIN exercises e ON e.id = l.exercise_id
    WHERE l.session_id = s.id) y), '[]') AS exercise_logs_json
"""

# Warm-ups are work of no volume.
_WORKED = """
SELECT p.exercise_id, sum(r.effective_kg * r.success::integer) AS volume_kg
FROM performed_sets p
JOIN set_types t ON t.id = p.set_type_id AND NOT t.is_warm_up
JOIN performed_reps r ON r.set_id = p.id
WHERE p.session_id = s.id AND p.deleted_at IS NULL GROUP BY p.exercise_id
"""

EXERCISES_PERFORMED = f"""
coalesce((SELECT json_agg(y.shown ORDER BY y.order_index, y.id)::text FROM (
    SELECT l.order_index, l.id, json_build_object(
        'exercise_id', l.exercise_id, 'exercise_name', e.name, 'planned_sets', l.planned_sets,
        'completed_sets', l.completed_sets, 'is_completed', l.is_completed,
        'substituted_exercise_id', l.substituted_exercise_id, 'targets', l.targets,
        'volume', round(coalesce(v.volume_kg, 0), 3), 'volume_unit', 'kilograms') AS shown
    FROM exercise_logs l JOIN exercises e ON e.id = l.exercise_id
    LEFT JOIN ({_WORKED}) v ON v.exercise_id = l.exercise_id
    WHERE l.session_id = s.id) y), '[]') AS exercise_logs_json
"""

SESSION_VOLUME = f"""
(SELECT round(coalesce(sum(v.volume_kg), 0), 3) FROM ({_WORKED}) v) AS volume,
'kilograms' AS volume_unit
"""

REST_TIMER = f"""
CASE WHEN s.rest_ends_at IS NOT NULL THEN json_build_object(
    'seconds', s.rest_seconds, 'ends_at', {instant("s.rest_ends_at")})::text END
AS rest_timer_json
"""

_SESSION = f"""
s.id, s.workout_id, s.user_id, s.athlete_id, s.name, s.session_date, s.time_zone, s.local_date,
s.started_at, s.completed_at, s.duration_minutes, s.status, s.notes,
s.exercises_summary::text AS exercises_summary_json, s.session_rpe, s.bodyweight,
s.bodyweight_unit, s.sequence, {REST_TIMER}, s.client_generated_id, s.created_at, s.updated_at,
s.revision
"""

SESSION_COLUMNS = f"{_SESSION}, {EXERCISE_LOGS}"

SESSION_DETAIL = f"""
SELECT {_SESSION}, {EXERCISES_PERFORMED}, {SESSION_VOLUME}, {SETS} FROM workout_sessions s
WHERE s.id = $1::uuid AND s.deleted_at IS NULL
"""
