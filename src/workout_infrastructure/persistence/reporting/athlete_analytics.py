"""The figures kept of every athlete: computed by a worker, in one statement."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, Date, Integer, Numeric, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from workout_application.encoding import encode
from workout_application.reporting.analytics import (
    MAXIMA_DAYS,
    MOST_MAXIMA,
    WINDOW_DAYS,
    AthleteAnalytics,
    EstimatedMaximum,
)
from workout_infrastructure.persistence.registry import Instant, metadata, reference
from workout_infrastructure.persistence.reporting.sources import NOT_STALE, unfolded
from workout_infrastructure.persistence.training.due import IS_DONE, IS_DUE
from workout_infrastructure.persistence.unit_of_work import CurrentWork

athlete_analytics = Table(
    "athlete_analytics",
    metadata,
    Column("athlete_id", Uuid, reference("athletes.id", cascade=True), primary_key=True),
    Column("computed_at", Instant, nullable=False),
    Column("from_date", Date, nullable=False),
    Column("to_date", Date, nullable=False),
    Column("sessions", Integer, nullable=False),
    Column("completed_sessions", Integer, nullable=False),
    Column("minutes", Numeric, nullable=False),
    Column("working_sets", Integer, nullable=False),
    Column("repetitions", Integer, nullable=False),
    Column("volume_kg", Numeric, nullable=False),
    Column("sessions_per_week", Numeric, nullable=False),
    Column("planned_workouts", Integer, nullable=False),
    Column("completed_workouts", Integer, nullable=False),
    Column("completion", Numeric),
    Column("estimated_maxima", JSONB, nullable=False),
)

_FIGURES: Final = (
    "from_date",
    "to_date",
    "sessions",
    "completed_sessions",
    "minutes",
    "working_sets",
    "repetitions",
    "volume_kg",
    "planned_workouts",
    "completed_workouts",
)
_SESSION: Final = (
    "{row}.is_completed, {row}.minutes, {row}.working_sets, {row}.working_reps, {row}.tonnage_kg"
)
_MAXIMUM: Final = """
{row}.exercise_id, {row}.best_e1rm_kg AS e1rm_kg, {row}.best_e1rm_load_kg AS load_kg,
{row}.best_e1rm_reps AS reps, {row}.best_e1rm_set_id AS set_id, {row}.local_date, {row}.session_date
"""


def _lately(row: str, days: str) -> str:
    return (
        f"{row}.local_date > athlete.today - {days}::integer AND {row}.local_date <= athlete.today"
    )


_ATHLETE: Final = """
athlete AS MATERIALIZED (
    SELECT a.id AS athlete_id, u.id AS user_id, u.time_zone,
           ($2::timestamptz AT TIME ZONE u.time_zone)::date AS today
    FROM athletes a JOIN users u ON u.id = a.user_id AND u.deleted_at IS NULL
    WHERE a.id = $1::uuid AND a.deleted_at IS NULL
)
"""
# What is not rolled up yet counts as well, but for a session still running.
_TRAINED: Final = f"""
    SELECT count(*) AS sessions, count(*) FILTER (WHERE is_completed) AS completed_sessions,
           coalesce(sum(minutes), 0) AS minutes, coalesce(sum(working_sets), 0) AS working_sets,
           coalesce(sum(working_reps), 0) AS repetitions, coalesce(sum(tonnage_kg), 0) AS volume_kg
    FROM (
        SELECT {_SESSION.format(row="k")} FROM athlete JOIN session_rollups k USING (user_id)
        WHERE {_lately("k", "$3")} AND {NOT_STALE}
        UNION ALL
        SELECT {_SESSION.format(row="f")} FROM athlete JOIN fresh_sessions f USING (user_id)
        WHERE {_lately("f", "$3")} AND NOT f.is_running
    ) done
"""
_PLANNED: Final = f"""
    SELECT count(*) AS planned_workouts, count(*) FILTER (WHERE {IS_DONE}) AS completed_workouts
    FROM workouts w
    WHERE w.athlete_id = athlete.athlete_id AND {IS_DUE} AND w.scheduled_date <= $2::timestamptz
    AND w.scheduled_date > $2::timestamptz - make_interval(days => $3::integer + 1)
    AND (w.scheduled_date AT TIME ZONE athlete.time_zone)::date > athlete.today - $3::integer
"""
_MAXIMA: Final = f"""
    SELECT * FROM (
        SELECT DISTINCT ON (exercise_id) * FROM (
            SELECT {_MAXIMUM.format(row="k")} FROM athlete JOIN exercise_rollups k USING (user_id)
            WHERE {_lately("k", "$4")} AND {NOT_STALE}
            UNION ALL
            SELECT {_MAXIMUM.format(row="f")} FROM athlete JOIN fresh f USING (user_id)
            JOIN fresh_sessions s USING (session_id)
            WHERE {_lately("f", "$4")} AND NOT s.is_running
        ) done WHERE e1rm_kg > 0
        ORDER BY exercise_id, e1rm_kg DESC, local_date, session_date, set_id
    ) best ORDER BY e1rm_kg DESC, exercise_id LIMIT $5
"""
# A row of figures for each maximum, so that all are of one moment; at least one.
_LATELY: Final = f"""
WITH {_ATHLETE}, {unfolded("(SELECT user_id AS id FROM athlete) AS u")}
SELECT athlete.today - $3::integer + 1 AS from_date, athlete.today AS to_date,
       trained.*, plans.*, maxima.*
FROM athlete CROSS JOIN ({_TRAINED}) AS trained CROSS JOIN LATERAL ({_PLANNED}) AS plans
LEFT JOIN ({_MAXIMA}) AS maxima ON true
ORDER BY maxima.e1rm_kg DESC, maxima.exercise_id
"""
_KEEP: Final = """
INSERT INTO athlete_analytics AS kept (athlete_id, computed_at, from_date, to_date, sessions,
    completed_sessions, minutes, working_sets, repetitions, volume_kg, sessions_per_week,
    planned_workouts, completed_workouts, completion, estimated_maxima)
VALUES ($1::uuid, $2::timestamptz, $3::date, $4::date, $5::integer, $6::integer, $7::numeric,
    $8::integer, $9::integer, $10::numeric, $11::numeric, $12::integer, $13::integer,
    $14::numeric, $15::jsonb)
ON CONFLICT (athlete_id) DO UPDATE SET computed_at = excluded.computed_at,
    from_date = excluded.from_date, to_date = excluded.to_date, sessions = excluded.sessions,
    completed_sessions = excluded.completed_sessions, minutes = excluded.minutes,
    working_sets = excluded.working_sets, repetitions = excluded.repetitions,
    volume_kg = excluded.volume_kg, sessions_per_week = excluded.sessions_per_week,
    planned_workouts = excluded.planned_workouts,
    completed_workouts = excluded.completed_workouts, completion = excluded.completion,
    estimated_maxima = excluded.estimated_maxima
WHERE kept.computed_at <= excluded.computed_at
"""
_FORGET: Final = "DELETE FROM athlete_analytics WHERE athlete_id = $1::uuid"


class SqlAthleteFigures:
    """Reads what an athlete did lately, inside the command in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def of_athlete(self, athlete_id: UUID, *, at: datetime) -> AthleteAnalytics | None:
        """Return the figures up to an instant."""
        rows = await self._work().fetch(
            _LATELY, athlete_id, at, WINDOW_DAYS, MAXIMA_DAYS, MOST_MAXIMA
        )
        if not rows:
            return None
        return AthleteAnalytics(
            athlete_id=athlete_id,
            computed_at=at,
            **{name: rows[0][name] for name in _FIGURES},
            estimated_maxima=tuple(_maximum(row) for row in rows if row["exercise_id"] is not None),
        )


class SqlAnalyticsShelf:
    """Keeps figures inside the command in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def keep(self, analytics: AthleteAnalytics) -> None:
        """Keep figures in place of older ones."""
        await self._work().execute(
            _KEEP,
            analytics.athlete_id,
            analytics.computed_at,
            analytics.from_date,
            analytics.to_date,
            analytics.sessions,
            analytics.completed_sessions,
            analytics.minutes,
            analytics.working_sets,
            analytics.repetitions,
            analytics.volume_kg,
            analytics.sessions_per_week,
            analytics.planned_workouts,
            analytics.completed_workouts,
            analytics.completion,
            encode(analytics.estimated_maxima).decode(),
        )

    async def forget(self, athlete_id: UUID) -> None:
        """Drop an athlete's."""
        await self._work().execute(_FORGET, athlete_id)


def _maximum(row: Any) -> EstimatedMaximum:  # noqa: ANN401 - asyncpg's record
    return EstimatedMaximum(
        exercise_id=UUID(str(row["exercise_id"])),
        e1rm_kg=row["e1rm_kg"],
        load_kg=row["load_kg"],
        repetitions=row["reps"],
        set_id=UUID(str(row["set_id"])),
        local_date=row["local_date"],
    )
