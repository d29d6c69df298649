"""Reads a report: from roll-ups alone, or with what is not rolled up yet."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.reporting.sources import (
    HAS_STALE,
    HAS_STALE_OF_ONE,
    Reading,
)

# Planned anew for every account, the whole statement takes several times as long as it runs.
_PLAN_ONCE: Final = "SET plan_cache_mode = force_generic_plan"
_PLAN_AS_USUAL: Final = "RESET plan_cache_mode"


class Library:
    """Chooses the form of a reading; a session begun or changed just now is always in."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def read(
        self, reading: Reading, user_ids: Sequence[UUID], *arguments: object
    ) -> list[Any]:
        """Return the rows; the accounts are the statement's first parameter."""
        users = list(user_ids)
        if not await self._has_stale(users):
            return await self._pool.fetch(reading.settled, users, *arguments)
        async with self._pool.connection() as connection:
            await connection.execute(_PLAN_ONCE)
            try:
                rows: list[Any] = await connection.fetch(reading.whole, users, *arguments)
            finally:
                await connection.execute(_PLAN_AS_USUAL)
        return rows

    async def _has_stale(self, users: Sequence[UUID]) -> bool:
        if len(users) == 1:
            found = await self._pool.fetchrow(HAS_STALE_OF_ONE, users[0])
        else:
            found = await self._pool.fetchrow(HAS_STALE, users)
        return bool(found["has_stale"])
