"""Sessions know their local day, sets and repetitions what was really moved."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KILOGRAMS = "CASE {t}.unit WHEN 'pounds' THEN {t}.weight * 0.45359237 ELSE {t}.weight END"


def _finite(table: str, *columns: str) -> None:
    for column in columns:
        op.create_check_constraint(
            op.f(f"ck_{table}_{column}_finite"),
            table,
            f"{column} >= 0 AND {column} < 'Infinity'::numeric",
        )


def upgrade() -> None:
    """Apply; weights of external lifts are known, body weights of the past are not."""
    op.add_column(
        "exercises",
        sa.Column("bodyweight_share", sa.Numeric(4, 3), server_default="1", nullable=False),
    )
    op.create_check_constraint(
        op.f("ck_exercises_bodyweight_share_is_a_share"),
        "exercises",
        "bodyweight_share BETWEEN 0 AND 1",
    )
    op.add_column("exercises", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_exercises_merged_into_id"),
        "exercises",
        "exercises",
        ["merged_into_id"],
        ["id"],
        ondelete="SET NULL",
        initially="DEFERRED",
        deferrable=True,
    )
    op.create_index(
        "ix_exercises_merged_into_id",
        "exercises",
        ["merged_into_id"],
        postgresql_where=sa.text("merged_into_id IS NOT NULL"),
    )
    _upgrade_sessions()
    _upgrade_sets()


def _upgrade_sessions() -> None:
    for column in (
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=True),
        sa.Column("local_date", sa.Date(), nullable=True),
        sa.Column("session_rpe", sa.Numeric(3, 1), nullable=True),
        sa.Column("bodyweight", sa.Numeric(8, 3), nullable=True),
        sa.Column("bodyweight_unit", sa.String(32), nullable=True),
    ):
        op.add_column("workout_sessions", column)
    op.execute(
        "UPDATE workout_sessions s SET settled_at = s.updated_at, time_zone = u.time_zone, "
        "local_date = (s.session_date AT TIME ZONE u.time_zone)::date "
        "FROM users u WHERE u.id = s.user_id"
    )
    op.alter_column("workout_sessions", "settled_at", nullable=False)
    _finite("workout_sessions", "session_rpe", "bodyweight")
    op.create_check_constraint(
        op.f("ck_workout_sessions_bodyweight_unit"),
        "workout_sessions",
        "bodyweight_unit IN ('kilograms', 'pounds')",
    )
    op.create_index(
        "ix_workout_sessions_user_id_local_date",
        "workout_sessions",
        ["user_id", sa.text("local_date DESC")],
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_workout_sessions_user_id_settled_at",
        "workout_sessions",
        ["user_id", sa.text("settled_at DESC")],
    )
    op.add_column("exercise_logs", sa.Column("targets", JSONB(), nullable=True))


def _upgrade_sets() -> None:
    for column in (
        sa.Column("side", sa.String(32), nullable=True),
        sa.Column("parent_set_id", sa.Uuid(), nullable=True),
        sa.Column("load_kind", sa.Text(), nullable=True),
        sa.Column("bodyweight_kg", sa.Numeric(), nullable=True),
        sa.Column("bodyweight_share", sa.Numeric(4, 3), nullable=True),
        sa.Column("effective_kg", sa.Numeric(), nullable=True),
        sa.Column("target", JSONB(), nullable=True),
        sa.Column("target_number", sa.Integer(), nullable=True),
    ):
        op.add_column("performed_sets", column)
    op.add_column("performed_reps", sa.Column("effective_kg", sa.Numeric(), nullable=True))
    op.execute(
        f"UPDATE performed_sets p SET load_kind = e.load_kind, "
        f"effective_kg = CASE WHEN e.load_kind = 'external' THEN {_KILOGRAMS.format(t='p')} END "
        "FROM exercises e WHERE e.id = p.exercise_id"
    )
    op.execute(
        f"UPDATE performed_reps r SET effective_kg = {_KILOGRAMS.format(t='r')} "
        "FROM performed_sets p WHERE p.id = r.set_id AND p.load_kind = 'external'"
    )
    _finite("performed_sets", "bodyweight_kg", "bodyweight_share", "effective_kg")
    _finite("performed_reps", "effective_kg")
    op.create_check_constraint(
        op.f("ck_performed_sets_side"), "performed_sets", "side IN ('left', 'right')"
    )
    op.create_foreign_key(
        op.f("fk_performed_sets_parent_set_id"),
        "performed_sets",
        "performed_sets",
        ["parent_set_id"],
        ["id"],
        ondelete="SET NULL",
        initially="DEFERRED",
        deferrable=True,
    )
    op.create_index(
        "ix_performed_sets_parent_set_id",
        "performed_sets",
        ["parent_set_id"],
        postgresql_where=sa.text("parent_set_id IS NOT NULL"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_column("performed_reps", "effective_kg")
    for column in (
        "target_number",
        "target",
        "effective_kg",
        "bodyweight_share",
        "bodyweight_kg",
        "load_kind",
        "parent_set_id",
        "side",
    ):
        op.drop_column("performed_sets", column)
    op.drop_column("exercise_logs", "targets")
    for column in (
        "bodyweight_unit",
        "bodyweight",
        "session_rpe",
        "local_date",
        "time_zone",
        "settled_at",
    ):
        op.drop_column("workout_sessions", column)
    op.drop_column("exercises", "merged_into_id")
    op.drop_column("exercises", "bodyweight_share")
