"""Which requirement is proved by which test: `python -m tests.tools.traceability`.

Reads the marks `@pytest.mark.requirement("ARC-08")` out of the sources without importing them,
and compares them with the committed list of requirements.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "docs" / "reference" / "requirements.txt"
_ROW = re.compile(r"[A-Z]{3}-\d{2}")


@dataclass(frozen=True, slots=True)
class Claim:
    """One test that says it proves one requirement."""

    requirement: str
    test: str


class ListNotReadable(ValueError):
    """A line of the list is no `ID title`, or an id stands there twice."""


def requirements(path: Path = LIST) -> dict[str, str]:
    """
    Read the list: the title of each requirement by its id, in the order of the file.

    Raises:
        ListNotReadable: a line has no title, an id is misspelt or repeated.
    """
    titles: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        identifier, _, title = line.partition(" ")
        if not _ROW.fullmatch(identifier) or not title.strip() or identifier in titles:
            raise ListNotReadable(f"{path.name}, line {number}: {line!r}")
        titles[identifier] = title.strip()
    return titles


def claims(folder: Path) -> list[Claim]:
    """Collect the marks of all tests under a folder, in the order of files and lines."""
    return [
        claim
        for path in sorted(folder.rglob("*.py"))
        for claim in claims_of(
            path.read_text(encoding="utf-8"), path.relative_to(folder.parent).as_posix()
        )
    ]


def claims_of(source: str, path: str) -> Iterator[Claim]:
    """Find the marks in one file: on tests, on classes of tests, and `pytestmark` for all."""
    tree = ast.parse(source)
    of_file = [
        requirement
        for node in tree.body
        if isinstance(node, ast.Assign) and _names(node.targets) == ["pytestmark"]
        for requirement in _marked(ast.walk(node.value))
    ]
    yield from _tests_in(tree.body, path, of_file)


def _tests_in(body: Sequence[ast.stmt], path: str, inherited: list[str]) -> Iterator[Claim]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _tests_in(node.body, path, [*inherited, *_marks(node)])
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith(
            "test_"
        ):
            for requirement in dict.fromkeys([*inherited, *_marks(node)]):
                yield Claim(requirement, f"{path}::{node.name}")


def _marks(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> list[str]:
    # Walked, because a mark may also stand on one case: `pytest.param(…, marks=…)`.
    return _marked(inner for decorator in node.decorator_list for inner in ast.walk(decorator))


def _marked(nodes: Iterable[ast.AST]) -> list[str]:
    return [
        argument.value
        for node in nodes
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.requirement"
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def _names(targets: Sequence[ast.expr]) -> list[str]:
    return [target.id for target in targets if isinstance(target, ast.Name)]


def unknown(titles: Mapping[str, str], found: Iterable[Claim]) -> list[Claim]:
    """Return the claims of rows that do not exist."""
    return [claim for claim in found if claim.requirement not in titles]


def report(titles: Mapping[str, str], found: Sequence[Claim]) -> Iterator[str]:
    """Write the claimed rows with their tests, the unclaimed ones, and how many there are."""
    tests: dict[str, list[str]] = {}
    for claim in found:
        tests.setdefault(claim.requirement, []).append(claim.test)
    claimed = [row for row in titles if row in tests]
    for row in claimed:
        yield f"{row} {titles[row]}"
        yield from (f"    {test}" for test in tests[row])
    yield ""
    yield "Not claimed by any test:"
    yield from (f"{row} {title}" for row, title in titles.items() if row not in tests)
    yield ""
    yield from _by_area(titles, claimed)
    yield (
        f"{len(claimed)} of {len(titles)} requirements are claimed, "
        f"by {len({claim.test for claim in found})} tests."
    )


def _by_area(titles: Mapping[str, str], claimed: Sequence[str]) -> Iterator[str]:
    for area in dict.fromkeys(row[:3] for row in titles):
        total = sum(row.startswith(area) for row in titles)
        yield f"{area} {sum(row.startswith(area) for row in claimed):3} of {total:3}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report; 1 when a mark names a row that does not exist."""
    parser = argparse.ArgumentParser(prog="traceability", description=__doc__)
    parser.add_argument("--tests", type=Path, default=ROOT / "tests")
    parser.add_argument("--list", type=Path, default=LIST)
    options = parser.parse_args(arguments)
    titles, found = requirements(options.list), claims(options.tests)
    sys.stdout.writelines(f"{line}\n" for line in report(titles, found))
    wrong = unknown(titles, found)
    sys.stderr.writelines(
        f"{claim.test} names {claim.requirement}: no such row\n" for claim in wrong
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
