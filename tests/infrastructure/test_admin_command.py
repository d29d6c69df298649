"""`workout admin` gives and takes roles and locks accounts, named as their owners name them."""

import asyncio
import subprocess
from typing import Any

import asyncpg
import pytest

from tests.conftest import fresh_database
from workout_presentation.composition.running import command_line

_ADD = """
INSERT INTO users (id, revision, created_at, updated_at, username, email, first_name, last_name,
    gender, preferred_unit, time_zone, email_confirmed, two_factor_enabled)
VALUES (gen_random_uuid(), 1, now(), now(), $1, $2, 'A', 'B', 0, 'kilograms',
    'UTC', TRUE, FALSE)
"""
_STATE = """
SELECT u.locked_at IS NOT NULL, array(SELECT role FROM user_roles r WHERE r.user_id = u.id)
FROM users u WHERE u.username = $1
"""


@pytest.fixture
def url(worker_name: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a database with two accounts, which the command is set to."""
    url = fresh_database(f"admin_command_{worker_name}")
    monkeypatch.setenv("WORKOUT_ENVIRONMENT", "test")
    monkeypatch.setenv("WORKOUT_DATABASE_URL", url)
    for name in ("ana", "ben"):
        asyncio.run(asked(url, _ADD, name, f"{name}@example.com"))
    return url


async def asked(url: str, sql: str, *arguments: object) -> Any:
    """Run a statement."""
    connection = await asyncpg.connect(url)
    row = await connection.fetchrow(sql, *arguments)
    await connection.close()
    return row


def state(url: str, username: str) -> tuple[bool, list[str]]:
    """Return whether somebody is locked, and their roles."""
    row = asyncio.run(asked(url, _STATE, username))
    return row[0], row[1]


def workout(*arguments: str) -> tuple[int, str]:
    """Run the command in a process of its own; returns its exit code and what it complained of."""
    ended = subprocess.run(
        command_line("admin", *arguments), capture_output=True, text=True, timeout=30, check=False
    )
    return ended.returncode, ended.stderr


@pytest.mark.requirement("IAM-29")
def test_the_operator_administers_accounts_by_name(url: str) -> None:
    assert workout("make-admin", "ana")[0] == 0
    code, complaint = workout("lock", "ANA")
    assert (code, "make somebody else an administrator first" in complaint) == (1, True)
    assert workout("make-admin", "ben@example.com")[0] == 0
    assert workout("lock", "ana", "--reason", "left the company")[0] == 0
    assert state(url, "ana") == (True, ["admin"])
    assert workout("unlock", "ana")[0] == 0
    assert workout("revoke-role", "ana", "admin")[0] == 0
    assert state(url, "ana") == (False, [])
    assert workout("revoke-role", "ben", "admin")[0] == 1
    code, complaint = workout("lock", "nobody")
    assert (code, "Nobody is called 'nobody'" in complaint) == (1, True)
