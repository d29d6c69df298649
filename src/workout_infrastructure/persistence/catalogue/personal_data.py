"""Exercises an account made."""

from typing import Final

from workout_infrastructure.persistence.catalogue.merges import MERGE_SOURCE
from workout_infrastructure.persistence.json_sql import instant
from workout_infrastructure.persistence.personal_data import Part

_EXERCISES = f"""
SELECT json_build_object('id', e.id, 'name', e.name, 'description', e.description,
    'category', e.category, 'equipment', e.equipment, 'primary_muscles', e.primary_muscles,
    'secondary_muscles', e.secondary_muscles, 'movement_pattern', e.movement_pattern,
    'measurement_type', e.measurement_type, 'load_kind', e.load_kind,
    'bodyweight_share', e.bodyweight_share, 'laterality', e.laterality,
    'aliases', e.aliases, 'is_active', e.is_active,
    'created_at', {instant("e.created_at")}, 'updated_at', {instant("e.updated_at")})::text AS item
FROM exercises e WHERE e.owner_id = $1::uuid AND e.deleted_at IS NULL
ORDER BY e.created_at, e.id
"""

_MERGES = f"""
SELECT json_build_object('id', m.id, 'source_id', m.source_id, 'source_name', source.name,
    'into_id', m.into_id, 'into_name', into_.name, 'merged_at', {instant("m.merged_at")},
    'sessions', m.sessions, 'sets', m.sets, 'workouts', m.workouts,
    'templates', m.templates, 'finished_at', {instant("m.finished_at")})::text AS item
FROM {MERGE_SOURCE} WHERE m.merged_by = $1::uuid ORDER BY m.merged_at, m.id
"""

PARTS: Final = (Part("exercises", _EXERCISES), Part("exercise_merges", _MERGES))
