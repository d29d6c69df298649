"""Programs know what is lifted next and why: rules, their histories, training maxes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_SUBJECTS = (
    "workout",
    "session",
    "session_list",
    "live_session",
    "progress",
    "report",
    "roster",
    "profile",
)


def upgrade() -> None:
    """Apply."""
    _create_rules()
    _create_training_maxes()
    _create_applications()
    _allow_subjects(*_SUBJECTS, "program")


def _create_rules() -> None:
    op.create_table(
        "progression_rules",
        *_aggregate(),
        sa.Column("athlete_id", sa.Uuid(), nullable=False),
        sa.Column("exercise_id", sa.Uuid(), nullable=False),
        _enum("load_kind", "external", "bodyweight", "assisted"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("parameters", JSONB(), nullable=False),
        sa.Column("state", JSONB(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        _key("progression_rules", "athlete_id", "athletes.id", ondelete="CASCADE"),
        _key("progression_rules", "exercise_id", "exercises.id"),
        _key("progression_rules", "created_by", "users.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progression_rules")),
    )
    op.create_index(
        "uq_progression_rules_athlete_id_exercise_id",
        "progression_rules",
        ["athlete_id", "exercise_id"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_progression_rules_athlete_id",
        "progression_rules",
        ["athlete_id", sa.text("created_at DESC"), sa.text("id DESC")],
    )
    op.create_index("ix_progression_rules_exercise_id", "progression_rules", ["exercise_id"])
    op.create_index("ix_progression_rules_created_by", "progression_rules", ["created_by"])


def _create_training_maxes() -> None:
    op.create_table(
        "training_maxes",
        *_aggregate(),
        sa.Column("athlete_id", sa.Uuid(), nullable=False),
        sa.Column("exercise_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.Numeric(8, 3), nullable=False),
        _enum("unit", "kilograms", "pounds"),
        sa.Column("effective_from", sa.Date(), nullable=False),
        _enum("reason", "tested", "estimated", "rule_accepted", "manual"),
        sa.Column("note", sa.String(1000), nullable=True),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=True),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "value >= 0 AND value < 'Infinity'::numeric",
            name=op.f("ck_training_maxes_value_finite"),
        ),
        _key("training_maxes", "athlete_id", "athletes.id", ondelete="CASCADE"),
        _key("training_maxes", "exercise_id", "exercises.id"),
        _key("training_maxes", "set_by", "users.id"),
        _key("training_maxes", "rule_id", "progression_rules.id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_maxes")),
    )
    op.create_index(
        "ix_training_maxes_athlete_id_exercise_id",
        "training_maxes",
        [
            "athlete_id",
            "exercise_id",
            sa.text("effective_from DESC"),
            sa.text("created_at DESC"),
        ],
    )
    op.create_index(
        "ix_training_maxes_athlete_id_created_at",
        "training_maxes",
        ["athlete_id", sa.text("created_at DESC"), sa.text("id DESC")],
    )
    for column in ("exercise_id", "set_by", "rule_id"):
        op.create_index(f"ix_training_maxes_{column}", "training_maxes", [column])


def _create_applications() -> None:
    op.create_table(
        "progression_applications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _enum("cause", "started", "changed", "overridden", "session"),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("entry", JSONB(), nullable=False),
        sa.Column("proposed_training_max", sa.Numeric(8, 3), nullable=True),
        sa.Column("accepted_training_max_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "proposed_training_max >= 0 AND proposed_training_max < 'Infinity'::numeric",
            name=op.f("ck_progression_applications_proposed_training_max_finite"),
        ),
        _key(
            "progression_applications",
            "accepted_training_max_id",
            "training_maxes.id",
            ondelete="SET NULL",
        ),
        _key("progression_applications", "rule_id", "progression_rules.id", ondelete="CASCADE"),
        _key("progression_applications", "session_id", "workout_sessions.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progression_applications")),
    )
    op.create_index(
        "ix_progression_applications_rule_id_at",
        "progression_applications",
        ["rule_id", sa.text("at DESC")],
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_index(
        "ix_progression_applications_rule_id_created_at",
        "progression_applications",
        ["rule_id", sa.text("created_at DESC"), sa.text("id DESC")],
    )
    op.create_index(
        "uq_progression_applications_rule_id_session_id",
        "progression_applications",
        ["rule_id", "session_id"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL AND session_id IS NOT NULL"),
    )
    op.create_index(
        "ix_progression_applications_session_id", "progression_applications", ["session_id"]
    )
    op.create_index(
        "ix_progression_applications_accepted_training_max_id",
        "progression_applications",
        ["accepted_training_max_id"],
        postgresql_where=sa.text("accepted_training_max_id IS NOT NULL"),
    )


def _aggregate() -> list[sa.Column]:
    instant = sa.DateTime(timezone=True)
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("updated_at", instant, nullable=False),
        sa.Column("deleted_at", instant, nullable=True),
    ]


def _enum(name: str, *members: str) -> sa.Column:
    kind = sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column(name, kind, nullable=False)


def _key(
    table: str, column: str, target: str, *, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [target],
        name=op.f(f"fk_{table}_{column}"),
        ondelete=ondelete,
        initially="DEFERRED",
        deferrable=True,
    )


def _allow_subjects(*subjects: str) -> None:
    name, table = op.f("ck_coaching_access_log_subject"), "coaching_access_log"
    members = ", ".join(f"'{subject}'" for subject in subjects)
    op.drop_constraint(name, table, type_="check")
    op.create_check_constraint(name, table, f"subject IN ({members})")


def downgrade() -> None:
    """Undo; that coaches read and changed programs is forgotten."""
    op.execute("DELETE FROM coaching_access_log WHERE subject = 'program'")
    _allow_subjects(*_SUBJECTS)
    op.drop_table("progression_applications")
    op.drop_table("training_maxes")
    op.drop_table("progression_rules")
