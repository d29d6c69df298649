"""Values of a plan that are kept as JSON documents, in the form the domain gives them."""

from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

from workout_domain.training.blocks import Block
from workout_domain.training.targets import SetTarget


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
