"""Reports as they lie in the database, without the worker that makes them."""

from typing import Any
from uuid import uuid4


async def a_monthly_report(
    database: Any, trainer_id: str, *athlete_ids: str, year: int = 2026, month: int = 3
) -> None:
    """Write the report of a trainer's month, one session for each athlete."""
    report_id = uuid4()
    await database.execute(
        "INSERT INTO monthly_reports (id, trainer_id, year, month, generated_at) "
        "VALUES ($1, $2::uuid, $3, $4, now())",
        report_id,
        trainer_id,
        year,
        month,
    )
    await database.execute(
        """INSERT INTO monthly_report_athletes
            (report_id, athlete_id, name, sessions, completed_sessions, working_sets, repetitions,
             planned_workouts, completed_workouts, personal_records, minutes, volume_kg)
        SELECT $1, id, 'Pat ' || id, 1, 1, 1, 5, 0, 0, 0, 45, 500
        FROM unnest($2::uuid[]) AS id""",
        report_id,
        list(athlete_ids),
    )
