"""What the README tells people to type does what it says."""

import asyncio
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.conftest import RunningServer
from tests.documentation.markdown import README, blocks, section
from workout_presentation.composition.demo_accounts import make_demo_accounts

BASE = "http://127.0.0.1:8000"
TOUR = section(README.read_text(encoding="utf-8"), "A tour with curl")
LIVE = section(README.read_text(encoding="utf-8"), "A live tour")
_IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def tools(tmp_path: Path) -> str:
    """Return a PATH on which ``python3`` is this Python, and ``curl`` is there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    _command(folder / "python3", f'exec "{sys.executable}" "$@"')
    if shutil.which("curl") is None:
        stand_in = Path(__file__).with_name("curl.py")
        _command(folder / "curl", f'exec "{sys.executable}" -P "{stand_in}" "$@"')
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def _command(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    path.chmod(0o755)


async def _run(*command: str, **environment: str) -> tuple[str, str]:
    process = await asyncio.create_subprocess_exec(
        *command,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(120):
        said, noted = await process.communicate()
    assert process.returncode == 0, noted.decode()
    return said.decode(), noted.decode()


@pytest.mark.requirement("ARC-25")
async def test_the_tour_answers_with_the_statuses_it_shows(
    server: RunningServer, tools: str
) -> None:
    parts = blocks(TOUR)
    commands = "".join(part.text for part in parts if part.language == "bash")
    shown = "".join(part.text for part in parts if part.language == "text").splitlines()
    script = f"set -euo pipefail\n{commands}".replace(BASE, server.url)

    said, noted = await _run("bash", "-c", script, PATH=tools)

    assert [
        _IDENTIFIER.sub("…", line).replace(server.url, BASE) for line in noted.splitlines()
    ] == shown
    for fact in ('"SessionStarted"', '"SetLogged"', '"SessionCompleted"'):
        assert fact in said
    assert '"code": "session_not_in_progress"' in said


async def test_the_live_tour_in_python_shows_each_event_and_the_replay(
    server: RunningServer, tmp_path: Path
) -> None:
    await make_demo_accounts(server.container)
    script = tmp_path / "live.py"
    [python] = [part.text for part in blocks(LIVE) if part.language == "python"]
    script.write_text(python, encoding="utf-8")

    said, _ = await _run(sys.executable, str(script), BASE=server.url)

    assert "coach 2 SetLogged" in said
    assert "coach 3 SessionCompleted" in said
    assert "replay [(2, 'SetLogged'), (3, 'SessionCompleted')]" in said


def test_the_live_tours_say_the_same_in_both_languages() -> None:
    scripts = {part.language: part.text for part in blocks(LIVE)}

    for said in ("JoinWorkoutSession", "LogSet", "Resume", "/hubs/workout", "after_sequence"):
        assert said in scripts["js"]
        assert said in scripts["python"]
