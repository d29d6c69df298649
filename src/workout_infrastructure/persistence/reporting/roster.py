"""A trainer's athletes at a glance: their figures of the last four weeks, in one statement."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from workout_application.encoding import decode
from workout_application.reporting.roster import RECENT_DAYS, RosterFigures, RosterMember
from workout_domain.coaching.scopes import Scope
from workout_domain.kernel.local_day import local_day
from workout_domain.reporting.attention import AHEAD_DAYS, MISSED_DAYS
from workout_domain.reporting.muscles import SECONDARY_SHARE, SIDE_SHARE
from workout_infrastructure.persistence.coaching.access import athletes_open_to
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.reporting.library import Library
from workout_infrastructure.persistence.reporting.sources import NOT_STALE, Reading
from workout_infrastructure.persistence.training.due import IS_DONE, IS_DUE

_MEMBERS: Final = f"""
SELECT a.id AS athlete_id, u.id AS user_id, u.username,
       u.first_name || ' ' || u.last_name AS name, u.time_zone
FROM athletes a JOIN users u ON u.id = a.user_id AND u.deleted_at IS NULL
WHERE a.deleted_at IS NULL AND a.id IN ({athletes_open_to("$1::uuid", Scope.VIEW_REPORTS)})
AND ($2::uuid IS NULL OR EXISTS (
    SELECT 1 FROM coaching_group_members m
    JOIN coaching_groups g ON g.id = m.group_id AND g.deleted_at IS NULL
    WHERE g.id = $2 AND g.trainer_id = $1 AND m.athlete_id = a.id))
ORDER BY lower(u.first_name || ' ' || u.last_name), a.id
"""

_RECENT: Final = f"BETWEEN r.today - {RECENT_DAYS - 1} AND r.today"
_WEEK: Final = "date_trunc('week', r.today)::date"
_SESSION: Final = """r.user_id, r.today, {row}.local_date, {row}.tonnage_kg, {row}.hard_sets,
    CASE WHEN {row}.minutes > 0 THEN {row}.session_rpe * {row}.minutes END AS session_load"""
_TRAINED: Final = f"""
    SELECT r.user_id, count(*)::integer AS sessions_28_days,
        count(*) FILTER (WHERE r.local_date > r.today - 7)::integer AS sessions_7_days,
        sum(r.tonnage_kg) FILTER (WHERE r.local_date >= {_WEEK}) AS tonnage_kg_this_week,
        sum(r.tonnage_kg) FILTER (WHERE r.local_date >= {_WEEK} - 7 AND r.local_date < {_WEEK})
            AS tonnage_kg_last_week,
        sum(r.hard_sets) FILTER (WHERE r.local_date >= {_WEEK})::integer AS hard_sets_this_week,
        sum(r.session_load) FILTER (WHERE r.local_date > r.today - 7) / 7 AS acute_load,
        sum(r.session_load) / {RECENT_DAYS} AS chronic_load,
        count(*) FILTER (WHERE r.session_load IS NULL)::integer AS unrated_sessions
    FROM (
        SELECT {_SESSION.format(row="k")} FROM roster r JOIN session_rollups k
            ON k.user_id = r.user_id AND k.local_date {_RECENT} WHERE {NOT_STALE}
        UNION ALL
        SELECT {_SESSION.format(row="f")} FROM roster r JOIN fresh_sessions f
            ON f.user_id = r.user_id AND f.local_date {_RECENT}
    ) r GROUP BY r.user_id
"""


def _end(order: str, function: str) -> str:
    return f"""
    (SELECT {function}(d.local_date) FROM (
        (SELECT k.local_date FROM session_rollups k WHERE k.user_id = r.user_id AND {NOT_STALE}
         ORDER BY k.local_date {order} LIMIT 1)
        UNION ALL SELECT f.local_date FROM fresh_sessions f WHERE f.user_id = r.user_id
    ) d)"""


_SETS: Final = f"({{row}}.hard_sets - {{row}}.sided_hard_sets * {SIDE_SHARE}) AS sets"
_MUSCLES: Final = f"""
    SELECT w.user_id, json_object_agg(w.muscle, w.sets::text) AS muscles FROM (
        SELECT d.user_id, m.muscle, sum(d.sets * m.share) AS sets FROM (
            SELECT r.user_id, k.exercise_id, {_SETS.format(row="k")}
            FROM roster r JOIN exercise_rollups k ON k.user_id = r.user_id
                AND k.local_date BETWEEN {_WEEK} AND r.today WHERE {NOT_STALE}
            UNION ALL
            SELECT r.user_id, f.exercise_id, {_SETS.format(row="f")}
            FROM roster r JOIN fresh f ON f.user_id = r.user_id
                AND f.local_date BETWEEN {_WEEK} AND r.today
        ) d JOIN exercises e ON e.id = d.exercise_id CROSS JOIN LATERAL (
            SELECT unnest(e.primary_muscles) AS muscle, 1 AS share
            UNION ALL SELECT unnest(e.secondary_muscles), {SECONDARY_SHARE}
        ) m WHERE d.sets > 0 GROUP BY d.user_id, m.muscle
    ) w GROUP BY w.user_id
"""
_IS_IMPROVEMENT: Final = "{row}.kind IN ('weight', 'e1rm') AND {row}.previous_value IS NOT NULL"
# A local day lies within a day of the same day in UTC: so the index on the instant still serves.
_RECORDS: Final = f"""
    SELECT d.user_id, count(DISTINCT d.exercise_id)::integer AS new_records FROM (
        SELECT r.user_id, p.exercise_id FROM roster r JOIN personal_records p
            ON p.user_id = r.user_id AND p.is_current AND p.local_date {_RECENT}
            AND p.session_date > r.today - interval '{RECENT_DAYS + 2} days'
        WHERE {_IS_IMPROVEMENT.format(row="p")}
          AND (p.user_id, p.exercise_id) NOT IN (SELECT user_id, exercise_id FROM touched)
        UNION ALL
        SELECT r.user_id, c.exercise_id FROM roster r JOIN chain c
            ON c.user_id = r.user_id AND c.is_current AND c.local_date {_RECENT}
        WHERE {_IS_IMPROVEMENT.format(row="c")}
    ) d GROUP BY d.user_id
"""
_PLANS: Final = f"""
    SELECT p.athlete_id, count(*) FILTER (WHERE p.is_recent AND p.is_done)::integer AS completed,
        count(*) FILTER (WHERE p.is_recent AND p.is_missed)::integer AS missed,
        count(*) FILTER (WHERE p.is_missed AND p.day > p.today - {MISSED_DAYS})::integer
            AS missed_lately,
        count(*) FILTER (WHERE p.is_ahead AND p.day < p.today + {AHEAD_DAYS})::integer AS upcoming,
        min(p.day) FILTER (WHERE p.is_ahead) AS next_planned
    FROM (
        SELECT d.*, d.day <= d.today AS is_recent, NOT d.is_done AND d.day < d.today AS is_missed,
               NOT d.is_done AND d.day >= d.today AS is_ahead
        FROM (
            SELECT r.athlete_id, r.today,
                   (w.scheduled_date AT TIME ZONE r.time_zone)::date AS day,
                   {IS_DONE} AS is_done
            FROM roster r JOIN workouts w ON w.athlete_id = r.athlete_id
                AND w.trainer_id = $5::uuid AND {IS_DUE}
                AND w.scheduled_date > r.today - interval '{RECENT_DAYS + 1} days'
                AND w.scheduled_date < r.today + interval '{RECENT_DAYS + 1} days'
        ) d WHERE d.day > d.today - {RECENT_DAYS}
    ) p GROUP BY p.athlete_id
"""
_FIGURES: Final = Reading.of(
    f"""
roster AS MATERIALIZED (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::text[])
        AS r (user_id, athlete_id, today, time_zone)
), trained AS ({_TRAINED}), muscles AS ({_MUSCLES}), records AS ({_RECORDS}), plans AS ({_PLANS})
SELECT r.athlete_id, {_end("", "min")} AS first_session, {_end("DESC", "max")} AS last_session,
       EXISTS (SELECT 1 FROM workout_sessions s WHERE s.user_id = r.user_id
               AND s.status = 'in_progress' AND s.deleted_at IS NULL) AS is_training_now,
       coalesce(t.sessions_7_days, 0) AS sessions_7_days,
       coalesce(t.sessions_28_days, 0) AS sessions_28_days,
       coalesce(t.tonnage_kg_this_week, 0) AS tonnage_kg_this_week,
       coalesce(t.tonnage_kg_last_week, 0) AS tonnage_kg_last_week,
       coalesce(t.hard_sets_this_week, 0) AS hard_sets_this_week,
       coalesce(t.acute_load, 0) AS acute_load, coalesce(t.chronic_load, 0) AS chronic_load,
       coalesce(t.unrated_sessions, 0) AS unrated_sessions,
       coalesce(records.new_records, 0) AS new_records,
       coalesce(p.completed, 0) + coalesce(p.missed, 0) AS due,
       coalesce(p.completed, 0) AS completed, coalesce(p.missed, 0) AS missed,
       coalesce(p.missed_lately, 0) AS missed_lately, coalesce(p.upcoming, 0) AS upcoming,
       p.next_planned, coalesce(m.muscles::text, '{{}}') AS muscles
FROM roster r LEFT JOIN trained t ON t.user_id = r.user_id
LEFT JOIN muscles m ON m.user_id = r.user_id LEFT JOIN records ON records.user_id = r.user_id
LEFT JOIN plans p ON p.athlete_id = r.athlete_id
""",
    with_records=True,
)


class SqlRosterReader:
    """Reads rosters; every athlete's figures stand in one statement."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool, self._library = pool, Library(pool)

    async def members(
        self, trainer_id: UUID, group_id: UUID | None, *, at: datetime
    ) -> list[RosterMember]:
        """Return those who let the trainer see reports now, of all or of a group, by name."""
        rows = await self._pool.fetch(_MEMBERS, trainer_id, group_id)
        return [_member(row, at) for row in rows]

    async def figures(
        self, trainer_id: UUID, members: Sequence[RosterMember]
    ) -> dict[UUID, RosterFigures]:
        """Return the figures of members by their profile."""
        rows = await self._library.read(
            _FIGURES,
            [one.user_id for one in members],
            [one.athlete_id for one in members],
            [one.today for one in members],
            [one.time_zone for one in members],
            trainer_id,
        )
        return {UUID(row["athlete_id"]): _figures(row) for row in rows}


def _member(row: Mapping[str, Any], at: datetime) -> RosterMember:
    return RosterMember(
        athlete_id=UUID(row["athlete_id"]),
        user_id=UUID(row["user_id"]),
        username=row["username"],
        name=row["name"],
        time_zone=row["time_zone"],
        today=local_day(at, row["time_zone"]),
    )


def _figures(row: Mapping[str, Any]) -> RosterFigures:
    fields = dict(row)
    del fields["athlete_id"]
    muscles: dict[str, str] = decode(fields.pop("muscles"))
    return RosterFigures(
        **fields, muscles={muscle: Decimal(sets) for muscle, sets in muscles.items()}
    )
