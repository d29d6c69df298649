"""One metadata, one mapper registry and the column types all tables share."""

from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Enum,
    ForeignKey,
    Integer,
    MetaData,
    Numeric,
    Uuid,
)
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING)
mapper_registry = registry(metadata=metadata)

Instant = DateTime(timezone=True)
Weight = Numeric(8, 3)


def text_enum(kind: type[StrEnum], name: str) -> Enum:
    """Store an enum as text, with a check that holds its values."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


class IntegerEnum(TypeDecorator[IntEnum]):
    """Store an enum as an integer (the source's rule for gender)."""

    impl = Integer
    cache_ok = True

    def __init__(self, kind: type[IntEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: IntEnum | None, _dialect: object) -> int | None:
        """Write the number."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, _dialect: object) -> IntEnum | None:
        """Read the member."""
        return None if value is None else self.kind(value)


def aggregate_columns() -> list[Column[object]]:
    """Return the columns every aggregate root has: id, revision, instants and deletion mark."""
    return [
        Column("id", Uuid, primary_key=True),
        Column("revision", Integer, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("updated_at", Instant, nullable=False),
        Column("deleted_at", Instant),
    ]


def finite(column: str, smallest: int = 0) -> CheckConstraint:
    """Refuse NaN, infinity and what is below ``smallest``: one such value poisons every read."""
    return CheckConstraint(
        f"{column} >= {smallest} AND {column} < 'Infinity'::numeric", name=f"{column}_finite"
    )


def reference(target: str, *, cascade: bool = False, forget: bool = False) -> ForeignKey:
    """
    Point at another table, checked at commit; whoever points goes with it, or forgets it.

    Aggregates know one another by id only, so the order in which a unit of work writes them is
    not known to the mapper; a deferred check does not care.
    """
    ondelete = "CASCADE" if cascade else "SET NULL" if forget else None
    return ForeignKey(target, ondelete=ondelete, deferrable=True, initially="DEFERRED")


def collection(kind: type, name: str) -> Any:  # noqa: ANN401 - SQLAlchemy's attribute, made by mapping
    """Return the mapped attribute of an aggregate's private collection, to load it by name."""
    return getattr(kind, name)
