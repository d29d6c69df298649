"""Exercises an account made."""

from typing import Final

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

PARTS: Final = (Part("exercises", _EXERCISES),)
