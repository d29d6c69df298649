"""Keeps roll-ups up with what was performed: by account, in any order, as often as one likes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from workout_infrastructure.persistence.reporting.sources import (
    CANDIDATE_COLUMNS,
    CHAIN,
    COUNTED_BY_ID,
    FRESH,
    FRESH_SESSIONS,
    ROLLUP_COLUMNS,
    SESSION_COLUMNS,
    SESSION_FIGURES,
    SETS,
    STALE,
    candidates_of,
    listed,
    summed,
)
from workout_infrastructure.persistence.reporting.tables import FIGURES
from workout_infrastructure.persistence.unit_of_work import CurrentWork

GRACE: Final = timedelta(minutes=5)
"""How long a change may take from its clock to its commit before only its event brings it in."""

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('reports:' || $1::text, 0))"

_DIRTY: Final = f"""
WITH {STALE}
SELECT session_id FROM stale WHERE is_kept OR (is_alive AND NOT is_running)
UNION
SELECT s.id FROM workout_sessions s LEFT JOIN session_rollups k ON k.session_id = s.id
WHERE s.id = ANY ($2::uuid[]) AND s.user_id = ANY ($1::uuid[])
  AND k.revision IS DISTINCT FROM s.revision
  AND (k.session_id IS NOT NULL OR (s.deleted_at IS NULL AND s.status <> 'in_progress'))
"""

_TOTAL_COLUMNS: Final = listed(("user_id", "exercise_id", "sessions", *FIGURES))
_EXERCISE_FIGURES: Final = ("sessions", *FIGURES)


def _added(columns: Sequence[str]) -> str:
    return ", ".join(f"{one} = t.{one} + excluded.{one}" for one in columns)


def _taken(columns: Sequence[str]) -> str:
    return ", ".join(f"{one} = t.{one} - d.{one}" for one in columns)


# Deltas only: a session folded twice is first taken out as it was, then put in as it is.
_TAKE_OUT: Final = f"""
WITH gone AS (
    DELETE FROM exercise_rollups k WHERE k.session_id = ANY ($1::uuid[]) RETURNING k.*
), gone_sessions AS (
    DELETE FROM session_rollups k WHERE k.session_id = ANY ($1::uuid[]) RETURNING k.*
), of_exercises AS (
    UPDATE exercise_totals t
    SET {_taken(_EXERCISE_FIGURES)}
    FROM (SELECT g.user_id, g.exercise_id, count(*)::integer AS sessions, {summed("g")}
          FROM gone g GROUP BY g.user_id, g.exercise_id) d
    WHERE t.user_id = d.user_id AND t.exercise_id = d.exercise_id
), of_users AS (
    UPDATE training_totals t
    SET {_taken(SESSION_FIGURES)}
    FROM (SELECT g.user_id, count(*)::integer AS sessions,
                 count(*) FILTER (WHERE g.is_completed)::integer AS completed_sessions,
                 sum(g.minutes) AS minutes, {summed("g")}
          FROM gone_sessions g GROUP BY g.user_id) d
    WHERE t.user_id = d.user_id
)
SELECT user_id, exercise_id, min(session_date) AS since FROM gone GROUP BY user_id, exercise_id
"""

_PUT_IN: Final = f"""
WITH {COUNTED_BY_ID}, {SETS}, {FRESH}, {FRESH_SESSIONS}, kept_sessions AS (
    INSERT INTO session_rollups ({listed((*SESSION_COLUMNS, *FIGURES))})
    SELECT {listed((*SESSION_COLUMNS, *FIGURES))} FROM fresh_sessions
), kept AS (
    INSERT INTO exercise_rollups ({listed(ROLLUP_COLUMNS)})
    SELECT {listed(ROLLUP_COLUMNS)} FROM fresh
), of_exercises AS (
    INSERT INTO exercise_totals AS t ({_TOTAL_COLUMNS}, first_date, last_date)
    SELECT f.user_id, f.exercise_id, count(*)::integer, {summed("f")},
           min(f.local_date), max(f.local_date)
    FROM fresh f GROUP BY f.user_id, f.exercise_id
    ON CONFLICT (user_id, exercise_id) DO UPDATE SET {_added(_EXERCISE_FIGURES)}
), of_users AS (
    INSERT INTO training_totals AS t (user_id, {listed(SESSION_FIGURES)}, folded_at, settled_to)
    SELECT f.user_id, count(*)::integer, count(*) FILTER (WHERE f.is_completed)::integer,
           sum(f.minutes), {summed("f")}, $2::timestamptz, '-infinity'::timestamptz
    FROM fresh_sessions f GROUP BY f.user_id
    ON CONFLICT (user_id) DO UPDATE
    SET {_added(SESSION_FIGURES)}
)
SELECT user_id, exercise_id, min(session_date) AS since FROM fresh GROUP BY user_id, exercise_id
"""

# The days of the first and the last session there is now; where none is left, nothing is kept.
_SPAN: Final = """
WITH touched AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS t (user_id, exercise_id)
), empty AS (
    DELETE FROM exercise_totals t USING touched d
    WHERE t.user_id = d.user_id AND t.exercise_id = d.exercise_id AND t.sessions = 0
)
UPDATE exercise_totals t SET first_date = first.local_date, last_date = last.local_date
FROM touched d CROSS JOIN LATERAL (
    SELECT k.local_date FROM exercise_rollups k
    WHERE k.user_id = d.user_id AND k.exercise_id = d.exercise_id
    ORDER BY k.session_date, k.session_id LIMIT 1
) first CROSS JOIN LATERAL (
    SELECT k.local_date FROM exercise_rollups k
    WHERE k.user_id = d.user_id AND k.exercise_id = d.exercise_id
    ORDER BY k.session_date DESC, k.session_id DESC LIMIT 1
) last
WHERE t.user_id = d.user_id AND t.exercise_id = d.exercise_id
  AND (t.first_date, t.last_date) IS DISTINCT FROM (first.local_date, last.local_date)
"""

_DROP_RECORDS: Final = """
WITH touched AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[])
        AS t (user_id, exercise_id, since)
), gone AS (
    DELETE FROM personal_records r USING touched t
    WHERE r.user_id = t.user_id AND r.exercise_id = t.exercise_id AND r.session_date >= t.since
    RETURNING r.user_id, r.exercise_id
)
SELECT DISTINCT user_id, exercise_id FROM gone
"""

# Records from before the change stand. Only those still unbeaten can beat what comes after; where
# later ones were dropped, any of them may be unbeaten again.
_RECORD: Final = f"""
WITH touched AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::boolean[])
        AS t (user_id, exercise_id, since, looks_back)
), later AS (
    SELECT k.* FROM touched t JOIN exercise_rollups k
    ON k.user_id = t.user_id AND k.exercise_id = t.exercise_id AND k.session_date >= t.since
), candidates AS (
    SELECT {listed(CANDIDATE_COLUMNS, "r")}, true AS is_known, r.previous_value AS known_previous
    FROM touched t JOIN personal_records r
    ON r.user_id = t.user_id AND r.exercise_id = t.exercise_id
    WHERE r.is_current OR t.looks_back
    UNION ALL {candidates_of("later")}
), {CHAIN}
INSERT INTO personal_records AS r ({listed(CANDIDATE_COLUMNS)}, previous_value, is_current)
SELECT {listed(CANDIDATE_COLUMNS)}, previous_value, is_current FROM chain
ON CONFLICT (user_id, exercise_id, kind, reps, session_id) DO UPDATE
SET is_current = excluded.is_current WHERE r.is_current <> excluded.is_current
"""

_NOTE: Final = f"""
INSERT INTO training_totals AS t (user_id, {listed(SESSION_FIGURES)}, folded_at, settled_to,
                                  newest_settled_at)
SELECT u.id, {", ".join("0" for _ in SESSION_FIGURES)}, $2::timestamptz, $3::timestamptz, (
    SELECT s.settled_at FROM workout_sessions s WHERE s.user_id = u.id
    ORDER BY s.settled_at DESC LIMIT 1)
FROM users u WHERE u.id = ANY ($1::uuid[]) AND u.deleted_at IS NULL
ON CONFLICT (user_id) DO UPDATE
SET folded_at = greatest(t.folded_at, excluded.folded_at),
    settled_to = greatest(t.settled_to, excluded.settled_to),
    newest_settled_at = excluded.newest_settled_at
"""

_UNSETTLED: Final = """
SELECT user_id FROM training_totals
WHERE newest_settled_at > settled_to AND folded_at <= $1::timestamptz
ORDER BY folded_at LIMIT $2
"""

_FORGET: Final = (
    "DELETE FROM personal_records WHERE user_id = ANY ($1::uuid[])",
    "DELETE FROM exercise_rollups WHERE user_id = ANY ($1::uuid[])",
    "DELETE FROM session_rollups WHERE user_id = ANY ($1::uuid[])",
    "DELETE FROM exercise_totals WHERE user_id = ANY ($1::uuid[])",
    "DELETE FROM training_totals WHERE user_id = ANY ($1::uuid[])",
)

_ENDED: Final = """
SELECT s.id FROM workout_sessions s
WHERE s.user_id = ANY ($1::uuid[]) AND s.deleted_at IS NULL AND s.status <> 'in_progress'
"""

Touched = dict[tuple[str, str], datetime]
"""From when on records of an account's exercise are to be found again, by both ids as text."""


class SqlReportFolding:
    """
    Folds inside the command or reaction in progress.

    One account is folded by one transaction at a time. What is found already folded is left
    alone, so repeats and swaps of events do no harm.
    """

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def fold(self, user_id: UUID, session_ids: Sequence[UUID] = (), *, at: datetime) -> int:
        """
        Bring one account's roll-ups up to date; return how many sessions had changed.

        Sessions named are looked at however long ago they say they changed.
        """
        work = self._work()
        sessions = list(session_ids)
        if not await work.fetch(_DIRTY, [user_id], sessions):
            return 0
        await work.fetchrow(_LOCK, str(user_id))
        dirty = await work.fetch(_DIRTY, [user_id], sessions)
        await self._refold([row["session_id"] for row in dirty], at=at)
        await self._note([user_id], at=at)
        return len(dirty)

    async def settle(self, *, at: datetime, most: int) -> int:
        """
        Look once more at accounts whose last change was too fresh when they were folded.

        Until then every report compares those sessions; return how many accounts it were.
        """
        rows = await self._work().fetch(_UNSETTLED, at - GRACE, most)
        # In the order of all who fold several accounts, so that no two wait for one another.
        for user_id in sorted(str(row["user_id"]) for row in rows):
            await self._work().fetchrow(_LOCK, user_id)
            dirty = await self._work().fetch(_DIRTY, [user_id], [])
            await self._refold([one["session_id"] for one in dirty], at=at)
            await self._note([user_id], at=at)
        return len(rows)

    async def rebuild(self, user_ids: Sequence[UUID], *, at: datetime) -> int:
        """Make everything of these accounts anew; return how many sessions they have."""
        users = sorted(user_ids)
        for user_id in users:
            await self._work().fetchrow(_LOCK, str(user_id))
        await self._erase(users)
        ended = await self._work().fetch(_ENDED, users)
        await self._refold([row["id"] for row in ended], at=at)
        await self._note(users, at=at)
        return len(ended)

    async def forget(self, user_id: UUID) -> None:
        """Delete everything kept about an account."""
        await self._work().fetchrow(_LOCK, str(user_id))
        await self._erase([user_id])

    async def _erase(self, user_ids: Sequence[UUID]) -> None:
        for statement in _FORGET:
            await self._work().execute(statement, list(user_ids))

    async def _refold(self, session_ids: Sequence[Any], *, at: datetime) -> None:
        if not session_ids:
            return
        touched: Touched = {}
        for statement, arguments in ((_TAKE_OUT, ()), (_PUT_IN, (at,))):
            for row in await self._work().fetch(statement, list(session_ids), *arguments):
                key, since = (str(row["user_id"]), str(row["exercise_id"])), row["since"]
                touched[key] = min(since, touched.get(key, since))
        if touched:
            await self._record(touched)

    async def _record(self, touched: Touched) -> None:
        work = self._work()
        users, exercises = [user for user, _ in touched], [one for _, one in touched]
        since = list(touched.values())
        await work.execute(_SPAN, users, exercises)
        dropped = await work.fetch(_DROP_RECORDS, users, exercises, since)
        looks_back = {(str(row["user_id"]), str(row["exercise_id"])) for row in dropped}
        await work.execute(_RECORD, users, exercises, since, [key in looks_back for key in touched])

    async def _note(self, user_ids: Sequence[Any], *, at: datetime) -> None:
        await self._work().execute(_NOTE, list(user_ids), at, at - GRACE)
