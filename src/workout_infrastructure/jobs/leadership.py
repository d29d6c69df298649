"""Of many workers one keeps the schedules: whoever holds an advisory lock."""

from typing import Final

import asyncpg
import structlog

from workout_infrastructure.persistence.database import driver_url

LOCK: Final = 7_205_759_403_792_801
ANSWER_SECONDS: Final = 5.0


class AdvisoryLeadership:
    """
    Holds the lock as long as its connection lives, so a worker that dies makes way by itself.

    Asking again is how the lock is won after another worker is gone.
    """

    def __init__(self, database_url: str, *, lock: int = LOCK) -> None:
        self._url, self._lock = driver_url(database_url), lock
        self._connection: asyncpg.Connection | None = None
        self._is_leader = False

    async def holds(self) -> bool:
        """Tell whether this process leads now; try to, where nobody does."""
        try:
            if self._connection is None or self._connection.is_closed():
                self._is_leader = False
                self._connection = await asyncpg.connect(
                    self._url, timeout=ANSWER_SECONDS, command_timeout=ANSWER_SECONDS
                )
            question = (
                "SELECT true" if self._is_leader else f"SELECT pg_try_advisory_lock({self._lock})"
            )
            self._is_leader = bool(await self._connection.fetchval(question))
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            structlog.get_logger().warning("schedules pause: no database", error=str(error))
            await self.close()
        return self._is_leader

    async def close(self) -> None:
        """Make way for another worker."""
        connection, self._connection, self._is_leader = self._connection, None, False
        if connection is not None and not connection.is_closed():
            connection.terminate()
