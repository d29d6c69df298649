"""A trainer's athletes: the roster with its figures, and the profile of one athlete."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from workout_application.coaching.ports import RosterFilter
from workout_application.coaching.views import (
    AdherenceView,
    AthleteProfileView,
    GroupSummaryView,
    RelationSummaryView,
    RosterEntryView,
)
from workout_application.encoding import decode, encode
from workout_application.messaging.actor import Actor
from workout_domain.coaching.scopes import Scope
from workout_domain.identity.user import Gender
from workout_infrastructure.persistence.coaching.access import grants
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.training.due import IS_DONE, IS_DUE
from workout_shared.pages import Page, PageRequest

WINDOW: Final = timedelta(days=28)


_LISTED = """
FROM coaching_relations r JOIN users u ON u.id = r.athlete_user_id
WHERE r.trainer_id = $1::uuid AND r.deleted_at IS NULL
AND CASE WHEN $2::text IS NULL THEN r.status <> 'ended' ELSE r.status = $2 END
AND ($3::uuid IS NULL OR EXISTS (
    SELECT 1 FROM coaching_group_members m JOIN coaching_groups g ON g.id = m.group_id
    WHERE m.relation_id = r.id AND g.id = $3 AND g.trainer_id = $1 AND g.deleted_at IS NULL))
AND ($4::text IS NULL OR strpos(lower(u.first_name || ' ' || u.last_name), lower($4)) > 0
     OR strpos(lower(u.username), lower($4)) > 0)
"""
_GROUPS = """
coalesce((
    SELECT json_agg(json_build_object('id', g.id, 'name', g.name) ORDER BY lower(g.name))::text
    FROM coaching_group_members m JOIN coaching_groups g ON g.id = m.group_id
    WHERE m.relation_id = {relation} AND g.deleted_at IS NULL), '[]') AS groups_json
"""
_COUNT = f"SELECT count(*) {_LISTED}"
# The page is cut before anything is counted.
_PAGE = f"""
WITH entry AS MATERIALIZED (
    SELECT r.athlete_id, u.id AS user_id, u.username,
           u.first_name || ' ' || u.last_name AS name, r.id AS relation_id, r.status, r.scopes,
           r.accepted_at AS since, row_number() OVER (ORDER BY %s, r.id) AS place,
           {grants("r", Scope.VIEW_WORKOUTS, Scope.VIEW_SESSIONS)} AS is_open
    {_LISTED} ORDER BY place LIMIT $5 OFFSET $6
)
SELECT entry.*, {_GROUPS.format(relation="entry.relation_id")},
       figures.planned, figures.completed FROM entry
LEFT JOIN LATERAL (
    SELECT count(*) AS planned, count(*) FILTER (WHERE {IS_DONE}) AS completed
    FROM workouts w
    WHERE w.trainer_id = $1::uuid AND w.athlete_id = entry.athlete_id AND {IS_DUE}
    AND w.scheduled_date > $7::timestamptz AND w.scheduled_date <= $8::timestamptz
) AS figures ON entry.is_open
ORDER BY entry.place
"""
_PROFILE = f"""
SELECT r.athlete_id, u.id AS user_id, u.username, u.first_name || ' ' || u.last_name AS name,
       u.gender, u.date_of_birth, u.preferred_unit, u.time_zone, a.height, a.weight, a.unit,
       r.id AS relation_id, r.status, r.scopes, r.accepted_at AS since,
       {_GROUPS.format(relation="r.id")}
FROM coaching_relations r JOIN users u ON u.id = r.athlete_user_id
JOIN athletes a ON a.id = r.athlete_id AND a.deleted_at IS NULL
WHERE r.trainer_id = $1::uuid AND r.athlete_id = $2::uuid AND {grants("r", Scope.VIEW_PROFILE)}
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
        where: RosterFilter,
        visible_to: Actor,
        at: datetime,
    ) -> Page[bytes]:
        """Return ``RosterEntryView`` items; groups and figures of a whole page are one query."""
        asked = (visible_to.trainer_id, where.status, where.group_id, where.search)
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

    async def profile(self, athlete_id: UUID, *, visible_to: Actor) -> bytes | None:
        """Return an ``AthleteProfileView``; whether it may be seen is decided before."""
        row = await self._pool.fetchrow(_PROFILE, visible_to.trainer_id, athlete_id)
        if row is None:
            return None
        return encode(
            AthleteProfileView(
                athlete_id=row["athlete_id"],
                user_id=row["user_id"],
                username=row["username"],
                name=row["name"],
                gender=Gender(row["gender"]).name.lower(),
                date_of_birth=row["date_of_birth"],
                preferred_unit=row["preferred_unit"],
                time_zone=row["time_zone"],
                height=row["height"],
                weight=row["weight"],
                unit=row["unit"],
                relation=RelationSummaryView(
                    id=row["relation_id"],
                    status=row["status"],
                    scopes=row["scopes"],
                    since=row["since"],
                ),
                groups=_groups(row),
            )
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
            groups=_groups(row),
            adherence=_adherence(row["planned"], row["completed"]),
        )
    )


def _groups(row: Any) -> list[GroupSummaryView]:  # noqa: ANN401 - as above
    return [GroupSummaryView(**one) for one in decode(row["groups_json"])]


def _adherence(planned: int | None, completed: int | None) -> AdherenceView | None:
    if planned is None or completed is None:
        return None
    rate = round(completed / planned, 3) if planned else None
    return AdherenceView(planned=planned, completed=completed, rate=rate)
