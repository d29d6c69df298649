"""The import contracts of pyproject.toml hold, and each turns red when it is broken."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest

from tests.architecture.sources import LAYERS, ROOT, SRC

CONFIGURATION: Final[dict[str, Any]] = tomllib.loads(
    (ROOT / "pyproject.toml").read_text(encoding="utf-8")
)["tool"]["importlinter"]
CONTRACTS: Final = {contract["name"]: contract for contract in CONFIGURATION["contracts"]}

PLANTED: Final = {
    "Dependencies point inwards": (
        "workout_domain/training/workout.py",
        "import workout_application.encoding",
    ),
    "Only the composition root knows the adapters": (
        "workout_presentation/api/v1/training/workouts.py",
        "import workout_infrastructure.clock",
    ),
    "Domain and shared know no framework": (
        "workout_domain/training/workout.py",
        "import sqlalchemy",
    ),
    "The application knows no framework either": (
        "workout_application/training/views.py",
        "import pydantic",
    ),
    "Contexts of the domain never import one another": (
        "workout_domain/training/workout.py",
        "import workout_domain.catalogue.exercise",
    ),
    "Contexts of the application never import one another": (
        "workout_application/training/views.py",
        "import workout_application.catalogue.views",
    ),
}


def lint_imports(place: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of the source in a folder, whatever is installed elsewhere."""
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()",
         "--no-cache"],
        cwd=place,
        env={"PYTHONPATH": str(place / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip


def verdicts(output: str) -> dict[str, str]:
    """Read the verdict on each contract."""
    return dict(re.findall(r"^(.+) (KEPT|BROKEN)$", output, re.MULTILINE))


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Copy the source and its configuration, to be spoilt."""
    ignored = shutil.ignore_patterns("__pycache__", "swagger", "*.json")
    shutil.copytree(SRC, tmp_path / "src", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.requirement("ARC-01", "ARC-07", "ARC-08")
def test_every_contract_is_kept() -> None:
    finished = lint_imports(ROOT)

    assert verdicts(finished.stdout) == dict.fromkeys(CONTRACTS, "KEPT")
    assert finished.returncode == 0


@pytest.mark.requirement("ARC-08")
@pytest.mark.parametrize("contract", CONTRACTS)
def test_a_planted_import_breaks_the_contract(contract: str, copied: Path) -> None:
    path, line = PLANTED[contract]
    spoilt = copied / "src" / path
    text = spoilt.read_text(encoding="utf-8")
    spoilt.write_text(text + f"\n{line}\n", encoding="utf-8")

    finished = lint_imports(copied)

    assert verdicts(finished.stdout)[contract] == "BROKEN", finished.stdout + finished.stderr
    assert finished.returncode == 1


@pytest.mark.requirement("ARC-01", "ARC-07")
def test_the_contracts_name_every_layer_in_order() -> None:
    assert CONTRACTS["Dependencies point inwards"]["layers"] == list(reversed(LAYERS))
    assert set(CONFIGURATION["root_packages"]) == set(LAYERS)


@pytest.mark.requirement("ARC-08")
@pytest.mark.parametrize(
    ("contract", "layer", "shared"),
    [
        ("Contexts of the domain never import one another", "workout_domain", {"kernel"}),
        (
            "Contexts of the application never import one another",
            "workout_application",
            {"messaging"},
        ),
    ],
)
def test_no_context_is_forgotten(contract: str, layer: str, shared: set[str]) -> None:
    contexts = {path.parent.name for path in (SRC / layer).glob("*/__init__.py")} - shared

    assert {name.rpartition(".")[2] for name in CONTRACTS[contract]["modules"]} == contexts
