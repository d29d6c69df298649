"""What identity holds about an account, without anything that would let somebody in."""

from typing import Final

from workout_infrastructure.persistence.identity.login_reading import LOGIN_JSON
from workout_infrastructure.persistence.json_sql import instant
from workout_infrastructure.persistence.personal_data import Part

_ACCOUNT = f"""
SELECT json_build_object('id', u.id, 'username', u.username, 'email', u.email,
    'email_confirmed', u.email_confirmed, 'first_name', u.first_name, 'last_name', u.last_name,
    'date_of_birth', u.date_of_birth,
    'gender', (ARRAY['not_specified', 'male', 'female', 'other'])[u.gender + 1],
    'phone_number', u.phone_number, 'profile_picture_url', u.profile_picture_url,
    'preferred_unit', u.preferred_unit, 'time_zone', u.time_zone,
    'two_factor_enabled', u.two_factor_enabled,
    'second_factor_confirmed_at', (SELECT {instant("f.confirmed_at")} FROM second_factors f
        WHERE f.user_id = u.id AND f.deleted_at IS NULL),
    'created_at', {instant("u.created_at")}, 'updated_at', {instant("u.updated_at")})::text AS item
FROM users u WHERE u.id = $1::uuid AND u.deleted_at IS NULL
"""
_ROLES = """
SELECT to_json(r.role)::text AS item FROM user_roles r WHERE r.user_id = $1::uuid ORDER BY r.role
"""
_EXTERNAL = f"""
SELECT json_build_object('issuer', x.issuer, 'subject', x.subject,
    'linked_at', {instant("x.linked_at")})::text AS item
FROM external_identities x WHERE x.user_id = $1::uuid ORDER BY x.linked_at
"""
_LOGINS = f"""
SELECT ({LOGIN_JSON})::text AS item FROM login_history h WHERE h.user_id = $1::uuid
ORDER BY h.login_time, h.id
"""
_SESSIONS = f"""
SELECT json_build_object('id', s.id, 'method', s.method, 'ip_address', s.ip_address,
    'user_agent', s.user_agent, 'created_at', {instant("s.created_at")},
    'updated_at', {instant("s.updated_at")}, 'ended_at', {instant("s.revoked_at")})::text AS item
FROM login_sessions s WHERE s.user_id = $1::uuid AND s.deleted_at IS NULL
ORDER BY s.created_at, s.id
"""
_KEYS = f"""
SELECT json_build_object('id', k.id, 'name', k.name, 'prefix', k.prefix, 'scopes', k.scopes,
    'created_at', {instant("k.created_at")}, 'expires_at', {instant("k.expires_at")},
    'last_used_at', {instant("k.last_used_at")}, 'revoked_at', {instant("k.revoked_at")}
    )::text AS item
FROM api_keys k WHERE k.user_id = $1::uuid AND k.deleted_at IS NULL ORDER BY k.created_at, k.id
"""

PARTS: Final = (
    Part("account", _ACCOUNT, is_list=False),
    Part("roles", _ROLES),
    Part("external_identities", _EXTERNAL),
    Part("login_history", _LOGINS),
    Part("login_sessions", _SESSIONS),
    Part("api_keys", _KEYS),
)
