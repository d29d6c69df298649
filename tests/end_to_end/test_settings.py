"""Mistakes of an operator stop the start with a sentence."""

import asyncio
from pathlib import Path

from tests.end_to_end.processes import workout


async def test_a_setting_nobody_knows_stops_the_start(tmp_path: Path) -> None:
    settings = {"environment": "test", "typo": 1}
    ends = await asyncio.gather(
        *(workout(one, settings=settings, folder=tmp_path) for one in ("serve", "local"))
    )

    for code, said in ends:
        assert code != 0
        assert said == "workout: Unknown setting: WORKOUT_TYPO.\n"
    assert not (tmp_path / ".workout").exists()


async def test_production_does_not_start_without_a_secret(tmp_path: Path) -> None:
    settings = {"environment": "production", "database_url": "postgresql://nobody@localhost/none"}
    code, said = await workout("serve", settings=settings, folder=tmp_path)

    assert code != 0
    assert said == "workout: WORKOUT_JWT_SECRET is required: at least 32 random bytes.\n"
