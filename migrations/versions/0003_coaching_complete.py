"""Coaching complete: transfers, notes, groups, the access log."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "coaching_access_log",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("athlete_id", sa.Uuid(), nullable=False),
        sa.Column("trainer_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "read",
                "changed",
                name="action",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "subject",
            sa.Enum(
                "workout",
                "session",
                "session_list",
                "live_session",
                "progress",
                "report",
                "roster",
                "profile",
                name="subject",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("operation", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching_access_log")),
    )
    op.create_index(
        "ix_coaching_access_log_athlete_id",
        "coaching_access_log",
        ["athlete_id", "occurred_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_coaching_access_log_occurred_at", "coaching_access_log", ["occurred_at"], unique=False
    )
    op.create_table(
        "coaching_groups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trainer_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("description", sa.String(length=1000), nullable=True),
        sa.ForeignKeyConstraint(
            ["trainer_id"],
            ["trainers.id"],
            name=op.f("fk_coaching_groups_trainer_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching_groups")),
    )
    op.create_index(
        "ix_coaching_groups_trainer_id",
        "coaching_groups",
        ["trainer_id", "created_at"],
        unique=False,
    )
    op.create_index(
        "uq_coaching_groups_name",
        "coaching_groups",
        ["trainer_id", sa.literal_column("lower(name)")],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "coaching_group_members",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("relation_id", sa.Uuid(), nullable=False),
        sa.Column("athlete_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["athlete_id"],
            ["athletes.id"],
            name=op.f("fk_coaching_group_members_athlete_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["coaching_groups.id"],
            name=op.f("fk_coaching_group_members_group_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["relation_id"],
            ["coaching_relations.id"],
            name=op.f("fk_coaching_group_members_relation_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("group_id", "relation_id", name=op.f("pk_coaching_group_members")),
    )
    op.create_index(
        "ix_coaching_group_members_athlete_id",
        "coaching_group_members",
        ["athlete_id"],
        unique=False,
    )
    op.create_index(
        "ix_coaching_group_members_relation_id",
        "coaching_group_members",
        ["relation_id"],
        unique=False,
    )
    op.create_table(
        "coaching_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("relation_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(length=5000), nullable=False),
        sa.Column(
            "visibility",
            sa.Enum(
                "coach_only",
                "shared",
                name="visibility",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["relation_id"],
            ["coaching_relations.id"],
            name=op.f("fk_coaching_notes_relation_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching_notes")),
    )
    op.create_index(
        "ix_coaching_notes_relation_id",
        "coaching_notes",
        ["relation_id", "created_at", "id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.add_column("coaching_relations", sa.Column("transfer_trainer_id", sa.Uuid(), nullable=True))
    op.add_column(
        "coaching_relations", sa.Column("transfer_trainer_user_id", sa.Uuid(), nullable=True)
    )
    op.add_column(
        "coaching_relations",
        sa.Column("transfer_proposed_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.add_column(
        "coaching_relations", sa.Column("transfer_message", sa.String(length=1000), nullable=True)
    )
    op.create_index(
        "ix_coaching_relations_transfer_trainer_id",
        "coaching_relations",
        ["transfer_trainer_id"],
        unique=False,
    )
    op.create_index(
        "ix_coaching_relations_transfer_trainer_user_id",
        "coaching_relations",
        ["transfer_trainer_user_id"],
        unique=False,
    )
    op.create_foreign_key(
        op.f("fk_coaching_relations_transfer_trainer_user_id"),
        "coaching_relations",
        "users",
        ["transfer_trainer_user_id"],
        ["id"],
        ondelete="SET NULL",
        initially="DEFERRED",
        deferrable=True,
    )
    op.create_foreign_key(
        op.f("fk_coaching_relations_transfer_trainer_id"),
        "coaching_relations",
        "trainers",
        ["transfer_trainer_id"],
        ["id"],
        ondelete="SET NULL",
        initially="DEFERRED",
        deferrable=True,
    )


def downgrade() -> None:
    """Undo."""
    op.drop_constraint(
        op.f("fk_coaching_relations_transfer_trainer_id"), "coaching_relations", type_="foreignkey"
    )
    op.drop_constraint(
        op.f("fk_coaching_relations_transfer_trainer_user_id"),
        "coaching_relations",
        type_="foreignkey",
    )
    op.drop_index("ix_coaching_relations_transfer_trainer_user_id", table_name="coaching_relations")
    op.drop_index("ix_coaching_relations_transfer_trainer_id", table_name="coaching_relations")
    op.drop_column("coaching_relations", "transfer_message")
    op.drop_column("coaching_relations", "transfer_proposed_at")
    op.drop_column("coaching_relations", "transfer_trainer_user_id")
    op.drop_column("coaching_relations", "transfer_trainer_id")
    op.drop_index(
        "ix_coaching_notes_relation_id",
        table_name="coaching_notes",
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.drop_table("coaching_notes")
    op.drop_index("ix_coaching_group_members_relation_id", table_name="coaching_group_members")
    op.drop_index("ix_coaching_group_members_athlete_id", table_name="coaching_group_members")
    op.drop_table("coaching_group_members")
    op.drop_index(
        "uq_coaching_groups_name",
        table_name="coaching_groups",
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.drop_index("ix_coaching_groups_trainer_id", table_name="coaching_groups")
    op.drop_table("coaching_groups")
    op.drop_index("ix_coaching_access_log_occurred_at", table_name="coaching_access_log")
    op.drop_index("ix_coaching_access_log_athlete_id", table_name="coaching_access_log")
    op.drop_table("coaching_access_log")
