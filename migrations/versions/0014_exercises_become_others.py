"""Exercises become others, and it is kept who did that and how much followed."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "exercise_merges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=False),
        sa.Column("merged_by", sa.Uuid(), nullable=True),
        sa.Column("merged_at", instant, nullable=False),
        sa.Column("sessions", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sets", sa.Integer(), server_default="0", nullable=False),
        sa.Column("workouts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("templates", sa.Integer(), server_default="0", nullable=False),
        sa.Column("finished_at", instant, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_merges")),
    )
    for column, target, ondelete in (
        ("source_id", "exercises", "CASCADE"),
        ("into_id", "exercises", "CASCADE"),
        ("merged_by", "users", "SET NULL"),
    ):
        op.create_foreign_key(
            op.f(f"fk_exercise_merges_{column}"),
            "exercise_merges",
            target,
            [column],
            ["id"],
            ondelete=ondelete,
            initially="DEFERRED",
            deferrable=True,
        )
    op.create_index("uq_exercise_merges_source_id", "exercise_merges", ["source_id"], unique=True)
    op.create_index(
        "ix_exercise_merges_into_id", "exercise_merges", ["into_id", sa.text("merged_at DESC")]
    )
    op.create_index("ix_exercise_merges_merged_by", "exercise_merges", ["merged_by"])
    op.create_index(
        "ix_exercise_merges_open",
        "exercise_merges",
        ["merged_at"],
        postgresql_where=sa.text("finished_at IS NULL"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("exercise_merges")
