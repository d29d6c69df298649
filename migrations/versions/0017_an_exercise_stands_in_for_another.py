"""Exercise logs say which exercise was planned where another one stands in for it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("exercise_logs", sa.Column("substituted_exercise_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_exercise_logs_substituted_exercise_id"),
        "exercise_logs",
        "exercises",
        ["substituted_exercise_id"],
        ["id"],
        initially="DEFERRED",
        deferrable=True,
    )
    op.create_index(
        "ix_exercise_logs_substituted_exercise_id",
        "exercise_logs",
        ["substituted_exercise_id"],
        postgresql_where=sa.text("substituted_exercise_id IS NOT NULL"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_exercise_logs_substituted_exercise_id", table_name="exercise_logs")
    op.drop_constraint(
        op.f("fk_exercise_logs_substituted_exercise_id"), "exercise_logs", type_="foreignkey"
    )
    op.drop_column("exercise_logs", "substituted_exercise_id")
