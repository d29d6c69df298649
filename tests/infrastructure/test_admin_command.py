"""`workout admin` gives and takes roles and locks accounts, named as their owners name them."""

import asyncio
import sys
from typing import Any

import asyncpg
import pytest

from tests.conftest import fresh_database
from workout_presentation.cli.main import main

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


def workout(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    """Run the command; returns its exit code."""
    monkeypatch.setattr(sys, "argv", ["workout", "admin", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code


@pytest.mark.requirement("IAM-29")
def test_the_operator_administers_accounts_by_name(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert workout(monkeypatch, "make-admin", "ana") == 0
    assert workout(monkeypatch, "lock", "ANA") == 1
    assert "make somebody else an administrator first" in capsys.readouterr().err
    assert workout(monkeypatch, "make-admin", "ben@example.com") == 0
    assert workout(monkeypatch, "lock", "ana", "--reason", "left the company") == 0
    assert state(url, "ana") == (True, ["admin"])
    assert workout(monkeypatch, "unlock", "ana") == 0
    assert workout(monkeypatch, "revoke-role", "ana", "admin") == 0
    assert state(url, "ana") == (False, [])
    assert workout(monkeypatch, "revoke-role", "ben", "admin") == 1
    assert state(url, "ben") == (False, ["admin"])
    assert workout(monkeypatch, "lock", "nobody") == 1
    assert "Nobody is called 'nobody'" in capsys.readouterr().err
