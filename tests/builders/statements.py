"""Counts what goes to the database."""

from dataclasses import dataclass, field
from typing import Any

from workout_infrastructure.persistence.database import DriverPool


@dataclass
class Statements:
    """What went to the database, in order, and which of it through SQLAlchemy."""

    all: list[str] = field(default_factory=list)
    mapped: list[str] = field(default_factory=list)

    def forget(self) -> None:
        """Begin anew."""
        self.all.clear()
        self.mapped.clear()

    def writes(self, verb: str) -> list[str]:
        """Return the statements that begin with a verb."""
        return [sql for sql in self.all if sql.lstrip().upper().startswith(verb)]


class CountedConnection:
    """A driver's connection that notes what it is asked."""

    def __init__(self, connection: Any, statements: Statements) -> None:
        self.connection, self._statements = connection, statements

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.connection, name)
        if name not in {"fetch", "fetchrow", "fetchval", "execute"}:
            return found

        async def noted(sql: str, *arguments: object) -> Any:
            self._statements.all.append(sql)
            return await found(sql, *arguments)

        return noted


class CountingPool(DriverPool):
    """A driver pool whose statements are counted."""

    def __init__(self, url: str, statements: Statements) -> None:
        super().__init__(url, size=4)
        self._statements = statements

    async def acquire(self) -> Any:
        return CountedConnection(await super().acquire(), self._statements)

    def release(self, connection: Any) -> None:
        super().release(connection.connection)
