"""Sets know their target and how far they are from it; corrections keep what was said before."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; sets of the past learn which share of a body their exercise moves."""
    op.add_column("performed_sets", sa.Column("deviation", JSONB(), nullable=True))
    op.execute(
        "UPDATE performed_sets p SET bodyweight_share = e.bodyweight_share FROM exercises e "
        "WHERE e.id = p.exercise_id AND p.load_kind <> 'external' AND p.bodyweight_share IS NULL"
    )
    op.create_index(
        "ix_performed_sets_target_number",
        "performed_sets",
        ["session_id", "exercise_id", "target_number"],
        postgresql_where=sa.text("target_number IS NOT NULL AND deleted_at IS NULL"),
    )
    op.create_table(
        "set_revisions",
        sa.Column("set_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("operation", sa.String(length=32), nullable=False),
        sa.Column("rep_id", sa.Uuid(), nullable=True),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", JSONB(), nullable=False),
        sa.CheckConstraint(
            "operation IN ('set_changed', 'set_removed', 'rep_changed', 'rep_removed', "
            "'bodyweight_changed')",
            name=op.f("ck_set_revisions_operation"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"],
            ["users.id"],
            name=op.f("fk_set_revisions_changed_by"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["set_id"],
            ["performed_sets.id"],
            name=op.f("fk_set_revisions_set_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("set_id", "sequence", name=op.f("pk_set_revisions")),
    )
    op.create_index("ix_set_revisions_changed_by", "set_revisions", ["changed_by"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("set_revisions")
    op.drop_index("ix_performed_sets_target_number", table_name="performed_sets")
    op.drop_column("performed_sets", "deviation")
