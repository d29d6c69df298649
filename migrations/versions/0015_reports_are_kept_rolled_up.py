"""What was performed is kept rolled up: by session, by exercise, in total, and as records."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "training_totals",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("completed_sessions", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Numeric(), nullable=False),
        sa.Column("working_sets", sa.Integer(), nullable=False),
        sa.Column("warm_up_sets", sa.Integer(), nullable=False),
        sa.Column("hard_sets", sa.Integer(), nullable=False),
        sa.Column("sided_hard_sets", sa.Integer(), nullable=False),
        sa.Column("successful_reps", sa.Integer(), nullable=False),
        sa.Column("failed_reps", sa.Integer(), nullable=False),
        sa.Column("loaded_reps", sa.Integer(), nullable=False),
        sa.Column("tonnage_kg", sa.Numeric(), nullable=False),
        sa.Column("warm_up_tonnage_kg", sa.Numeric(), nullable=False),
        sa.Column("seconds", sa.Numeric(), nullable=False),
        sa.Column("meters", sa.Numeric(), nullable=False),
        sa.Column("folded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column("newest_settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_training_totals_user_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_training_totals")),
    )
    op.create_index(
        "ix_training_totals_unsettled",
        "training_totals",
        ["folded_at"],
        unique=False,
        postgresql_where=sa.text("newest_settled_at > settled_to"),
    )
    op.create_table(
        "exercise_totals",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("exercise_id", sa.Uuid(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("working_sets", sa.Integer(), nullable=False),
        sa.Column("warm_up_sets", sa.Integer(), nullable=False),
        sa.Column("hard_sets", sa.Integer(), nullable=False),
        sa.Column("sided_hard_sets", sa.Integer(), nullable=False),
        sa.Column("successful_reps", sa.Integer(), nullable=False),
        sa.Column("failed_reps", sa.Integer(), nullable=False),
        sa.Column("loaded_reps", sa.Integer(), nullable=False),
        sa.Column("tonnage_kg", sa.Numeric(), nullable=False),
        sa.Column("warm_up_tonnage_kg", sa.Numeric(), nullable=False),
        sa.Column("seconds", sa.Numeric(), nullable=False),
        sa.Column("meters", sa.Numeric(), nullable=False),
        sa.Column("first_date", sa.Date(), nullable=False),
        sa.Column("last_date", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise_id"],
            ["exercises.id"],
            name=op.f("fk_exercise_totals_exercise_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_exercise_totals_user_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("user_id", "exercise_id", name=op.f("pk_exercise_totals")),
    )
    op.create_index(
        "ix_exercise_totals_exercise_id", "exercise_totals", ["exercise_id"], unique=False
    )
    op.create_table(
        "exercise_rollups",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("exercise_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("session_date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("working_sets", sa.Integer(), nullable=False),
        sa.Column("warm_up_sets", sa.Integer(), nullable=False),
        sa.Column("hard_sets", sa.Integer(), nullable=False),
        sa.Column("sided_hard_sets", sa.Integer(), nullable=False),
        sa.Column("successful_reps", sa.Integer(), nullable=False),
        sa.Column("failed_reps", sa.Integer(), nullable=False),
        sa.Column("loaded_reps", sa.Integer(), nullable=False),
        sa.Column("tonnage_kg", sa.Numeric(), nullable=False),
        sa.Column("warm_up_tonnage_kg", sa.Numeric(), nullable=False),
        sa.Column("seconds", sa.Numeric(), nullable=False),
        sa.Column("meters", sa.Numeric(), nullable=False),
        sa.Column("best_kg", sa.Numeric(), nullable=True),
        sa.Column("best_kg_set_id", sa.Uuid(), nullable=True),
        sa.Column("best_e1rm_kg", sa.Numeric(), nullable=True),
        sa.Column("best_e1rm_set_id", sa.Uuid(), nullable=True),
        sa.Column("best_e1rm_load_kg", sa.Numeric(), nullable=True),
        sa.Column("best_e1rm_reps", sa.Integer(), nullable=True),
        sa.Column("best_volume_kg", sa.Numeric(), nullable=True),
        sa.Column("best_volume_set_id", sa.Uuid(), nullable=True),
        sa.Column("most_reps", sa.Integer(), nullable=True),
        sa.Column("most_reps_set_id", sa.Uuid(), nullable=True),
        sa.Column("longest_seconds", sa.Numeric(), nullable=True),
        sa.Column("longest_set_id", sa.Uuid(), nullable=True),
        sa.Column("farthest_meters", sa.Numeric(), nullable=True),
        sa.Column("farthest_set_id", sa.Uuid(), nullable=True),
        sa.Column("rep_counts", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("rep_kgs", postgresql.ARRAY(sa.Numeric()), nullable=False),
        sa.Column("rep_set_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["workout_sessions.id"],
            name=op.f("fk_exercise_rollups_session_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("session_id", "exercise_id", name=op.f("pk_exercise_rollups")),
    )
    op.create_index(
        "ix_exercise_rollups_user_id_exercise_id_session_date",
        "exercise_rollups",
        ["user_id", "exercise_id", "session_date", "session_id"],
        unique=False,
    )
    op.create_index(
        "ix_exercise_rollups_user_id_local_date",
        "exercise_rollups",
        ["user_id", "local_date"],
        unique=False,
    )
    op.create_table(
        "personal_records",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("exercise_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "weight",
                "reps",
                "e1rm",
                "set_volume",
                "session_volume",
                "most_reps",
                "duration",
                "distance",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reps", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("set_id", sa.Uuid(), nullable=True),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("session_date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.Numeric(), nullable=False),
        sa.Column("previous_value", sa.Numeric(), nullable=True),
        sa.Column("load_kg", sa.Numeric(), nullable=True),
        sa.Column("load_reps", sa.Integer(), nullable=True),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["workout_sessions.id"],
            name=op.f("fk_personal_records_session_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "user_id", "exercise_id", "kind", "reps", "session_id", name=op.f("pk_personal_records")
        ),
    )
    op.create_index(
        "ix_personal_records_current",
        "personal_records",
        ["user_id", sa.literal_column("session_date DESC"), "session_id"],
        unique=False,
        postgresql_where=sa.text("is_current"),
    )
    op.create_index(
        "ix_personal_records_session_id", "personal_records", ["session_id"], unique=False
    )
    op.create_table(
        "session_rollups",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("session_date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_completed", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Numeric(), nullable=False),
        sa.Column("session_rpe", sa.Numeric(precision=3, scale=1), nullable=True),
        sa.Column("working_sets", sa.Integer(), nullable=False),
        sa.Column("warm_up_sets", sa.Integer(), nullable=False),
        sa.Column("hard_sets", sa.Integer(), nullable=False),
        sa.Column("sided_hard_sets", sa.Integer(), nullable=False),
        sa.Column("successful_reps", sa.Integer(), nullable=False),
        sa.Column("failed_reps", sa.Integer(), nullable=False),
        sa.Column("loaded_reps", sa.Integer(), nullable=False),
        sa.Column("tonnage_kg", sa.Numeric(), nullable=False),
        sa.Column("warm_up_tonnage_kg", sa.Numeric(), nullable=False),
        sa.Column("seconds", sa.Numeric(), nullable=False),
        sa.Column("meters", sa.Numeric(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["workout_sessions.id"],
            name=op.f("fk_session_rollups_session_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_rollups")),
    )
    op.create_index(
        "ix_session_rollups_user_id_local_date",
        "session_rollups",
        ["user_id", "local_date"],
        unique=False,
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_session_rollups_user_id_local_date", table_name="session_rollups")
    op.drop_table("session_rollups")
    op.drop_index("ix_personal_records_session_id", table_name="personal_records")
    op.drop_index(
        "ix_personal_records_current",
        table_name="personal_records",
        postgresql_where=sa.text("is_current"),
    )
    op.drop_table("personal_records")
    op.drop_index("ix_exercise_rollups_user_id_local_date", table_name="exercise_rollups")
    op.drop_index(
        "ix_exercise_rollups_user_id_exercise_id_session_date", table_name="exercise_rollups"
    )
    op.drop_table("exercise_rollups")
    op.drop_index("ix_exercise_totals_exercise_id", table_name="exercise_totals")
    op.drop_table("exercise_totals")
    op.drop_index(
        "ix_training_totals_unsettled",
        table_name="training_totals",
        postgresql_where=sa.text("newest_settled_at > settled_to"),
    )
    op.drop_table("training_totals")
