"""The generated reference pages are the ones the code makes."""

from pathlib import Path

import pytest

from tests.tools import reference
from tests.tools.reference import FOLDER, PAGES
from workout_presentation.composition.settings import Settings


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_page_is_the_generated_one(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), "Run `make docs`."


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_says_what_it_is_for(name: str) -> None:
    assert (Settings.model_fields[name].description or "").endswith(".")


def test_no_default_of_a_secret_is_printed() -> None:
    [line] = [line for line in reference.settings_page().splitlines() if "JWT_SECRET" in line]

    assert line == "| `WORKOUT_JWT_SECRET` | secret |  | Signs tokens; at least 32 bytes. |"


def test_writing_them_makes_one_file_each(tmp_path: Path) -> None:
    assert reference.main(["--folder", str(tmp_path / "reference")]) == 0

    assert {path.name for path in (tmp_path / "reference").iterdir()} == set(PAGES)
