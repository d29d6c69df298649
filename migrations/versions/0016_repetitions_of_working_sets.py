"""Roll-ups count the successful repetitions of working sets by themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_TABLES = ("exercise_rollups", "session_rollups", "exercise_totals", "training_totals")
_COUNTED = """
UPDATE exercise_rollups k SET working_reps = d.reps FROM (
    SELECT p.session_id, p.exercise_id, count(*) AS reps FROM performed_sets p
    JOIN set_types t ON t.id = p.set_type_id AND NOT t.is_warm_up
    JOIN performed_reps r ON r.set_id = p.id AND r.success
    WHERE p.deleted_at IS NULL GROUP BY p.session_id, p.exercise_id
) d WHERE d.session_id = k.session_id AND d.exercise_id = k.exercise_id
"""


def _added_up(table: str, *by: str) -> str:
    same = " AND ".join(f"d.{column} = t.{column}" for column in by)
    return f"""
    UPDATE {table} t SET working_reps = d.reps FROM (
        SELECT {", ".join(by)}, sum(working_reps) AS reps FROM exercise_rollups
        GROUP BY {", ".join(by)}
    ) d WHERE {same}"""


def upgrade() -> None:
    """Apply; a session that changed since it was rolled up is rolled up again anyway."""
    for table in _TABLES:
        op.add_column(
            table, sa.Column("working_reps", sa.Integer(), server_default="0", nullable=False)
        )
    op.execute(_COUNTED)
    op.execute(_added_up("session_rollups", "session_id"))
    op.execute(_added_up("exercise_totals", "user_id", "exercise_id"))
    op.execute(_added_up("training_totals", "user_id"))
    for table in _TABLES:
        op.alter_column(table, "working_reps", server_default=None)


def downgrade() -> None:
    """Undo."""
    for table in _TABLES:
        op.drop_column(table, "working_reps")
