"""Compares roll-ups with what was performed, without changing anything."""

from typing import Final
from uuid import UUID

from workout_application.reporting.ports import Difference
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.reporting.sources import (
    BATCH,
    CANDIDATE_COLUMNS,
    CHAIN,
    FRESH,
    FRESH_SESSIONS,
    ROLLUP_COLUMNS,
    SESSION,
    SESSION_COLUMNS,
    SESSION_FIGURES,
    SETS,
    candidates_of,
    listed,
    summed,
)
from workout_infrastructure.persistence.reporting.tables import FIGURES
from workout_infrastructure.persistence.training.performed import IS_TRAINING

_CHANGED_SINCE: Final = """
(k.revision IS DISTINCT FROM s.revision AND s.settled_at > coalesce(t.settled_to, '-infinity'))
"""
_SESSION_ROW: Final = listed((*SESSION_COLUMNS, *FIGURES))
_ROW: Final = listed(ROLLUP_COLUMNS)
_EXERCISE_ROW: Final = listed(("user_id", "exercise_id", "sessions", *FIGURES))
_TOTAL_ROW: Final = listed(("user_id", *SESSION_FIGURES))
_RECORD_ROW: Final = listed((*CANDIDATE_COLUMNS, "previous_value", "is_current"))


def _compared(place: str, what: str, kept: str, right: str) -> str:
    return f"""
    SELECT '{place}' AS place, user_id, {what}::text AS what FROM (
        (({kept}) EXCEPT ({right})) UNION ALL (({right}) EXCEPT ({kept}))
    ) d"""


# What changed since an account was last settled is not wrong, only not folded yet: it is left out
# on both sides.
_DIFFERENCES: Final = f"""
WITH counted AS MATERIALIZED (
    SELECT {SESSION} FROM workout_sessions s JOIN users u ON u.id = s.user_id
    LEFT JOIN session_rollups k ON k.session_id = s.id
    LEFT JOIN training_totals t ON t.user_id = s.user_id
    WHERE s.user_id = ANY ($1::uuid[]) AND s.deleted_at IS NULL AND s.status <> 'in_progress'
      AND u.deleted_at IS NULL AND {IS_TRAINING.format("s.id")} AND NOT {_CHANGED_SINCE}
), {SETS}, {FRESH}, {FRESH_SESSIONS}, trusted AS MATERIALIZED (
    SELECT k.session_id FROM session_rollups k JOIN workout_sessions s ON s.id = k.session_id
    LEFT JOIN training_totals t ON t.user_id = k.user_id
    WHERE k.user_id = ANY ($1::uuid[]) AND NOT {_CHANGED_SINCE}
), kept AS (
    SELECT * FROM exercise_rollups WHERE user_id = ANY ($1::uuid[])
), candidates AS ({candidates_of("kept")}), {CHAIN}
{_compared(
    "session_rollups", "session_id",
    f"SELECT {_SESSION_ROW} FROM session_rollups JOIN trusted USING (session_id)",
    f"SELECT {_SESSION_ROW} FROM fresh_sessions",
)}
UNION ALL {_compared(
    "exercise_rollups", "session_id",
    f"SELECT {_ROW} FROM kept JOIN trusted USING (session_id)",
    f"SELECT {_ROW} FROM fresh",
)}
UNION ALL {_compared(
    "exercise_totals", "exercise_id",
    f"SELECT {_EXERCISE_ROW} FROM exercise_totals WHERE user_id = ANY ($1::uuid[])",
    f"SELECT user_id, exercise_id, count(*)::integer, {summed('kept')} FROM kept "
    "GROUP BY user_id, exercise_id",
)}
UNION ALL {_compared(
    "training_totals", "user_id",
    f"SELECT {_TOTAL_ROW} FROM training_totals WHERE user_id = ANY ($1::uuid[]) AND sessions <> 0",
    "SELECT k.user_id, count(*)::integer, count(*) FILTER (WHERE k.is_completed)::integer, "
    f"sum(k.minutes), {summed('k')} FROM session_rollups k "
    "WHERE k.user_id = ANY ($1::uuid[]) GROUP BY k.user_id",
)}
UNION ALL {_compared(
    "personal_records", "exercise_id",
    f"SELECT {_RECORD_ROW} FROM personal_records WHERE user_id = ANY ($1::uuid[])",
    f"SELECT {_RECORD_ROW} FROM chain",
)}
ORDER BY 1, 2, 3
"""  # fmt: skip


class SqlReportChecking:
    """Works everything out again, a batch of accounts at a time."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def batch(self, after: UUID | None, sessions: int) -> list[UUID]:
        """Return the next accounts that trained, together with about so many sessions."""
        rows = await self._pool.fetch(BATCH, after, sessions)
        return [UUID(row["user_id"]) for row in rows]

    async def differences(self, user_ids: list[UUID]) -> list[Difference]:
        """Return where roll-ups are not what they should be; settled changes only."""
        rows = await self._pool.fetch(_DIFFERENCES, user_ids)
        found = dict.fromkeys((row["place"], row["user_id"], row["what"]) for row in rows)
        return [
            Difference(table=place, user_id=UUID(user_id), what=what)
            for place, user_id, what in found
        ]
