"""What the documents name exists."""

import re
from pathlib import Path
from typing import Final

import pytest
import typer.main

from tests.documentation.markdown import (
    README,
    ROOT,
    anchors,
    blocks,
    documents,
    links,
    section,
)
from workout_application.messaging.api_scopes import ApiScope
from workout_presentation.cli.main import app
from workout_presentation.composition.local import _welcome
from workout_presentation.composition.settings import (
    PREFIX,
    Environment,
    Settings,
    load_settings,
)

DOCUMENTS: Final = documents()
NAMES: Final = [path.relative_to(ROOT).as_posix() for path in DOCUMENTS]
ADRS: Final = sorted((ROOT / "docs" / "adr").glob("0*.md"))
SECURITY: Final = ROOT / "docs" / "guides" / "security.md"
TEXT: Final = README.read_text(encoding="utf-8")
TARGETS: Final = set(
    re.findall(
        r"^([a-z][a-z0-9-]*):(?!=)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
)


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_every_link_inside_the_documents_leads_somewhere(document: Path) -> None:
    for target in links(document):
        path, _, anchor = target.partition("#")
        place = (document.parent / path).resolve() if path else document

        assert place.is_relative_to(ROOT), target
        assert place.exists(), target
        if anchor:
            assert anchor in anchors(place), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_every_make_target_named_exists(document: Path) -> None:
    named = re.findall(
        r"(?:`|^)make ([a-z][a-z0-9-]*)", document.read_text(encoding="utf-8"), re.MULTILINE
    )

    assert set(named) <= TARGETS


def test_every_make_target_is_in_the_readme() -> None:
    named = set(re.findall(r"`make ([a-z][a-z0-9-]*)", TEXT))

    assert named == TARGETS - {"help"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_every_command_named_exists(document: Path) -> None:
    named = re.findall(r"(?:`|bin/|\s)workout ((?:admin )?[a-z][a-z-]*)`", _text(document))

    assert set(named) <= _commands()


def test_every_command_is_in_the_readme() -> None:
    named = set(re.findall(r"`workout ((?:admin )?[a-z][a-z-]*)", TEXT))

    assert named >= _commands()


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_every_setting_named_exists(document: Path) -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z_]*[A-Z]", _text(document)))

    assert named <= {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


def test_the_readme_shows_what_local_mode_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
    printed = _welcome(load_settings(environment=Environment.LOCAL, _env_file=None))
    [shown] = [one.text for one in blocks(section(TEXT, "Run it")) if one.language == "text"]

    for line in filter(None, shown.splitlines()):
        assert line in printed.splitlines()


@pytest.mark.parametrize("decision", ADRS, ids=[path.stem for path in ADRS])
def test_every_decision_has_all_its_parts_and_stands_in_the_index(decision: Path) -> None:
    text = _text(decision)
    parts = re.findall(r"^## (.+)$", text, re.MULTILINE)

    assert text.startswith(f"# {decision.name[:4]} ")
    assert parts == [
        "Context",
        "Options",
        "Decision",
        "Consequences",
        "How we would know it was wrong",
    ]
    assert decision.name in links(decision.parent / "README.md")


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_every_test_named_exists(document: Path) -> None:
    named = re.findall(r"(tests/[\w/]+\.py)::(\w+)", _text(document))
    missing = [f"{file}::{name}" for file, name in named if not _is_test(ROOT / file, name)]

    assert missing == []


def test_a_test_that_is_none_is_noticed() -> None:
    here = Path(__file__)

    assert _is_test(here, "test_every_test_named_exists")
    assert not _is_test(here, "test_every_test_named")
    assert not _is_test(here.with_name("test_nothing.py"), "test_every_test_named_exists")


@pytest.mark.requirement("SEC-13")
def test_the_security_guide_names_every_api_scope() -> None:
    named = set(re.findall(r"`([a-z]+:[a-z]+)`", _text(SECURITY)))

    assert named >= {scope.value for scope in ApiScope}


@pytest.mark.requirement("SEC-13")
def test_the_security_guide_tells_of_roles_tokens_and_rights() -> None:
    titles = set(re.findall(r"^## (.+)$", _text(SECURITY), re.MULTILINE))

    assert titles >= {"Who is who", "Everything that lets somebody in", "What revokes what"}


def test_every_document_stands_in_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    listed = {(index.parent / target).resolve() for target in links(index)}
    of_their_own = {ROOT / "docs" / "README.md", ROOT / "docs" / "adr" / "README.md", *ADRS}

    assert set(DOCUMENTS) - of_their_own - listed == set()


def _is_test(file: Path, name: str) -> bool:
    if not file.exists():
        return False
    return re.search(rf"^(?:async )?def {name}\(", _text(file), re.MULTILINE) is not None


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _commands() -> set[str]:
    group = typer.main.get_command(app)
    found = set()
    for name, command in getattr(group, "commands", {}).items():
        below = getattr(command, "commands", None)
        found |= {name} if below is None else {f"{name} {inner}" for inner in below}
    return found
