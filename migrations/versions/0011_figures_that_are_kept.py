"""Figures of athletes and reports of months are kept."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_COUNTS = (
    "sessions",
    "completed_sessions",
    "working_sets",
    "repetitions",
    "planned_workouts",
    "completed_workouts",
    "personal_records",
)


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target}.id"],
        name=op.f(f"fk_{table}_{column}"),
        ondelete="CASCADE",
        initially="DEFERRED",
        deferrable=True,
    )


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "athlete_analytics",
        sa.Column("athlete_id", sa.Uuid(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("completed_sessions", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Numeric(), nullable=False),
        sa.Column("working_sets", sa.Integer(), nullable=False),
        sa.Column("repetitions", sa.Integer(), nullable=False),
        sa.Column("volume_kg", sa.Numeric(), nullable=False),
        sa.Column("sessions_per_week", sa.Numeric(), nullable=False),
        sa.Column("planned_workouts", sa.Integer(), nullable=False),
        sa.Column("completed_workouts", sa.Integer(), nullable=False),
        sa.Column("completion", sa.Numeric(), nullable=True),
        sa.Column("estimated_maxima", postgresql.JSONB(), nullable=False),
        _reference("athlete_analytics", "athlete_id", "athletes"),
        sa.PrimaryKeyConstraint("athlete_id", name=op.f("pk_athlete_analytics")),
    )
    op.create_table(
        "monthly_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("trainer_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("month", sa.SmallInteger(), nullable=False),
        sa.Column("generated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("final_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_monthly_reports_month")),
        _reference("monthly_reports", "trainer_id", "trainers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monthly_reports")),
        sa.UniqueConstraint("trainer_id", "year", "month", name="uq_monthly_reports_of_a_month"),
    )
    op.create_table(
        "monthly_report_athletes",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("athlete_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=201), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTS),
        sa.Column("minutes", sa.Numeric(), nullable=False),
        sa.Column("volume_kg", sa.Numeric(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["monthly_reports.id"],
            name=op.f("fk_monthly_report_athletes_report_id"),
            ondelete="CASCADE",
        ),
        _reference("monthly_report_athletes", "athlete_id", "athletes"),
        sa.PrimaryKeyConstraint("report_id", "athlete_id", name=op.f("pk_monthly_report_athletes")),
    )
    op.create_index(
        "ix_monthly_report_athletes_athlete_id", "monthly_report_athletes", ["athlete_id"]
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("monthly_report_athletes")
    op.drop_table("monthly_reports")
    op.drop_table("athlete_analytics")
