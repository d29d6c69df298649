"""Sets of one exercise in a few sessions, as they were logged."""

from itertools import groupby
from typing import Any, Final
from uuid import UUID

from workout_application.reporting.history import LoggedSession, LoggedSet
from workout_infrastructure.persistence.database import DriverPool

_SETS: Final = """
SELECT s.id AS session_id, s.name, s.status, p.id AS set_id, t.code AS set_type, t.is_warm_up,
       p.weight, p.unit, p.effective_kg, r.successful_reps, r.failed_reps, p.rpe, p.rir, p.side,
       p.duration_seconds, p.distance_meters
FROM workout_sessions s
JOIN performed_sets p ON p.session_id = s.id AND p.exercise_id = $2::uuid AND p.deleted_at IS NULL
JOIN set_types t ON t.id = p.set_type_id
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE r.success)::integer AS successful_reps,
           count(*) FILTER (WHERE NOT r.success)::integer AS failed_reps
    FROM performed_reps r WHERE r.set_id = p.id
) r
WHERE s.id = ANY ($3::uuid[]) AND s.user_id = $1::uuid AND s.deleted_at IS NULL
ORDER BY s.id, p.sequence, p.id
"""
_OF_SESSION: Final = frozenset({"session_id", "name", "status"})


class SqlLogReader:
    """Reads the sets of a page of sessions in one statement."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def sessions(
        self, user_id: UUID, exercise_id: UUID, session_ids: tuple[UUID, ...]
    ) -> dict[UUID, LoggedSession]:
        """Return those of the sessions that are somebody's and have sets of an exercise."""
        if not session_ids:
            return {}
        rows = await self._pool.fetch(_SETS, user_id, exercise_id, list(session_ids))
        of_each = groupby(rows, key=lambda row: UUID(row["session_id"]))
        return {session_id: _session(list(of_one)) for session_id, of_one in of_each}


def _session(rows: list[Any]) -> LoggedSession:
    return LoggedSession(
        name=rows[0]["name"],
        status=rows[0]["status"],
        sets=tuple(
            LoggedSet(**{name: value for name, value in row.items() if name not in _OF_SESSION})
            for row in rows
        ),
    )
