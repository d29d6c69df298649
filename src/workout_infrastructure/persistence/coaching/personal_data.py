"""What coaching holds about an account; of the people it worked with only their names."""

from typing import Final

from workout_infrastructure.persistence.json_sql import instant
from workout_infrastructure.persistence.personal_data import Part

_PROFILE = f"""
(SELECT json_build_object('id', {{0}}.id, 'created_at', {instant("{0}.created_at")})
 FROM {{1}} {{0}} WHERE {{0}}.user_id = $1::uuid AND {{0}}.deleted_at IS NULL)
"""
_PROFILES = f"""
SELECT json_build_object('trainer', {_PROFILE.format("t", "trainers")},
    'athlete', {_PROFILE.format("a", "athletes")})::text AS item
"""
# Somebody who deleted their account is shown by the name that is left.
_RELATIONS = f"""
SELECT json_build_object('id', r.id, 'trainer_id', r.trainer_id,
    'trainer_name', t.first_name || ' ' || t.last_name, 'athlete_id', r.athlete_id,
    'athlete_name', a.first_name || ' ' || a.last_name, 'status', r.status, 'scopes', r.scopes,
    'paused_by', r.paused_by, 'accepted_at', {instant("r.accepted_at")},
    'ended_at', {instant("r.ended_at")})::text AS item
FROM coaching_relations r
JOIN users t ON t.id = r.trainer_user_id
JOIN users a ON a.id = r.athlete_user_id
WHERE (r.trainer_user_id = $1::uuid OR r.athlete_user_id = $1::uuid) AND r.deleted_at IS NULL
ORDER BY r.accepted_at, r.id
"""
_INVITATIONS = f"""
SELECT json_build_object('id', i.id, 'message', i.message, 'scopes', i.scopes,
    'status', i.status, 'relation_id', i.relation_id,
    'created_at', {instant("i.created_at")}, 'expires_at', {instant("i.expires_at")},
    'answered_at', {instant("i.answered_at")})::text AS item
FROM coaching_invitations i WHERE i.trainer_user_id = $1::uuid AND i.deleted_at IS NULL
ORDER BY i.created_at, i.id
"""

PARTS: Final = (
    Part("profiles", _PROFILES, is_list=False),
    Part("relations", _RELATIONS),
    Part("invitations", _INVITATIONS),
)
