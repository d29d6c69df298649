"""Mistakes of an operator stop the start with a sentence."""

from pathlib import Path

import pytest

from tests.end_to_end.processes import workout

COMMANDS = ["serve", "work", "migrate", "seed", "local"]


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_setting_nobody_knows_stops_the_start(tmp_path: Path, command: str) -> None:
    settings = {"environment": "test", "typo": 1}
    code, said = await workout(command, settings=settings, folder=tmp_path)

    assert code != 0
    assert said == "workout: Unknown setting: WORKOUT_TYPO.\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("secret", "sentence"),
    [
        ("", "WORKOUT_JWT_SECRET is required: at least 32 random bytes."),
        ("short", "WORKOUT_JWT_SECRET must have at least 32 bytes."),
        (
            "local-mode-secret-not-for-production-use",
            "WORKOUT_JWT_SECRET must not be the one of local mode.",
        ),
    ],
)
async def test_production_does_not_start_without_a_secret(
    tmp_path: Path, secret: str, sentence: str
) -> None:
    settings = {"environment": "production", "jwt_secret": secret}
    code, said = await workout("serve", settings=settings, folder=tmp_path)

    assert code != 0
    assert said == f"workout: {sentence}\n"


async def test_an_unreadable_setting_is_named(tmp_path: Path) -> None:
    settings = {"environment": "test", "port": "eighty"}
    code, said = await workout("serve", settings=settings, folder=tmp_path)

    assert code != 0
    assert said.startswith("workout: WORKOUT_PORT: ")
    assert said.count("\n") == 1
