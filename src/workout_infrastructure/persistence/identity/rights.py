"""What an account may do now, as columns and joins of ``users u``."""

from typing import Final

RIGHTS: Final = """
u.id AS user_id, t.id AS trainer_id, a.id AS athlete_id, u.preferred_unit, u.time_zone,
array(SELECT r.role FROM user_roles r WHERE r.user_id = u.id) AS roles
"""
PROFILES: Final = """
LEFT JOIN trainers t ON t.user_id = u.id AND t.deleted_at IS NULL
LEFT JOIN athletes a ON a.user_id = u.id AND a.deleted_at IS NULL
"""
