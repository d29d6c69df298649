"""The plate inventories of an account."""

from typing import Final

from workout_infrastructure.persistence.json_sql import instant
from workout_infrastructure.persistence.personal_data import Part

_PLATE_INVENTORIES = f"""
SELECT json_build_object('id', i.id, 'name', i.name, 'is_default', i.is_default,
    'contents', i.contents, 'created_at', {instant("i.created_at")},
    'updated_at', {instant("i.updated_at")})::text AS item
FROM plate_inventories i WHERE i.user_id = $1::uuid AND i.deleted_at IS NULL
ORDER BY i.created_at, i.id
"""

PARTS: Final = (Part("plate_inventories", _PLATE_INVENTORIES),)
