"""Plans say it set by set, and which exercises belong together."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column(
        "workouts",
        sa.Column("blocks", JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
    )
    op.add_column("workout_exercises", sa.Column("targets", JSONB(), nullable=True))
    op.add_column("workout_exercises", sa.Column("block_index", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.drop_column("workout_exercises", "block_index")
    op.drop_column("workout_exercises", "targets")
    op.drop_column("workouts", "blocks")
