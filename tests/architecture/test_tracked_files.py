"""Nothing of one machine, and no unfinished business, in what is committed."""

import re
import subprocess
from functools import lru_cache
from typing import Final

import pytest

from tests.architecture.sources import ROOT

RULES: Final = {
    "a path of one machine": re.compile(r"(?<![\w.:/\"'`$}-])/(?:home|root|Users|work)/[\w.-]+"),
    "a registry of one network": re.compile(
        r"index-url|find-links\s|extra-index|artifactory|\bnexus\.|pypi\.\w+\."
    ),
    "unfinished business": re.compile(r"\b(TODO|FIXME|XXX|HACK)\b"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a password in a URL": re.compile(r"(?:postgres(?:ql)?|redis)://[\w-]+:(?![$<{*])[^@\s\"']+@"),
}
PLANTED: Final = {
    "a path of one machine": "cd /home/pat/project",
    "a registry of one network": "--index-url https://packages.example.com",
    "unfinished business": "# TODO: later",
    "a private key": "-----BEGIN RSA PRIVATE KEY-----",
    "a password in a URL": "postgresql://pat:hunter2@db.example.com/workout",
}
NOT_OURS: Final = (
    "src/workout_presentation/api/pages/swagger/",
    "tests/architecture/test_tracked_files.py",  # names what it looks for
)
ALLOWED: Final = {
    ("Makefile", "a registry of one network"): "leaves registries out of the locked requirements",
}


@lru_cache
def tracked() -> dict[str, str]:
    """Read every committed text file that was written here."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    files = [ROOT / name for name in listed if name and not name.startswith(NOT_OURS)]
    return {
        file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8", errors="replace")
        for file in files
        if file.exists()
    }


@pytest.mark.parametrize("rule", RULES)
def test_no_committed_file_holds_it(rule: str) -> None:
    found = [
        f"{name}: {hit[0]!r}"
        for name, text in tracked().items()
        if (name, rule) not in ALLOWED
        for hit in RULES[rule].finditer(text)
    ]

    assert found == []


@pytest.mark.parametrize("rule", RULES)
def test_a_planted_one_is_found(rule: str) -> None:
    assert RULES[rule].search(PLANTED[rule])


@pytest.mark.parametrize(("name", "rule"), ALLOWED)
def test_an_allowed_one_is_still_there(name: str, rule: str) -> None:
    assert RULES[rule].search(tracked()[name])


@pytest.mark.requirement("ARC-16", "SEC-05")
def test_no_environment_file_is_committed() -> None:
    assert [name for name in tracked() if name.rpartition("/")[2].startswith(".env")] == []


def test_the_source_is_among_the_committed_files() -> None:
    assert "src/workout_domain/training/workout.py" in tracked()
