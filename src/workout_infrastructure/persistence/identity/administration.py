"""Accounts as administrators see them: found, shown with what was odd, counted."""

import re
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from workout_application.encoding import encode, raw
from workout_application.identity.ports import AccountFilter
from workout_application.identity.views import AccountDetailView, AccountView, RolesView
from workout_application.messaging.documents import Document
from workout_domain.identity.errors import UserNotFound
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.identity.login_reading import LOGIN_JSON
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_shared.pages import Page, PageRequest

WINDOW: Final = timedelta(hours=24)
RECENT_LOGINS: Final = 20

_IS_ODD = """
('many_failures' = ANY (h.marks)
 OR h.is_successful AND h.marks @> ARRAY['new_device', 'new_address'])
"""
# Within the window, unless an administrator looked into it since; $1 is where the window begins.
_LATELY = """
h.user_id = u.id AND h.login_time > $1::timestamptz
AND h.login_time > coalesce(u.reviewed_at, '-infinity')
"""
_COLUMNS = """
u.id, u.username, u.email, u.first_name || ' ' || u.last_name AS name,
array(SELECT r.role FROM user_roles r WHERE r.user_id = u.id ORDER BY 1) AS roles,
t.id AS trainer_id, a.id AS athlete_id, u.email_confirmed, u.two_factor_enabled,
u.locked_at IS NOT NULL AS is_locked, u.locked_at, odd.suspicious, odd.marks,
(SELECT max(s.created_at) FROM login_sessions s
 WHERE s.user_id = u.id AND s.deleted_at IS NULL) AS last_login_at, u.created_at, u.revision
"""
_SOURCE = f"""
users u
LEFT JOIN trainers t ON t.user_id = u.id AND t.deleted_at IS NULL
LEFT JOIN athletes a ON a.user_id = u.id AND a.deleted_at IS NULL
CROSS JOIN LATERAL (
    SELECT coalesce(bool_or({_IS_ODD}), FALSE) AS suspicious,
           coalesce(array_agg(DISTINCT m.mark) FILTER (WHERE m.mark IS NOT NULL), '{{}}') AS marks
    FROM login_history h LEFT JOIN LATERAL unnest(h.marks) AS m (mark) ON TRUE
    WHERE {_LATELY}) AS odd
"""
_SUSPICIOUS = f"EXISTS (SELECT 1 FROM login_history h WHERE {_LATELY} AND {_IS_ODD})"
_WANTED = """
FROM users u WHERE u.deleted_at IS NULL AND $1::timestamptz IS NOT NULL
AND ($2::text IS NULL OR u.username ILIKE $2 OR u.email ILIKE $2
     OR u.first_name || ' ' || u.last_name ILIKE $2)
AND ($3::text IS NULL OR EXISTS (
    SELECT 1 FROM user_roles r WHERE r.user_id = u.id AND r.role = $3))
AND ($4::boolean IS NULL OR (u.locked_at IS NOT NULL) = $4) AND {suspicious}
"""
_LISTED = {
    None: _WANTED.format(suspicious="TRUE"),
    True: _WANTED.format(suspicious=_SUSPICIOUS),
    False: _WANTED.format(suspicious=f"NOT {_SUSPICIOUS}"),
}
_COUNTS = {wanted: f"SELECT count(*) {listed}" for wanted, listed in _LISTED.items()}
# The page is cut before anything else is read.
_PAGES = {
    wanted: f"""
WITH wanted AS MATERIALIZED (
    SELECT u.id, row_number() OVER (ORDER BY %s, u.id) AS place {listed}
    ORDER BY place LIMIT $5 OFFSET $6)
SELECT {_COLUMNS} FROM {_SOURCE} JOIN wanted ON wanted.id = u.id
WHERE u.deleted_at IS NULL ORDER BY wanted.place
"""
    for wanted, listed in _LISTED.items()
}
_NAME = "lower(u.first_name || ' ' || u.last_name)"
_ORDER: Final = {
    "username": "lower(u.username)",
    "-username": "lower(u.username) DESC",
    "email": "lower(u.email)",
    "-email": "lower(u.email) DESC",
    "name": _NAME,
    "-name": f"{_NAME} DESC",
    "created_at": "u.created_at",
    "-created_at": "u.created_at DESC",
    "locked_at": "u.locked_at",
    "-locked_at": "u.locked_at DESC NULLS LAST",
}
_ONE = f"SELECT {_COLUMNS} FROM {_SOURCE} WHERE u.id = $2::uuid AND u.deleted_at IS NULL"
_DETAIL = f"""
SELECT {_COLUMNS}, u.reviewed_at, u.time_zone, u.updated_at,
json_build_object(
    'login_sessions', (SELECT count(*) FROM login_sessions s
        WHERE s.user_id = u.id AND s.revoked_at IS NULL AND s.deleted_at IS NULL AND EXISTS (
            SELECT 1 FROM refresh_tokens f
            WHERE f.session_id = s.id AND f.expires_at > $3::timestamptz)),
    'api_keys', (SELECT count(*) FROM api_keys k
        WHERE k.user_id = u.id AND k.revoked_at IS NULL AND k.deleted_at IS NULL
        AND (k.expires_at IS NULL OR k.expires_at > $3::timestamptz)),
    'coached_athletes', (SELECT count(*) FROM coaching_relations c
        WHERE c.trainer_user_id = u.id AND c.status <> 'ended' AND c.deleted_at IS NULL),
    'coaches', (SELECT count(*) FROM coaching_relations c
        WHERE c.athlete_user_id = u.id AND c.status <> 'ended' AND c.deleted_at IS NULL),
    'planned_workouts', (SELECT count(*) FROM workouts w
        WHERE w.trainer_id = t.id AND w.deleted_at IS NULL),
    'assigned_workouts', (SELECT count(*) FROM workouts w
        WHERE w.athlete_id = a.id AND w.deleted_at IS NULL),
    'sessions', (SELECT count(*) FROM workout_sessions w
        WHERE w.user_id = u.id AND w.deleted_at IS NULL),
    'exercises', (SELECT count(*) FROM exercises e
        WHERE e.owner_id = u.id AND e.deleted_at IS NULL))::text AS counts,
coalesce((SELECT json_agg(l.shown)::text FROM (
    SELECT {LOGIN_JSON} AS shown FROM login_history h WHERE h.user_id = u.id
    ORDER BY h.login_time DESC, h.id DESC LIMIT {RECENT_LOGINS}) l), '[]') AS recent_logins
FROM {_SOURCE} WHERE u.id = $2::uuid AND u.deleted_at IS NULL
"""
_ROLES = """
SELECT u.id AS user_id, u.revision,
       array(SELECT r.role FROM user_roles r WHERE r.user_id = u.id ORDER BY 1) AS roles
FROM users u WHERE u.id = $1::uuid AND u.deleted_at IS NULL
"""
_NAMED = """
SELECT id FROM users
WHERE deleted_at IS NULL AND (lower(username) = lower($1) OR lower(email) = lower($1))
"""


class SqlAccountDirectory:
    """Reads accounts that are not deleted, with one statement for what is shown."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def page(
        self, wanted: AccountFilter, request: PageRequest, *, at: datetime
    ) -> Page[bytes]:
        """Return ``AccountView`` items; ties are broken by age."""
        asked = (at - WINDOW, _containing(wanted.search), wanted.role, wanted.is_locked)
        page = _PAGES[wanted.suspicious] % _ORDER[request.sort or "-created_at"]
        async with self._pool.connection() as connection:
            total = await connection.fetchval(_COUNTS[wanted.suspicious], *asked)
            rows = await connection.fetch(page, *asked, request.page_size, request.offset)
        return Page(
            items=[encode(AccountView(**row)) for row in rows],
            page=request.page,
            page_size=request.page_size,
            total_items=total,
        )

    async def detail(self, user_id: UUID, *, at: datetime) -> Document:
        """Return an ``AccountDetailView``."""
        row = _found(await self._pool.fetchrow(_DETAIL, at - WINDOW, user_id, at))
        fields = dict(row)
        for name in ("counts", "recent_logins"):
            fields[name] = raw(fields[name])
        return Document(encode(AccountDetailView(**fields)), row["revision"])

    async def roles(self, user_id: UUID) -> RolesView:
        """Return an account's roles."""
        return RolesView(**_found(await self._pool.fetchrow(_ROLES, user_id)))

    async def id_of(self, name: str) -> UUID | None:
        """Return the id of the account with this username or e-mail address."""
        row = await self._pool.fetchrow(_NAMED, name.strip())
        return None if row is None else UUID(row["id"])


class SqlAccountSnapshots:
    """Shows an account as the command in progress leaves it."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def of(self, user_id: UUID, *, at: datetime) -> Document:
        """Flush what the command changed, and read it back in the same transaction."""
        work = self._work()
        await work.session.flush()
        row = _found(await work.fetchrow(_ONE, at - WINDOW, user_id))
        return Document(encode(AccountView(**row)), row["revision"])


# Whoever is about to lose an administrator waits here for whoever else is.
_HOLD = "SELECT pg_advisory_xact_lock(hashtextextended('administrators', 2))"
_OTHERS = """
SELECT EXISTS (
    SELECT 1 FROM user_roles r JOIN users u ON u.id = r.user_id
    WHERE r.role = 'admin' AND r.user_id <> $1::uuid
    AND u.locked_at IS NULL AND u.deleted_at IS NULL) AS found
"""


class SqlAdministrators:
    """Counts administrators inside the command in progress, one command after another."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def are_others_than(self, user_id: UUID) -> bool:
        """Tell whether there are others."""
        work = self._work()
        await work.execute(_HOLD)
        row = await work.fetchrow(_OTHERS, user_id)
        return bool(row["found"])


def _found(row: Any) -> Any:  # noqa: ANN401 - a row
    if row is None:
        raise UserNotFound("No such user.")
    return row


def _containing(search: str | None) -> str | None:
    if not search:
        return None
    return "%" + re.sub(r"([\\%_])", r"\\\1", search) + "%"
