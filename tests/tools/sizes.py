"""How large files and functions are: `python -m tests.tools.sizes`. Advice, not a fence."""

import argparse
import ast
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LONGEST = 10


@dataclass(frozen=True, slots=True)
class Measured:
    """A file or a function, and how many lines it has."""

    name: str
    lines: int


def files(folder: Path) -> list[Measured]:
    """Measure every Python file under a folder, in lines."""
    return [
        Measured(path.relative_to(folder.parent).as_posix(), len(_lines(path)))
        for path in sorted(folder.rglob("*.py"))
    ]


def functions(folder: Path) -> list[Measured]:
    """Measure every function under a folder, in lines from `def` to its end, docstring left out."""
    return [
        function
        for path in sorted(folder.rglob("*.py"))
        for function in functions_of(
            path.read_text(encoding="utf-8"), path.relative_to(folder.parent).as_posix()
        )
    ]


def functions_of(source: str, path: str) -> Iterator[Measured]:
    """Measure the functions of one file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, _FUNCTIONS):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1 - _docstring_lines(node)
            yield Measured(f"{path}:{node.lineno} {node.name}", lines)


def percentile(sizes: Iterable[int], percent: int) -> int:
    """Return the smallest size that at least ``percent`` of all do not exceed; 0 for none."""
    ordered = sorted(sizes)
    if not ordered:
        return 0
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def report(root: Path) -> Iterator[str]:
    """Write totals by layer, percentiles of files and functions, and the longest of both."""
    layers = sorted(path for path in (root / "src").iterdir() if path.is_dir())
    yield f"{'':24}{'lines':>8}{'files':>7}{'p50':>6}{'p95':>6}{'max':>6}"
    for folder in (*layers, root / "src", root / "tests"):
        yield _row(folder.name, files(folder))
    yield ""
    yield f"{'functions':24}{'lines':>8}{'count':>7}{'p50':>6}{'p95':>6}{'max':>6}"
    for folder in (root / "src", root / "tests"):
        yield _row(folder.name, functions(folder))
    for title, measured in (("files", files(root / "src")), ("functions", functions(root / "src"))):
        yield ""
        yield f"longest {title}"
        longest = sorted(measured, key=lambda one: (-one.lines, one.name))[:_LONGEST]
        yield from (f"{one.lines:6} {one.name}" for one in longest)


def _row(name: str, measured: Sequence[Measured]) -> str:
    sizes = [one.lines for one in measured]
    figures = (percentile(sizes, percent) for percent in (50, 95, 100))
    columns = "".join(f"{figure:6}" for figure in figures)
    return f"{name:24}{sum(sizes):8}{len(sizes):7}{columns}"


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if ast.get_docstring(node) is None:
        return 0
    return (first.end_lineno or first.lineno) - first.lineno + 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report."""
    parser = argparse.ArgumentParser(prog="sizes", description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT)
    root = parser.parse_args(arguments).root
    sys.stdout.writelines(f"{line}\n" for line in report(root))
    return 0


if __name__ == "__main__":
    sys.exit(main())
