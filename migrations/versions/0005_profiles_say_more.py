"""Trainers describe themselves, athletes say how tall and how heavy they are."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("athletes", sa.Column("height", sa.Numeric(precision=4, scale=1), nullable=True))
    op.add_column("athletes", sa.Column("weight", sa.Numeric(precision=8, scale=3), nullable=True))
    op.add_column("athletes", sa.Column("unit", sa.String(length=32), nullable=True))
    op.create_check_constraint(
        op.f("ck_athletes_unit"), "athletes", "unit IN ('kilograms', 'pounds')"
    )
    for column in ("height", "weight"):
        op.create_check_constraint(
            op.f(f"ck_athletes_{column}_finite"),
            "athletes",
            f"{column} >= 0 AND {column} < 'Infinity'::numeric",
        )
    op.add_column("trainers", sa.Column("bio", sa.Text(), nullable=True))
    op.add_column("trainers", sa.Column("specialization", sa.String(length=200), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.drop_column("trainers", "specialization")
    op.drop_column("trainers", "bio")
    for name in ("weight_finite", "height_finite", "unit"):
        op.drop_constraint(op.f(f"ck_athletes_{name}"), "athletes", type_="check")
    op.drop_column("athletes", "unit")
    op.drop_column("athletes", "weight")
    op.drop_column("athletes", "height")
