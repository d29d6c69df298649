"""Who coaches whom: a trainer's roster, and the one condition others filter by."""

from datetime import datetime, timedelta
from typing import Any, Final

from workout_application.coaching.views import AdherenceView, RosterEntryView
from workout_application.encoding import encode
from workout_application.messaging.actor import Actor
from workout_domain.coaching.relation import RelationStatus
from workout_infrastructure.persistence.database import DriverPool
from workout_shared.pages import Page, PageRequest

WINDOW: Final = timedelta(days=28)

ATHLETES_OPEN_TO_TRAINER: Final = """
SELECT r.athlete_id FROM coaching_relations r
WHERE r.trainer_id = {trainer} AND r.status = 'active' AND {scope} = ANY (r.scopes)
AND r.deleted_at IS NULL
"""


def athletes_open_to(trainer: str, scope: str) -> str:
    """
    Return SQL for the set of athlete ids a trainer may see with a scope.

    Both are SQL expressions, never values of a client: ``athletes_open_to("$1::uuid",
    "'view_sessions'")``.
    """
    return ATHLETES_OPEN_TO_TRAINER.format(trainer=trainer, scope=scope)


_LISTED = """
FROM coaching_relations r JOIN users u ON u.id = r.athlete_user_id
WHERE r.trainer_id = $1::uuid AND r.deleted_at IS NULL
AND CASE WHEN $2::text IS NULL THEN r.status <> 'ended' ELSE r.status = $2 END
"""
_COUNT = f"SELECT count(*) {_LISTED}"
# A workout counts as done once any session of it by its athlete is; drafts and cancelled
# workouts were never due. The page is cut before anything is counted.
_PAGE = f"""
WITH entry AS MATERIALIZED (
    SELECT r.athlete_id, u.id AS user_id, u.username,
           u.first_name || ' ' || u.last_name AS name, r.id AS relation_id, r.status, r.scopes,
           r.accepted_at AS since, row_number() OVER (ORDER BY %s, r.id) AS place,
           r.status = 'active' AND r.scopes @> ARRAY['view_workouts', 'view_sessions']
               AS is_open
    {_LISTED} ORDER BY place LIMIT $3 OFFSET $4
)
SELECT entry.*, figures.planned, figures.completed FROM entry
LEFT JOIN LATERAL (
    SELECT count(*) AS planned, count(*) FILTER (WHERE EXISTS (
        SELECT 1 FROM workout_sessions s
        WHERE s.workout_id = w.id AND s.athlete_id = entry.athlete_id
        AND s.status = 'completed' AND s.deleted_at IS NULL)) AS completed
    FROM workouts w
    WHERE w.trainer_id = $1::uuid AND w.athlete_id = entry.athlete_id AND w.deleted_at IS NULL
    AND w.status NOT IN ('draft', 'cancelled')
    AND w.scheduled_date > $5::timestamptz AND w.scheduled_date <= $6::timestamptz
) AS figures ON entry.is_open
ORDER BY entry.place
"""
_ORDER: Final = {
    "name": "lower(u.first_name || ' ' || u.last_name)",
    "-name": "lower(u.first_name || ' ' || u.last_name) DESC",
    "username": "lower(u.username)",
    "-username": "lower(u.username) DESC",
    "since": "r.accepted_at",
    "-since": "r.accepted_at DESC",
    "status": "r.status",
    "-status": "r.status DESC",
}


class SqlRosterReader:
    """Reads a trainer's athletes with what each did of what was planned."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def page(
        self,
        request: PageRequest,
        *,
        status: RelationStatus | None,
        visible_to: Actor,
        at: datetime,
    ) -> Page[bytes]:
        """Return ``RosterEntryView`` items; the figures of a whole page are one query."""
        asked = (visible_to.trainer_id, status)
        page = _PAGE % _ORDER[request.sort or "name"]
        async with self._pool.connection() as connection:
            total = await connection.fetchval(_COUNT, *asked)
            rows = await connection.fetch(
                page, *asked, request.page_size, request.offset, at - WINDOW, at
            )
        return Page(
            items=[_shown(row) for row in rows],
            page=request.page,
            page_size=request.page_size,
            total_items=total,
        )


def _shown(row: Any) -> bytes:  # noqa: ANN401 - asyncpg's record
    return encode(
        RosterEntryView(
            athlete_id=row["athlete_id"],
            user_id=row["user_id"],
            username=row["username"],
            name=row["name"],
            relation_id=row["relation_id"],
            status=row["status"],
            scopes=row["scopes"],
            since=row["since"],
            adherence=_adherence(row["planned"], row["completed"]),
        )
    )


def _adherence(planned: int | None, completed: int | None) -> AdherenceView | None:
    if planned is None or completed is None:
        return None
    rate = round(completed / planned, 3) if planned else None
    return AdherenceView(planned=planned, completed=completed, rate=rate)
