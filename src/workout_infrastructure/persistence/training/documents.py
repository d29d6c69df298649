"""What tables of plans share: columns of a prescription, and values kept as JSON documents."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, Integer, Numeric, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import composite
from sqlalchemy.types import TypeDecorator

from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.training.blocks import Block
from workout_domain.training.deviation import Deviation
from workout_domain.training.targets import SetTarget
from workout_infrastructure.persistence.registry import Weight, finite, reference, text_enum


class Targets(TypeDecorator[tuple[SetTarget, ...]]):
    """The targets of an exercise's sets; SQL null where nothing was said set by set."""

    impl = JSONB(none_as_null=True)
    cache_ok = True

    def process_bind_param(
        self, value: tuple[SetTarget, ...] | None, _dialect: object
    ) -> list[dict[str, Any]] | None:
        """Write the documents."""
        return None if value is None else [target.document() for target in value]

    def process_result_value(
        self, value: list[dict[str, Any]] | None, _dialect: object
    ) -> tuple[SetTarget, ...] | None:
        """Read the targets."""
        return None if value is None else tuple(SetTarget.read(document) for document in value)


class Target(TypeDecorator[SetTarget]):
    """The target one performed set was to meet; SQL null where there was none."""

    impl = JSONB(none_as_null=True)
    cache_ok = True

    def process_bind_param(
        self, value: SetTarget | None, _dialect: object
    ) -> dict[str, Any] | None:
        """Write the document."""
        return None if value is None else value.document()

    def process_result_value(
        self, value: dict[str, Any] | None, _dialect: object
    ) -> SetTarget | None:
        """Read the target."""
        return None if value is None else SetTarget.read(value)


class Difference(TypeDecorator[Deviation]):
    """How far a set is from its target; SQL null where there was none."""

    impl = JSONB(none_as_null=True)
    cache_ok = True

    def process_bind_param(
        self, value: Deviation | None, _dialect: object
    ) -> dict[str, Any] | None:
        """Write the document."""
        return None if value is None else value.document()

    def process_result_value(
        self, value: dict[str, Any] | None, _dialect: object
    ) -> Deviation | None:
        """Read the deviation."""
        return None if value is None else Deviation.read(value)


class Blocks(TypeDecorator[tuple[Block, ...]]):
    """The blocks of a plan."""

    impl = JSONB
    cache_ok = True

    def process_bind_param(
        self, value: tuple[Block, ...] | None, _dialect: object
    ) -> list[dict[str, Any]]:
        """Write the documents."""
        return [block.document() for block in value or ()]

    def process_result_value(
        self, value: list[dict[str, Any]] | None, _dialect: object
    ) -> tuple[Block, ...]:
        """Read the blocks."""
        return tuple(Block.read(document) for document in value or ())


def blocks_column() -> Column[Any]:
    """Return the column of a plan's blocks."""
    return Column("blocks", Blocks, nullable=False, server_default=text("'[]'::jsonb"))


def prescription_columns() -> list[Column[Any] | CheckConstraint]:
    """Return the columns of one prescription at its place in a plan."""
    return [
        Column("exercise_id", Uuid, reference("exercises.id"), nullable=False),
        Column("order_index", Integer, nullable=False),
        Column("sets", Integer, nullable=False),
        Column("reps", Integer),
        Column("weight", Weight),
        Column("unit", text_enum(MeasurementUnit, "unit")),
        Column("duration_seconds", Numeric(9, 3)),
        Column("distance_meters", Numeric(11, 3)),
        Column("rest_time_seconds", Integer),
        Column("notes", Text),
        Column("targets", Targets),
        Column("block_index", Integer),
        finite("weight"),
        finite("duration_seconds"),
        finite("distance_meters"),
    ]


def prescription_properties(table: Table) -> dict[str, Any]:
    """Return how the columns of one prescription are mapped."""
    return {
        "_weight": table.c.weight,
        "_unit": table.c.unit,
        "block": table.c.block_index,
        "load": composite(
            Load,
            table.c.weight,
            table.c.unit,
            return_none_on=lambda *values: all(value is None for value in values),
        ),
    }
