"""The developers' tools: what is proved by which test, and how large things are."""

from pathlib import Path

import pytest

from tests.tools import sizes, traceability
from tests.tools.sizes import Measured, functions_of, percentile
from tests.tools.traceability import (
    Claim,
    ListNotReadable,
    claims_of,
    report,
    requirements,
    unknown,
)

LIST = "ARC-01 Layers\nARC-02 Source tree\nIAM-01 Accounts\n"
TEST = """
import pytest

@pytest.mark.requirement("ARC-01", "IAM-01")
def test_one(): ...

class TestMore:
    @pytest.mark.requirement("ARC-01")
    async def test_two(self): ...

@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.requirement("ARC-02"))])
def test_three(x): ...

def test_four(): ...
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a folder with a list and tests."""
    (tmp_path / "list.txt").write_text(LIST, encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_it.py").write_text(TEST, encoding="utf-8")
    return tmp_path


def run(place: Path) -> int:
    """Run the tool on a folder."""
    return traceability.main(["--tests", str(place / "tests"), "--list", str(place / "list.txt")])


def test_every_mark_of_our_tests_names_a_requirement() -> None:
    found = traceability.claims(traceability.ROOT / "tests")

    assert unknown(requirements(), found) == []


def test_the_list_holds_every_requirement_once() -> None:
    titles = requirements()

    assert len(titles) == 622
    assert sum(identifier.startswith("BEY-") for identifier in titles) == 15
    assert max(map(len, titles.values())) <= 95


def test_marks_are_found_on_functions_methods_and_cases() -> None:
    assert list(claims_of(TEST, "tests/test_it.py")) == [
        Claim("ARC-01", "tests/test_it.py::test_one"),
        Claim("IAM-01", "tests/test_it.py::test_one"),
        Claim("ARC-01", "tests/test_it.py::test_two"),
        Claim("ARC-02", "tests/test_it.py::test_three"),
    ]


def test_a_mark_of_a_file_or_class_counts_for_all_its_tests() -> None:
    source = (
        'pytestmark = pytest.mark.requirement("ARC-01")\n'
        '@pytest.mark.requirement("ARC-02")\n'
        "class TestIt:\n"
        "    def test_one(self): ...\n"
    )

    found = [claim.requirement for claim in claims_of(source, "tests/test_it.py")]

    assert found == ["ARC-01", "ARC-02"]


def test_the_report_tells_claimed_rows_from_unclaimed_ones() -> None:
    titles = {"ARC-01": "Layers", "ARC-02": "Source tree"}

    lines = list(report(titles, [Claim("ARC-01", "tests/test_it.py::test_one")]))

    assert lines[:2] == ["ARC-01 Layers", "    tests/test_it.py::test_one"]
    assert lines[lines.index("Not claimed by any test:") + 1] == "ARC-02 Source tree"
    assert lines[-2:] == ["ARC   1 of   2", "1 of 2 requirements are claimed, by 1 tests."]


def test_marks_that_name_known_rows_are_fine(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(place) == 0
    assert "3 of 3 requirements are claimed, by 3 tests." in capsys.readouterr().out


def test_a_mark_that_names_an_unknown_row_fails(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "list.txt").write_text("ARC-01 Layers\nARC-02 Source tree\n", encoding="utf-8")

    assert run(place) == 1
    assert capsys.readouterr().err == "tests/test_it.py::test_one names IAM-01: no such row\n"


@pytest.mark.parametrize("line", ["ARC-1 Short", "ARC-01", "ARC-02 Source tree", "", "arc-09 x"])
def test_a_list_that_cannot_be_read_says_which_line(place: Path, line: str) -> None:
    (place / "list.txt").write_text(f"{LIST}{line}\n", encoding="utf-8")

    with pytest.raises(ListNotReadable, match="line 4"):
        run(place)


def test_a_percentile_is_a_size_that_occurs() -> None:
    assert percentile([], 50) == 0
    assert percentile([7], 95) == 7
    assert [percentile(range(1, 101), percent) for percent in (50, 95, 100)] == [50, 95, 100]


def test_functions_are_measured_without_their_docstrings() -> None:
    source = 'def one():\n    """\n    Long.\n    """\n    return 1\n\nasync def two(): ...\n'

    assert list(functions_of(source, "a.py")) == [
        Measured("a.py:1 one", 2),
        Measured("a.py:7 two", 1),
    ]


def test_the_sizes_of_a_product_are_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "src" / "layer").mkdir(parents=True)
    (tmp_path / "tests").mkdir()
    (tmp_path / "src" / "layer" / "one.py").write_text("def one():\n    return 1\n", "utf-8")

    assert sizes.main(["--root", str(tmp_path)]) == 0

    printed = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["layer", "2", "1", "2", "2", "2"] in printed
    assert ["2", "src/layer/one.py:1", "one"] in printed
