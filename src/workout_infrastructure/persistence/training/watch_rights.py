"""Who of many watchers may no longer look at the sessions they watch, in one query."""

from uuid import UUID

from workout_domain.coaching.scopes import Scope
from workout_infrastructure.persistence.coaching.access import coach_may
from workout_infrastructure.persistence.database import DriverPool

_LOST = f"""
SELECT w.session_id, w.user_id
FROM unnest($1::uuid[], $2::uuid[]) AS w (session_id, user_id)
LEFT JOIN workout_sessions s ON s.id = w.session_id AND s.deleted_at IS NULL
WHERE s.id IS NULL OR NOT (
    s.user_id = w.user_id
    OR EXISTS (SELECT 1 FROM user_roles a WHERE a.user_id = w.user_id AND a.role = 'admin')
    OR (EXISTS (SELECT 1 FROM user_roles t WHERE t.user_id = w.user_id AND t.role = 'trainer')
        AND {coach_may("w.user_id", "s.athlete_id", Scope.VIEW_SESSIONS)}))
"""


class SqlWatchRights:
    """Checks watchers against relations, roles and sessions as they are now."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def lost(self, watching: list[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
        """Return those pairs of session and user that no longer go together."""
        if not watching:
            return set()
        sessions, users = zip(*watching, strict=True)
        rows = await self._pool.fetch(_LOST, list(sessions), list(users))
        return {(UUID(row["session_id"]), UUID(row["user_id"])) for row in rows}
