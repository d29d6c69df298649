"""Types of sets: table, mapping, repository."""

from uuid import UUID

from sqlalchemy import Boolean, Column, Index, String, Table, Text, select

from workout_domain.catalogue.errors import SetTypeCodeTaken, SetTypeNotFound
from workout_domain.catalogue.set_type import LONGEST_CODE, LONGEST_NAME, SetType
from workout_infrastructure.persistence.failures import refuse_as
from workout_infrastructure.persistence.registry import (
    aggregate_columns,
    mapper_registry,
    metadata,
)
from workout_infrastructure.persistence.unit_of_work import CurrentWork

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
# Deleted ones included: a code that meant something once shall not mean something else later.
Index("uq_set_types_code", set_types.c.code, unique=True)

refuse_as("uq_set_types_code", SetTypeCodeTaken("There is or was a type of set of this code."))

_IS_USED = """
SELECT EXISTS (
    SELECT 1 FROM performed_sets WHERE set_type_id = $1::uuid AND deleted_at IS NULL) AS is_used
"""


def map_set_types() -> None:
    """Map the types of sets."""
    mapper_registry.map_imperatively(
        SetType,
        set_types,
        version_id_col=set_types.c.revision,
        version_id_generator=False,
        exclude_properties=["shipped_digest"],
    )


class SqlSetTypeRepository:
    """Types of sets of the command in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    def add(self, set_type: SetType) -> None:
        """Add a new type."""
        work = self._work()
        work.session.add(set_type)
        work.watch(set_type)

    async def one(self, set_type_id: UUID) -> SetType:
        """Return a type, its row locked."""
        work = self._work()
        found: SetType | None = await work.session.scalar(
            select(SetType).where(set_types.c.id == set_type_id).with_for_update()
        )
        if found is None:
            raise SetTypeNotFound("No such type of set.", set_type_id=set_type_id)
        work.watch(found)
        return found

    async def is_used(self, set_type_id: UUID) -> bool:
        """Tell whether there is a set of this type."""
        row = await self._work().fetchrow(_IS_USED, set_type_id)
        return bool(row["is_used"])
