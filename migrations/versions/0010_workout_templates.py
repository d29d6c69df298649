"""Workout templates: catalogue data of the product and of trainers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TYPES = (
    "'strength', 'hypertrophy', 'powerlifting', 'olympic_weightlifting', 'endurance', 'cardio', "
    "'hiit', 'flexibility', 'recovery', 'other'"
)
_BLOCKS = sa.text("'[]'::jsonb")


def _finite(column: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        f"{column} >= 0 AND {column} < 'Infinity'::numeric",
        name=op.f(f"ck_workout_template_exercises_{column}_finite"),
    )


def _foreign_key(table: str, column: str, target: str, ondelete: str | None) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        [column],
        [target],
        name=op.f(f"fk_{table}_{column}"),
        ondelete=ondelete,
        initially="DEFERRED",
        deferrable=True,
    )


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "workout_templates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("type", sa.String(32), nullable=False),
        sa.Column("estimated_duration_minutes", sa.Integer(), nullable=False),
        sa.Column("tags", ARRAY(sa.Text()), nullable=False),
        sa.Column("blocks", JSONB(), server_default=_BLOCKS, nullable=False),
        sa.Column("shipped_digest", sa.Text(), nullable=True),
        sa.CheckConstraint(f"type IN ({_TYPES})", name=op.f("ck_workout_templates_type")),
        _foreign_key("workout_templates", "owner_id", "users.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workout_templates")),
    )
    op.create_index("ix_workout_templates_owner_id", "workout_templates", ["owner_id"])
    op.create_index(
        "uq_workout_templates_owner_id_name",
        "workout_templates",
        ["owner_id", sa.text("lower(name)")],
        unique=True,
        postgresql_where=sa.text("owner_id IS NOT NULL AND deleted_at IS NULL"),
    )
    op.create_index(
        "uq_workout_templates_shipped_name",
        "workout_templates",
        [sa.text("lower(name)")],
        unique=True,
        postgresql_where=sa.text("owner_id IS NULL AND deleted_at IS NULL"),
    )
    _create_exercises()


def _create_exercises() -> None:
    name = "workout_template_exercises"
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("exercise_id", sa.Uuid(), nullable=False),
        sa.Column("order_index", sa.Integer(), nullable=False),
        sa.Column("sets", sa.Integer(), nullable=False),
        sa.Column("reps", sa.Integer(), nullable=True),
        sa.Column("weight", sa.Numeric(8, 3), nullable=True),
        sa.Column("unit", sa.String(32), nullable=True),
        sa.Column("duration_seconds", sa.Numeric(9, 3), nullable=True),
        sa.Column("distance_meters", sa.Numeric(11, 3), nullable=True),
        sa.Column("rest_time_seconds", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("targets", JSONB(), nullable=True),
        sa.Column("block_index", sa.Integer(), nullable=True),
        sa.CheckConstraint("unit IN ('kilograms', 'pounds')", name=op.f(f"ck_{name}_unit")),
        _finite("weight"),
        _finite("duration_seconds"),
        _finite("distance_meters"),
        _foreign_key(name, "template_id", "workout_templates.id", "CASCADE"),
        _foreign_key(name, "exercise_id", "exercises.id", None),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(f"ix_{name}_template_id", name, ["template_id", "order_index"])
    op.create_index(f"ix_{name}_exercise_id", name, ["exercise_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("workout_template_exercises")
    op.drop_table("workout_templates")
