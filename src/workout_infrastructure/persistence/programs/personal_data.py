"""What programs hold about an account: its training maxes, its rules and what they decided."""

from typing import Final

from workout_infrastructure.persistence.json_sql import instant
from workout_infrastructure.persistence.personal_data import Part

_OF_ATHLETE: Final = "JOIN athletes a ON a.id = {0}.athlete_id AND a.deleted_at IS NULL"
_NAME: Final = "(SELECT e.name FROM exercises e WHERE e.id = {0}.exercise_id)"
_TRAINING_MAXES: Final = f"""
SELECT json_build_object('id', m.id, 'exercise_id', m.exercise_id,
    'exercise_name', {_NAME.format("m")}, 'value', m.value, 'unit', m.unit,
    'effective_from', m.effective_from, 'reason', m.reason, 'note', m.note, 'set_by', m.set_by,
    'created_at', {instant("m.created_at")})::text AS item
FROM training_maxes m {_OF_ATHLETE.format("m")}
WHERE a.user_id = $1::uuid AND m.deleted_at IS NULL ORDER BY m.created_at, m.id
"""
_HISTORY: Final = f"""
coalesce((SELECT json_agg(json_build_object('id', x.id, 'entry', x.entry,
    'created_at', {instant("x.created_at")}, 'superseded_at', {instant("x.superseded_at")})
    ORDER BY x.created_at, x.id)
    FROM progression_applications x WHERE x.rule_id = r.id), '[]'::json)
"""
_RULES: Final = f"""
SELECT json_build_object('id', r.id, 'exercise_id', r.exercise_id,
    'exercise_name', {_NAME.format("r")}, 'version', r.version, 'parameters', r.parameters,
    'state', r.state, 'created_by', r.created_by, 'applications', {_HISTORY},
    'created_at', {instant("r.created_at")}, 'updated_at', {instant("r.updated_at")})::text AS item
FROM progression_rules r {_OF_ATHLETE.format("r")}
WHERE a.user_id = $1::uuid AND r.deleted_at IS NULL ORDER BY r.created_at, r.id
"""

PARTS: Final = (Part("training_maxes", _TRAINING_MAXES), Part("progression_rules", _RULES))
