"""Accounts whose training is written into the tables, with the product's folding beside it."""

import itertools
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from tests.builders.histories import Log
from workout_application.messaging.actor import SYSTEM
from workout_application.reporting.ports import Difference
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.reporting.checking import SqlReportChecking
from workout_infrastructure.persistence.reporting.days import SqlDayReader
from workout_infrastructure.persistence.reporting.figures import SqlFigureReader
from workout_infrastructure.persistence.reporting.folding import SqlReportFolding
from workout_presentation.composition.container import Container

_numbers = itertools.count(1)
KEPT = {
    "session_rollups": "session_id",
    "exercise_rollups": "session_id, exercise_id",
    "exercise_totals": "exercise_id",
    "training_totals": "user_id",
    "personal_records": "exercise_id, kind, reps, session_id",
}
_PASSING = {"folded_at", "settled_to", "newest_settled_at"}


@dataclass
class Ledger:
    """One database's roll-ups."""

    container: Container
    database: Any
    pool: DriverPool
    lifts: list[UUID] = field(default_factory=list)

    @property
    def figures(self) -> SqlFigureReader:
        """The reader of figures."""
        return SqlFigureReader(self.pool)

    @property
    def days(self) -> SqlDayReader:
        """The reader of days."""
        return SqlDayReader(self.pool)

    async def account(self, **fields: Any) -> Log:
        """Make an account that trains."""
        number, user_id = next(_numbers), uuid4()
        name = f"lifter{number}_{user_id.hex[:8]}"
        await self.database.execute(
            """INSERT INTO users (id, revision, created_at, updated_at, username, email, gender,
                first_name, last_name, preferred_unit, time_zone, email_confirmed,
                two_factor_enabled)
            VALUES ($1, 1, $2, $2, $3, $4, 0, 'Pat', $3, 'kilograms', $5, true, false)""",
            *(user_id, datetime.now(UTC), name, f"{name}@example.com"),
            fields.get("time_zone", "UTC"),
        )
        return Log(self.database, user_id)

    async def fold(self, log: Log, *session_ids: UUID, at: datetime | None = None) -> int:
        """Fold an account."""
        return await self.run(
            lambda folding: folding.fold(log.user_id, list(session_ids), at=at or datetime.now(UTC))
        )

    async def rebuild(self, *logs: Log) -> int:
        """Rebuild accounts."""
        users = [log.user_id for log in logs]
        return await self.run(lambda folding: folding.rebuild(users, at=datetime.now(UTC)))

    async def differences(self, log: Log) -> list[Difference]:
        """Return what a check finds wrong."""
        return await SqlReportChecking(self.pool).differences([log.user_id])

    async def run(self, act: Callable[[SqlReportFolding], Awaitable[int]]) -> int:
        """Do something with the folding, in a transaction of its own."""
        async with self.container.units_of_work().transaction(SYSTEM, appends=True):
            return await act(self.container.reporting.folding())

    async def kept(self, log: Log) -> dict[str, list[dict[str, Any]]]:
        """Return all that is kept, but when it was folded and totals of nothing."""
        return {
            table: [
                {name: value for name, value in row.items() if name not in _PASSING}
                for row in await self._rows(table, order, log.user_id)
                if row.get("sessions") != 0
            ]
            for table, order in KEPT.items()
        }

    async def _rows(self, table: str, order: str, user_id: UUID) -> Sequence[Any]:
        rows: Sequence[Any] = await self.database.fetch(
            f"SELECT * FROM {table} WHERE user_id = $1 ORDER BY {order}",
            user_id,
        )
        return rows


@pytest.fixture(scope="session")
async def ledger(container: Container, database_url: str, catalogue: dict[str, list[str]]) -> Any:
    """Return the roll-ups of the test process's database."""
    connection = await asyncpg.connect(database_url)
    pool = DriverPool(database_url, size=2)
    lifts = [UUID(one) for one in catalogue["weight_reps"][:4]]
    yield Ledger(container, connection, pool, lifts)
    await connection.close()
    await pool.close()
