"""The figures kept of every athlete: computed by a worker, in two statements of bounded windows."""

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
from workout_infrastructure.persistence.reporting.lifted import LIFTED
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

_COUNTED: Final = """
athlete AS MATERIALIZED (
    SELECT a.id AS athlete_id, u.id AS user_id, u.time_zone,
           ($2::timestamptz AT TIME ZONE u.time_zone)::date AS today
    FROM athletes a JOIN users u ON u.id = a.user_id AND u.deleted_at IS NULL
    WHERE a.id = $1::uuid AND a.deleted_at IS NULL
), counted AS MATERIALIZED (
    SELECT s.id AS session_id, athlete.athlete_id, athlete.user_id, s.local_date,
           s.status = 'completed' AS is_completed, coalesce(s.duration_minutes, 0) AS minutes
    FROM athlete JOIN workout_sessions s ON s.user_id = athlete.user_id
    WHERE s.deleted_at IS NULL AND s.status <> 'in_progress'
    AND s.local_date > athlete.today - $3::integer AND s.local_date <= athlete.today
)
"""
_FIGURES: Final = f"""
WITH {_COUNTED}, {LIFTED}
SELECT athlete.today - $3::integer + 1 AS from_date, athlete.today AS to_date,
       trained.*, moved.*, plans.*
FROM athlete CROSS JOIN (
    SELECT count(*) AS sessions, count(*) FILTER (WHERE is_completed) AS completed_sessions,
           coalesce(sum(minutes), 0) AS minutes FROM counted
) AS trained CROSS JOIN (
    SELECT count(*) AS working_sets, coalesce(sum(successes), 0)::bigint AS repetitions,
           coalesce(sum(volume_kg), 0) AS volume_kg FROM lifted
) AS moved CROSS JOIN LATERAL (
    SELECT count(*) AS planned_workouts, count(*) FILTER (WHERE EXISTS (
        SELECT 1 FROM workout_sessions s
        WHERE s.workout_id = w.id AND s.user_id = athlete.user_id
        AND s.status = 'completed' AND s.deleted_at IS NULL)) AS completed_workouts
    FROM workouts w
    WHERE w.athlete_id = athlete.athlete_id AND w.deleted_at IS NULL
    AND w.status NOT IN ('draft', 'cancelled') AND w.scheduled_date <= $2::timestamptz
    AND w.scheduled_date > $2::timestamptz - make_interval(days => $3::integer + 1)
    AND (w.scheduled_date AT TIME ZONE athlete.time_zone)::date > athlete.today - $3::integer
) AS plans
"""
_MAXIMA: Final = f"""
WITH {_COUNTED}, {LIFTED}
SELECT exercise_id, least_kg * factor AS e1rm_kg, least_kg, loaded, set_id, local_date FROM (
    SELECT DISTINCT ON (lifted.exercise_id) lifted.*, factors.factor
    FROM lifted JOIN factors ON factors.reps = lifted.loaded
    WHERE lifted.least_kg > 0
    ORDER BY lifted.exercise_id, lifted.least_kg * factors.factor DESC, lifted.local_date, set_id
) AS best ORDER BY e1rm_kg DESC, exercise_id LIMIT $4
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
        work = self._work()
        figures = await work.fetchrow(_FIGURES, athlete_id, at, WINDOW_DAYS)
        if figures is None:
            return None
        maxima = await work.fetch(_MAXIMA, athlete_id, at, MAXIMA_DAYS, MOST_MAXIMA)
        return AthleteAnalytics(
            athlete_id=athlete_id,
            computed_at=at,
            **figures,
            estimated_maxima=tuple(_maximum(row) for row in maxima),
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
        load_kg=row["least_kg"],
        repetitions=row["loaded"],
        set_id=UUID(str(row["set_id"])),
        local_date=row["local_date"],
    )
