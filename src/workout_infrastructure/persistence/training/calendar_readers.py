"""Planned workouts and sessions by the athlete's day, on the bare driver."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from workout_application.encoding import encode, raw
from workout_application.training.ports import CalendarOwner, CalendarRequest, FoundCalendar
from workout_domain.kernel.local_day import local_day
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.json_sql import instant

_OWNER: Final = """
SELECT u.id, u.time_zone FROM athletes a JOIN users u ON u.id = a.user_id
WHERE a.id = $1::uuid AND a.deleted_at IS NULL AND u.deleted_at IS NULL
"""
# Without the sessions ($7) the status alone tells: whoever begins one puts it in progress.
_WORKOUTS: Final = f"""
SELECT day, json_build_object('id', w.id, 'trainer_id', w.trainer_id, 'name', w.name,
    'type', w.type, 'status', w.status, 'scheduled_date', {instant("w.scheduled_date")},
    'estimated_duration_minutes', w.estimated_duration_minutes,
    'done', w.status = 'completed' OR ($7::boolean AND did.completed),
    'missed', day < $5::date AND (w.status = 'assigned'
        OR ($7::boolean AND w.status = 'in_progress' AND NOT did.begun)))::text AS item
FROM workouts w
CROSS JOIN LATERAL (SELECT (w.scheduled_date AT TIME ZONE $2::text)::date AS day) d
CROSS JOIN LATERAL (
    SELECT count(*) > 0 AS begun, coalesce(bool_or(s.status = 'completed'), false) AS completed
    FROM workout_sessions s WHERE s.workout_id = w.id AND s.deleted_at IS NULL) did
WHERE w.athlete_id = $1::uuid AND w.status <> 'draft' AND w.deleted_at IS NULL
AND w.scheduled_date >= $3::timestamptz AND w.scheduled_date < $4::timestamptz
AND ($6::uuid IS NULL OR w.trainer_id = $6::uuid)
ORDER BY w.scheduled_date, w.id
"""
_SESSIONS: Final = f"""
SELECT s.local_date AS day, json_build_object('id', s.id, 'workout_id', s.workout_id,
    'name', s.name, 'status', s.status, 'session_date', {instant("s.session_date")},
    'started_at', {instant("s.started_at")}, 'completed_at', {instant("s.completed_at")},
    'duration_minutes', s.duration_minutes)::text AS item
FROM workout_sessions s
WHERE s.user_id = $1::uuid AND s.deleted_at IS NULL
AND s.local_date BETWEEN $2::date AND $3::date
ORDER BY s.session_date, s.id
"""


class SqlCalendarReader:
    """Reads a calendar in two statements, however much is in it."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def owner(self, athlete_id: UUID) -> CalendarOwner | None:
        """Return whose profile it is."""
        row = await self._pool.fetchrow(_OWNER, athlete_id)
        return None if row is None else CalendarOwner(UUID(row["id"]), athlete_id, row["time_zone"])

    async def read(self, request: CalendarRequest) -> FoundCalendar:
        """Read the days on which something is planned or done."""
        workouts = await self._workouts(request) if request.shows_workouts else []
        sessions = await self._sessions(request) if request.shows_sessions else []
        parts = {"workouts": request.shows_workouts, "sessions": request.shows_sessions}
        document = {
            "athlete_id": request.owner.athlete_id,
            "time_zone": request.owner.time_zone,
            "from_date": request.from_date,
            "to_date": request.to_date,
            "left_out": [part for part, is_shown in parts.items() if not is_shown],
            "days": _days(workouts, sessions),
        }
        return FoundCalendar(encode(document), has_sessions=bool(sessions))

    async def _workouts(self, request: CalendarRequest) -> list[Any]:
        owner = request.owner
        return await self._pool.fetch(
            _WORKOUTS,
            owner.athlete_id,
            owner.time_zone,
            _midnight(request.from_date, owner.time_zone),
            _midnight(request.to_date + timedelta(days=1), owner.time_zone),
            local_day(request.now, owner.time_zone),
            request.planned_by,
            request.shows_sessions,
        )

    async def _sessions(self, request: CalendarRequest) -> list[Any]:
        return await self._pool.fetch(
            _SESSIONS, request.owner.user_id, request.from_date, request.to_date
        )


def _midnight(day: date, time_zone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(time_zone)).astimezone(UTC)


def _days(workouts: list[Any], sessions: list[Any]) -> list[dict[str, Any]]:
    days: dict[date, dict[str, Any]] = {}
    for part, rows in (("workouts", workouts), ("sessions", sessions)):
        for row in rows:
            day = row["day"]
            shown = days.setdefault(day, {"date": day, "workouts": [], "sessions": []})
            shown[part].append(raw(row["item"]))
    return [days[day] for day in sorted(days)]
