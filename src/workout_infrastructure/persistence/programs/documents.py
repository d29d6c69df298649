"""Values of programs that are kept as JSON, their figures as text: exact, whoever reads them."""

from typing import Any, TypeVar

import msgspec
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

from workout_domain.programs.parameters import Parameters
from workout_domain.programs.steps import State

T = TypeVar("T")


def written(value: object) -> str:
    """Write a value of the domain."""
    return msgspec.json.encode(value).decode()


def read(kind: type[T], text: str) -> T:
    """Read back what was written of a value of this kind."""
    return msgspec.json.decode(text, type=kind)


class _Document(TypeDecorator[Any]):
    """A value of the domain as JSON."""

    impl = JSONB
    cache_ok = True
    kind: type[Any]

    def process_bind_param(self, value: object, _dialect: object) -> Any:  # noqa: ANN401 - JSON
        """Write the document."""
        return msgspec.to_builtins(value)

    def process_result_value(self, value: object, _dialect: object) -> Any:  # noqa: ANN401 - of the kind
        """Read the value."""
        return msgspec.convert(value, self.kind)


class ParametersDocument(_Document):
    """What a rule says."""

    cache_ok = True
    kind = Parameters


class StateDocument(_Document):
    """Where a rule stands."""

    cache_ok = True
    kind = State
