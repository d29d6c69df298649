"""What coaching holds about an account; of the people it worked with only their names."""

from typing import Final

from workout_infrastructure.persistence.json_sql import instant
from workout_infrastructure.persistence.personal_data import Part

_PROFILE = f"""
(SELECT json_build_object('id', {{0}}.id, {{2}}, 'created_at', {instant("{0}.created_at")})
 FROM {{1}} {{0}} WHERE {{0}}.user_id = $1::uuid AND {{0}}.deleted_at IS NULL)
"""
_TRAINER = "'bio', t.bio, 'specialization', t.specialization"
_ATHLETE = "'height', a.height, 'weight', a.weight, 'unit', a.unit"
_PROFILES = f"""
SELECT json_build_object('trainer', {_PROFILE.format("t", "trainers", _TRAINER)},
    'athlete', {_PROFILE.format("a", "athletes", _ATHLETE)})::text AS item
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
# The coach's own notes, and those a coach has shared with the athlete.
_NOTES = f"""
SELECT json_build_object('id', n.id, 'relation_id', n.relation_id, 'text', n.text,
    'visibility', n.visibility, 'created_at', {instant("n.created_at")},
    'updated_at', {instant("n.updated_at")})::text AS item
FROM coaching_notes n JOIN coaching_relations r ON r.id = n.relation_id
WHERE (r.trainer_user_id = $1::uuid OR (r.athlete_user_id = $1::uuid AND n.visibility = 'shared'))
AND n.deleted_at IS NULL AND r.deleted_at IS NULL ORDER BY n.created_at, n.id
"""
_GROUPS = f"""
SELECT json_build_object('id', g.id, 'name', g.name, 'description', g.description,
    'athlete_ids', array(SELECT m.athlete_id FROM coaching_group_members m
                         WHERE m.group_id = g.id ORDER BY 1),
    'created_at', {instant("g.created_at")})::text AS item
FROM coaching_groups g JOIN trainers t ON t.id = g.trainer_id AND t.deleted_at IS NULL
WHERE t.user_id = $1::uuid AND g.deleted_at IS NULL ORDER BY g.created_at, g.id
"""
_ACCESS_LOG = f"""
SELECT json_build_object('id', l.id, 'occurred_at', {instant("l.occurred_at")},
    'last_at', {instant("l.last_at")}, 'count', l.count, 'trainer_id', l.trainer_id,
    'name', u.first_name || ' ' || u.last_name, 'action', l.action, 'subject', l.subject,
    'subject_id', l.subject_id, 'operation', l.operation)::text AS item
FROM coaching_access_log l JOIN athletes a ON a.id = l.athlete_id AND a.deleted_at IS NULL
LEFT JOIN users u ON u.id = l.user_id
WHERE a.user_id = $1::uuid ORDER BY l.occurred_at, l.id
"""

PARTS: Final = (
    Part("profiles", _PROFILES, is_list=False),
    Part("relations", _RELATIONS),
    Part("invitations", _INVITATIONS),
    Part("notes", _NOTES),
    Part("groups", _GROUPS),
    Part("access_log", _ACCESS_LOG),
)
