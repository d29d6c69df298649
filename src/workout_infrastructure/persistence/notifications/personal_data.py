"""What an account was told."""

from typing import Final

from workout_infrastructure.persistence.json_sql import instant
from workout_infrastructure.persistence.personal_data import Part

_NOTIFICATIONS = f"""
SELECT json_build_object('id', n.id, 'message', n.message, 'type', n.type, 'data', n.data,
    'created_at', {instant("n.created_at")}, 'read_at', {instant("n.read_at")})::text AS item
FROM notifications n WHERE n.user_id = $1::uuid AND n.deleted_at IS NULL
ORDER BY n.created_at, n.id
"""

PARTS: Final = (Part("notifications", _NOTIFICATIONS),)
