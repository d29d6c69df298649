"""Monthly reports: one of each trainer and month, with a row for every athlete in it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from workout_application.messaging.actor import Actor
from workout_application.reporting.monthly import AthleteMonth, MonthlyReport
from workout_application.reporting.ports import DueReport
from workout_domain.coaching.scopes import Scope
from workout_domain.reporting.errors import MonthlyReportNotFound
from workout_domain.reporting.month import Month
from workout_infrastructure.persistence.coaching.access import athletes_open_to
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.registry import Instant, metadata, reference
from workout_infrastructure.persistence.reporting.roster_figures import athlete_month
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_shared.identifiers import Identifiers

_COUNTS: Final = (
    "sessions",
    "completed_sessions",
    "working_sets",
    "repetitions",
    "planned_workouts",
    "completed_workouts",
    "personal_records",
)

# Asked for at the end of the month, or made, or both.
monthly_reports = Table(
    "monthly_reports",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("trainer_id", Uuid, reference("trainers.id", cascade=True), nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("month", SmallInteger, nullable=False),
    Column("generated_at", Instant),
    Column("final_asked_at", Instant),
    CheckConstraint("month BETWEEN 1 AND 12", name="month"),
    UniqueConstraint("trainer_id", "year", "month", name="uq_monthly_reports_of_a_month"),
)
monthly_report_athletes = Table(
    "monthly_report_athletes",
    metadata,
    Column("report_id", Uuid, ForeignKey("monthly_reports.id", ondelete="CASCADE"), nullable=False),
    Column("athlete_id", Uuid, reference("athletes.id", cascade=True), nullable=False),
    Column("name", String(201), nullable=False),
    *(Column(name, Integer, nullable=False) for name in _COUNTS),
    Column("minutes", Numeric, nullable=False),
    Column("volume_kg", Numeric, nullable=False),
    PrimaryKeyConstraint("report_id", "athlete_id"),
)
Index("ix_monthly_report_athletes_athlete_id", monthly_report_athletes.c.athlete_id)

_FIGURES: Final = f"{', '.join(_COUNTS)}, minutes, volume_kg"
_BEGIN: Final = """
INSERT INTO monthly_reports AS m (id, trainer_id, year, month, generated_at)
SELECT $1::uuid, t.id, $3::smallint, $4::smallint, $5::timestamptz FROM trainers t
WHERE t.id = $2::uuid AND t.deleted_at IS NULL
ON CONFLICT (trainer_id, year, month) DO UPDATE SET generated_at = excluded.generated_at
WHERE m.generated_at IS NULL OR m.generated_at <= excluded.generated_at
RETURNING m.id
"""
_EMPTY: Final = "DELETE FROM monthly_report_athletes WHERE report_id = $1::uuid"
_FILL: Final = f"""
INSERT INTO monthly_report_athletes (report_id, athlete_id, name, {_FIGURES})
SELECT $1::uuid, * FROM unnest($2::uuid[], $3::text[], $4::integer[], $5::integer[],
    $6::integer[], $7::integer[], $8::integer[], $9::integer[], $10::integer[], $11::numeric[],
    $12::numeric[])
"""
_CLAIM_DUE: Final = f"""
WITH due AS (
    SELECT t.id, t.user_id, row_number() OVER (ORDER BY t.id) AS place FROM trainers t
    WHERE t.deleted_at IS NULL AND EXISTS ({athletes_open_to("t.id", Scope.VIEW_REPORTS)})
    AND NOT EXISTS (
        SELECT 1 FROM monthly_reports m WHERE m.trainer_id = t.id AND m.year = $1::smallint
        AND m.month = $2::smallint AND m.final_asked_at IS NOT NULL)
    ORDER BY t.id LIMIT cardinality($4::uuid[])
), asked AS (
    INSERT INTO monthly_reports AS m (id, trainer_id, year, month, final_asked_at)
    SELECT ($4::uuid[])[due.place], due.id, $1::smallint, $2::smallint, $3::timestamptz FROM due
    ON CONFLICT (trainer_id, year, month) DO UPDATE SET final_asked_at = excluded.final_asked_at
    WHERE m.final_asked_at IS NULL RETURNING m.trainer_id
)
SELECT due.id, due.user_id FROM asked JOIN due ON due.id = asked.trainer_id
"""
_FORGET_REPORTS: Final = "DELETE FROM monthly_reports WHERE trainer_id = $1::uuid"
_FORGET_ATHLETE: Final = "DELETE FROM monthly_report_athletes WHERE athlete_id = $1::uuid"
_HEAD: Final = """
SELECT m.id, m.generated_at, u.first_name || ' ' || u.last_name AS trainer_name
FROM monthly_reports m JOIN trainers t ON t.id = m.trainer_id AND t.deleted_at IS NULL
JOIN users u ON u.id = t.user_id AND u.deleted_at IS NULL
WHERE m.trainer_id = $1::uuid AND m.year = $2::smallint AND m.month = $3::smallint
AND m.generated_at IS NOT NULL
"""
_ATHLETES: Final = f"""
SELECT x.athlete_id, x.name, {_FIGURES} FROM monthly_report_athletes x
WHERE x.report_id = $1::uuid
AND x.athlete_id IN ({athletes_open_to("$2::uuid", Scope.VIEW_REPORTS)})
ORDER BY lower(x.name), x.athlete_id
"""


class SqlMonthlyReports:
    """Writes reports inside the command in progress."""

    def __init__(self, work: CurrentWork, identifiers: Identifiers) -> None:
        self._work, self._identifiers = work, identifiers

    async def replace(
        self, trainer_id: UUID, month: Month, athletes: list[AthleteMonth], *, at: datetime
    ) -> None:
        """Keep a report in place of an older one."""
        work = self._work()
        row = await work.fetchrow(
            _BEGIN, self._identifiers.new(), trainer_id, month.year, month.month, at
        )
        if row is None:
            return
        await work.execute(_EMPTY, row["id"])
        figures = [one.figures for one in athletes]
        await work.execute(
            _FILL,
            row["id"],
            [one.athlete_id for one in athletes],
            [one.name for one in athletes],
            *([getattr(one, name) for one in figures] for name in _COUNTS),
            [one.minutes for one in figures],
            [one.volume_kg for one in figures],
        )

    async def claim_due(self, month: Month, *, at: datetime, limit: int) -> list[DueReport]:
        """Note for some trainers that the report of a month that is over is asked for; once."""
        rows = await self._work().fetch(
            _CLAIM_DUE,
            month.year,
            month.month,
            at,
            [self._identifiers.new() for _ in range(limit)],
        )
        return [DueReport(trainer_id=UUID(row["id"]), user_id=UUID(row["user_id"])) for row in rows]

    async def forget(self, *, trainer_id: UUID | None, athlete_id: UUID | None) -> None:
        """Drop the reports of a trainer, and an athlete out of those of others."""
        if trainer_id is not None:
            await self._work().execute(_FORGET_REPORTS, trainer_id)
        if athlete_id is not None:
            await self._work().execute(_FORGET_ATHLETE, athlete_id)


class SqlMonthlyReportReader:
    """Reads reports for those they were made for: two statements, however many athletes."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def one(self, month: Month, *, visible_to: Actor) -> MonthlyReport:
        """Return a trainer's report, with those athletes who let them see reports now."""
        trainer_id = visible_to.trainer_id
        async with self._pool.connection() as connection:
            head = await connection.fetchrow(_HEAD, trainer_id, month.year, month.month)
            if head is None:
                raise MonthlyReportNotFound("The report of this month was not made yet.")
            rows = await connection.fetch(_ATHLETES, head["id"], trainer_id)
        return MonthlyReport(
            trainer_name=head["trainer_name"],
            month=month,
            generated_at=head["generated_at"],
            athletes=tuple(athlete_month(row) for row in rows),
        )
