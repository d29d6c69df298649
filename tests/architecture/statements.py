"""The SQL of the product, put together as it is sent, and who may read or write what with it."""

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final

from tests.architecture.registries import table_definitions, tables
from tests.architecture.sources import Source, calls, product
from tests.tools.reference import import_everything

PERSISTENCE: Final = "workout_infrastructure/persistence"
_STATEMENT: Final = re.compile(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b")
_NO_ALIAS: Final = (
    "ON|WHERE|LEFT|RIGHT|JOIN|INNER|CROSS|ORDER|USING|SET|GROUP|FOR|LIMIT|UNION|RETURNING|HAVING"
)
_READ: Final = re.compile(
    rf"\b(?:FROM|JOIN|USING|UPDATE)\s+(\w+)(?:\s+(?:AS\s+)?(?!(?:{_NO_ALIAS})\b)(\w+))?"
)
_WRITTEN: Final = re.compile(r"\b(?:INSERT INTO|(?<!FOR )UPDATE|DELETE FROM)\s+(\w+)")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, and the name under which its file keeps it."""

    path: str
    name: str
    sql: str


def statements() -> list[Statement]:
    """List all statements: constants as they are assembled, and texts written in functions."""
    import_everything()
    found = []
    for file in product():
        if file.is_below("workout_infrastructure", "workout_presentation"):
            namespace = vars(sys.modules[file.module])
            found += [*_constants(file, namespace), *_written_in_functions(file, namespace)]
    return found


def _constants(file: Source, namespace: Mapping[str, Any]) -> Iterator[Statement]:
    for name, value in namespace.items():
        for kept in value.values() if isinstance(value, dict) else [value]:
            for text in _forms(kept):
                if _STATEMENT.match(text):
                    yield Statement(file.path, name, text)


def _forms(kept: Any) -> list[str]:
    """List the texts a constant is: itself, or the forms of one statement kept together."""
    if is_dataclass(kept) and not isinstance(kept, type):
        return [text for one in fields(kept) if isinstance(text := getattr(kept, one.name), str)]
    return [kept] if isinstance(kept, str) else []


def _written_in_functions(file: Source, namespace: Mapping[str, Any]) -> Iterator[Statement]:
    for function in ast.walk(file.tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                text = _text(node, namespace)
                if _STATEMENT.match(text):
                    yield Statement(file.path, function.name, text)


def _text(node: ast.AST, namespace: Mapping[str, Any]) -> str:
    """Write out a string, with constants of its file filled in and the rest as `…`."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part, namespace) for part in node.values)
    if isinstance(node, ast.FormattedValue) and isinstance(node.value, ast.Name):
        return str(namespace.get(node.value.id, "…"))
    return "…" if isinstance(node, ast.FormattedValue) else ""


def deletable() -> set[str]:
    """Return the tables whose rows are kept when they are deleted."""
    return {name for name, table in tables().items() if "deleted_at" in table.columns}


def forgetting_deletion(found: Iterable[Statement], soft: set[str]) -> list[tuple[Statement, str]]:
    """Pair each statement with the tables it reads without asking whether the row is deleted."""
    return [
        (statement, table)
        for statement in found
        for table, alias in dict.fromkeys(_READ.findall(statement.sql))
        if table in soft and not _asks(statement.sql, alias)
    ]


def _asks(sql: str, alias: str) -> bool:
    column = rf"\b{alias}\.deleted_at\b" if alias else r"(?<!\.)\bdeleted_at\b"
    return re.search(column, sql) is not None


def selecting_deleted(file: Source, soft: set[str]) -> Iterator[str]:
    """
    List the functions that select columns of a deletable table without asking for deletion.

    Aggregates are not meant: the mapping hides deleted ones from every `select(Workout)`.
    """
    names = {
        node.targets[0].id
        for node in file.tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) == "Table"
        and isinstance(node.value.args[0], ast.Constant)
        and node.value.args[0].value in soft
    }
    for function in ast.walk(file.tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            whole = ast.unparse(function)
            for name, call in calls(function):
                if name not in {"select", "exists"}:
                    continue
                for table in names:
                    reads = any(ast.unparse(arg).startswith(f"{table}.c.") for arg in call.args)
                    if reads and f"{table}.c.deleted_at" not in whole:
                        yield function.name


def owners() -> dict[str, str]:
    """Return the folder that owns each table: the context's, or the platform's."""
    return {table: path.rpartition("/")[0] for table, path in table_definitions()}


def foreign_writes(
    found: Iterable[Statement], owned_by: Mapping[str, str]
) -> list[tuple[Statement, str]]:
    """Pair each statement with the tables it writes that belong to another folder."""
    return [
        (statement, table)
        for statement in found
        for table in dict.fromkeys(_WRITTEN.findall(statement.sql))
        if table in owned_by and not statement.path.startswith(f"{owned_by[table]}/")
    ]
