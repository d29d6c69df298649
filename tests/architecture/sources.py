"""The source as syntax trees, for lints that look at it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
TESTS = ROOT / "tests"
LAYERS = (
    "workout_shared",
    "workout_domain",
    "workout_application",
    "workout_infrastructure",
    "workout_presentation",
)

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Source:
    """One file: where it is below `src` (or `tests`), and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def module(self) -> str:
        """Its dotted name."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def is_below(self, *folders: str) -> bool:
        """Whether it lies in one of these folders."""
        return any(self.path.startswith(f"{folder}/") for folder in folders)


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule, and where."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.sentence}"


def parsed(path: str, text: str) -> Source:
    """Parse a file, real or made up."""
    return Source(path, text, ast.parse(text))


@lru_cache
def product() -> tuple[Source, ...]:
    """Parse the whole product."""
    return tuple(_parsed_below(SRC))


@lru_cache
def tests() -> tuple[Source, ...]:
    """Parse all tests and their tools."""
    return tuple(_parsed_below(TESTS))


def _parsed_below(folder: Path) -> Iterator[Source]:
    for path in sorted(folder.rglob("*.py")):
        yield parsed(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8"))


@cache
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """List everything in a tree; each tree is walked once."""
    return tuple(ast.walk(tree))


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """List everything imported, as `module` or `module.name`, with its line."""
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def references(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """List every imported thing that is used or imported, by its full dotted name."""
    names = dict(_local_names(tree))
    yield from imports(tree)
    for node in nodes(tree):
        if isinstance(node, ast.Attribute):
            head, *rest = dotted(node)
            if head in names:
                yield ".".join([names[head], *rest]), node.lineno


def _local_names(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield (
                    (alias.asname or alias.name.partition(".")[0]),
                    (alias.name if alias.asname else alias.name.partition(".")[0]),
                )
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield (alias.asname or alias.name), f"{node.module}.{alias.name}"


def dotted(node: ast.expr) -> list[str]:
    """Take `one.two.three` apart; what is no plain name is empty."""
    if isinstance(node, ast.Attribute):
        return [*dotted(node.value), node.attr]
    return [node.id] if isinstance(node, ast.Name) else [""]


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """List every call by the last part of what is called: `session.commit()` is `commit`."""
    for node in nodes(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr, node
            elif isinstance(node.func, ast.Name):
                yield node.func.id, node


def texts(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """List every string that is not a docstring; parts of f-strings come one by one."""
    docstrings = {
        id(node.value)
        for node in nodes(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in nodes(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
        ):
            yield node.value, node.lineno


def classes(source: Source) -> Iterator[ast.ClassDef]:
    """List the classes at the top of a file."""
    return (node for node in source.tree.body if isinstance(node, ast.ClassDef))


def base_names(node: ast.ClassDef) -> list[str]:
    """Return the bases without their parameters: `Command[WorkoutView]` is `Command`."""
    return [ast.unparse(base).partition("[")[0] for base in node.bases]
