"""What the running product knows of itself: messages, errors, events, tables, and their owners."""

import ast
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ARRAY, CheckConstraint, Column, DateTime, Enum, Table

from tests.architecture.sources import calls, product
from tests.tools.reference import import_everything
from workout_application.messaging.messages import Message
from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import DomainError
from workout_domain.kernel.events import DomainEvent
from workout_infrastructure.persistence.mapping import map_everything, metadata
from workout_presentation.composition.container import Container, build_container
from workout_presentation.composition.settings import Environment, load_settings

T = TypeVar("T")


@lru_cache
def wired() -> Container:
    """Build the product with settings that lead nowhere: nothing connects until asked."""
    import_everything()
    return build_container(
        load_settings(environment=Environment.TEST, database_url="postgresql://nobody@localhost/no")
    )


def messages() -> list[type[Message[Any]]]:
    """List every command and query of the product."""
    found = _subclasses(Message)
    return [kind for kind in found if kind.__module__.split(".")[1:2] != ["messaging"]]


def refusals() -> list[type[DomainError]]:
    """List every refusal of the product, the kinds of the kernel included."""
    return _subclasses(DomainError)


def events() -> list[type[DomainEvent]]:
    """List every event that is published: those that say their kind."""
    return [kind for kind in _subclasses(DomainEvent) if "kind" in vars(kind)]


def nameless_events() -> list[type[DomainEvent]]:
    """List the classes of events without a kind of their own: parents of others."""
    return [kind for kind in _subclasses(DomainEvent) if "kind" not in vars(kind)]


def aggregates() -> list[type[Aggregate]]:
    """List every aggregate."""
    return _subclasses(Aggregate)


def tables() -> dict[str, Table]:
    """Return every table by its name."""
    map_everything()
    return dict(metadata.tables)


def _subclasses(parent: type[T]) -> list[type[T]]:
    import_everything()
    waiting, found = list(parent.__subclasses__()), set()
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        # A dataclass with slots leaves its first form behind; only the named one counts.
        module = sys.modules.get(kind.__module__)
        if kind.__module__.startswith("workout_") and getattr(module, kind.__name__, 0) is kind:
            found.add(kind)
    return sorted(found, key=lambda kind: (kind.__module__, kind.__name__))


def twice(values: Iterable[object]) -> list[object]:
    """Return what comes more than once."""
    return [value for value, times in Counter(values).items() if times > 1]


def table_definitions() -> Iterator[tuple[str, str]]:
    """List the name of every table that is defined, with the file that does it."""
    for file in product():
        if not file.is_below("workout_infrastructure/persistence"):
            continue
        for name, call in calls(file.tree):
            if name == "Table" and call.args and isinstance(call.args[0], ast.Constant):
                yield str(call.args[0].value), file.path


def unchecked_enums(found: Mapping[str, Table]) -> list[str]:
    """List the columns that hold members of an enum without a check that says which."""
    return [
        f"{table.name}.{column.name}"
        for table in found.values()
        for column in table.columns
        if _members(column) is not None and not _is_checked(table, column)
    ]


def naive_columns(found: Mapping[str, Table]) -> list[str]:
    """List the columns that hold instants without their zone."""
    return [
        f"{table.name}.{column.name}"
        for table in found.values()
        for column in table.columns
        if isinstance(column.type, DateTime) and not column.type.timezone
    ]


def _members(column: Column[Any]) -> Enum | None:
    kind = column.type.item_type if isinstance(column.type, ARRAY) else column.type
    return kind if isinstance(kind, Enum) else None


def _is_checked(table: Table, column: Column[Any]) -> bool:
    kind = _members(column)
    if kind is None or kind.native_enum:
        return False
    checks = [
        str(constraint.sqltext.compile(compile_kwargs={"literal_binds": True}))
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    ]
    return any(
        column.name in check and all(f"'{value}'" in check for value in kind.enums)
        for check in checks
    )
