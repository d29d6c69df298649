"""Types of sets: table and mapping; they come with the product."""

from sqlalchemy import Boolean, Column, Index, String, Table, Text

from workout_domain.catalogue.set_type import LONGEST_CODE, LONGEST_NAME, SetType
from workout_infrastructure.persistence.registry import (
    aggregate_columns,
    mapper_registry,
    metadata,
)

set_types = Table(
    "set_types",
    metadata,
    *aggregate_columns(),
    Column("code", String(LONGEST_CODE), nullable=False),
    Column("name", String(LONGEST_NAME), nullable=False),
    Column("description", Text),
    Column("is_warm_up", Boolean, nullable=False),
    Column("shipped_digest", Text),
)
Index("uq_set_types_code", set_types.c.code, unique=True)


def map_set_types() -> None:
    """Map the types of sets."""
    mapper_registry.map_imperatively(
        SetType,
        set_types,
        version_id_col=set_types.c.revision,
        version_id_generator=False,
        exclude_properties=["shipped_digest"],
    )
