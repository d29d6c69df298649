"""What lies where: the five packages, the contexts inside them, the built wheel, the stack."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest
from packaging.requirements import Requirement

from tests.architecture.registries import aggregates, tables
from tests.architecture.sources import LAYERS, ROOT, SRC
from workout_presentation.api.document import openapi_document

PROJECT: Final[dict[str, Any]] = tomllib.loads(
    (ROOT / "pyproject.toml").read_text(encoding="utf-8")
)
CONTEXTS: Final = {
    "catalogue", "coaching", "equipment", "identity", "messaging", "notifications", "platform",
    "portability", "programs", "reporting", "sharing", "social", "strength", "support", "training",
    "webhooks",
}  # fmt: skip
SHARED_BY_CONTEXTS: Final = {
    "workout_domain": {"kernel"},
    "workout_application": {"messaging"},
    "workout_infrastructure/persistence": set[str](),
    "workout_presentation/api/v1": set[str](),
}
STACK: Final = {
    "alembic", "arq", "asyncpg", "dependency-injector", "fastapi", "pydantic", "python-jose",
    "python-socketio", "redis", "sqlalchemy", "structlog",
}  # fmt: skip
TOOLS: Final = {"hypothesis", "import-linter", "mypy", "pytest", "ruff"}


def folders(place: str) -> set[str]:
    """Return the packages directly inside a folder of the source."""
    return {path.parent.name for path in (SRC / place).glob("*/__init__.py")}


def names(requirements: list[str]) -> set[str]:
    """Return the names of the packages that requirements ask for."""
    return {Requirement(line).name.lower() for line in requirements}


@pytest.mark.requirement("ARC-02")
@pytest.mark.parametrize(
    "path",
    [*(f"src/{layer}" for layer in LAYERS), "tests", "migrations", "k8s", "pyproject.toml",
     "Dockerfile"],
)  # fmt: skip
def test_the_named_path_exists(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.requirement("ARC-02")
def test_the_source_holds_the_five_packages_and_nothing_else() -> None:
    assert {path.name for path in SRC.iterdir() if not path.name.startswith("__")} == set(LAYERS)


@pytest.mark.requirement("ARC-02")
def test_the_wheel_holds_every_package_and_the_migrations(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")

    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
        [entry_points] = [name for name in packed if name.endswith("entry_points.txt")]
        commands = archive.read(entry_points).decode()

    modules = {path.relative_to(SRC).as_posix() for path in SRC.rglob("*.py")}
    templates = {path.relative_to(SRC).as_posix() for path in SRC.glob("*/mail/templates/*")}
    versions = {path.name for path in (ROOT / "migrations" / "versions").glob("*.py")}
    place = "workout_infrastructure/persistence/migration_scripts"
    assert modules <= packed
    assert templates
    assert templates <= packed
    assert versions
    assert {f"{place}/versions/{name}" for name in versions} <= packed
    assert f"{place}/env.py" in packed
    assert "workout = workout_presentation.cli.main:main" in commands


@pytest.mark.requirement("ARC-12")
def test_the_project_is_built_on_the_stack() -> None:
    project = PROJECT["project"]

    assert names(project["dependencies"]) >= STACK
    assert names(PROJECT["dependency-groups"]["dev"]) >= TOOLS
    # libpass is passlib, maintained: it installs the module of that name.
    assert "libpass" in names(project["dependencies"])
    assert "sqlalchemy[asyncio]>=2" in " ".join(project["dependencies"])


@pytest.mark.requirement("ARC-12")
def test_python_3_11_is_the_floor() -> None:
    assert PROJECT["project"]["requires-python"] == ">=3.11"
    assert PROJECT["tool"]["ruff"]["target-version"] == "py311"
    assert PROJECT["tool"]["mypy"]["python_version"] == "3.11"


@pytest.mark.requirement("ARC-03", "ARC-04", "ARC-05", "ARC-06")
@pytest.mark.parametrize("place", SHARED_BY_CONTEXTS)
def test_inside_a_layer_the_folders_are_contexts(place: str) -> None:
    assert folders(place) - SHARED_BY_CONTEXTS[place] <= CONTEXTS


@pytest.mark.requirement("ARC-04")
@pytest.mark.parametrize("context", sorted(folders("workout_application") - {"messaging"}))
def test_a_context_of_the_application_repeats_its_name_in_the_composition(context: str) -> None:
    assert (SRC / "workout_presentation" / "composition" / f"{context}.py").exists()


@pytest.mark.requirement("ARC-06")
@pytest.mark.parametrize("context", sorted(folders("workout_presentation/api/v1")))
def test_a_context_of_the_api_is_one_of_the_application(context: str) -> None:
    assert context in folders("workout_application")


@pytest.mark.requirement("ARC-05")
@pytest.mark.parametrize("context", sorted(folders("workout_infrastructure/persistence")))
def test_a_context_with_tables_is_one_of_the_domain(context: str) -> None:
    assert context in folders("workout_domain")


@pytest.mark.requirement("ARC-03")
@pytest.mark.parametrize(
    "context", sorted({kind.__module__.split(".")[1] for kind in aggregates()})
)
def test_a_context_with_aggregates_names_its_errors_and_ports(context: str) -> None:
    place = SRC / "workout_domain" / context

    assert (place / "errors.py").exists()
    assert (place / "repositories.py").exists()


@pytest.mark.requirement("ARC-04")
@pytest.mark.parametrize("context", sorted(folders("workout_application") - {"messaging"}))
def test_a_context_of_the_application_has_messages_and_ports(context: str) -> None:
    place = SRC / "workout_application" / context

    assert (place / "commands").is_dir() or (place / "queries").is_dir()
    assert (place / "ports.py").exists()


@pytest.mark.requirement("TRN-12", "DOC-09")
def test_there_is_no_legacy_table_of_sessions() -> None:
    legacy = {"session", "sessions", "exercise_sessions", "legacy_sessions"}

    assert legacy & set(tables()) == set()
    for script in (ROOT / "migrations" / "versions").glob("*.py"):
        text = script.read_text(encoding="utf-8")
        assert not [name for name in legacy if f'create_table("{name}"' in text.replace("'", '"')]


@pytest.mark.requirement("TRN-12", "DOC-09")
def test_there_is_no_legacy_route_of_sessions() -> None:
    segments = {part for path in openapi_document()["paths"] for part in path.split("/")}

    assert {"session", "legacy", "workout-sessions", "workoutsessions"} & segments == set()
    assert "sessions" in segments


def test_test_modules_outside_of_packages_have_names_of_their_own() -> None:
    """Two of one name stop the run of all tests, and no run of a part shows it."""
    modules = (ROOT / "tests").rglob("test_*.py")
    names = [one.name for one in modules if not (one.parent / "__init__.py").exists()]

    assert {name for name in names if names.count(name) > 1} == set()
