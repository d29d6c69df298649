"""Reports as tables: a column for each field of a view, nested views flattened."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

from workout_application.reporting.documents import Cell, Column, Table


def table_of(title: str, view: type[Any], rows: Iterable[Any]) -> Table:
    """Make a table of views; a nested view's columns are named after its field, as ``a_b``."""
    columns = tuple(_columns(view))
    return Table(
        title,
        tuple(Column("_".join(path)) for path in columns),
        tuple(tuple(_cell(row, path) for path in columns) for row in rows),
    )


def _columns(view: type[Any]) -> Iterator[tuple[str, ...]]:
    hints = get_type_hints(view)
    for one in fields(view):
        inner = _view_in(hints[one.name])
        if inner is None:
            yield (one.name,)
        else:
            yield from ((one.name, *path) for path in _columns(inner))


def _view_in(hint: Any) -> type[Any] | None:  # noqa: ANN401 - a type hint
    for kind in (hint, *get_args(hint)):
        if isinstance(kind, type) and is_dataclass(kind):
            return kind
    return None


def _cell(row: Any, path: tuple[str, ...]) -> Cell:  # noqa: ANN401 - a view
    value = row
    for name in path:
        value = None if value is None else getattr(value, name)
    cell: Cell = value
    return cell
