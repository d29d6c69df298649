"""The product's adapters without its server, each statement counted."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from dependency_injector import providers
from sqlalchemy import event

from tests.builders.people import Person
from tests.conftest import settings_for
from workout_application.messaging.actor import Actor, Role
from workout_application.messaging.live import LiveEvent
from workout_infrastructure.persistence.database import DriverPool
from workout_presentation.composition.container import Container, build_container


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


class Silence:
    """A live channel nobody listens to; it remembers what was pushed."""

    def __init__(self) -> None:
        self.pushed: list[LiveEvent] = []

    def publish(self, event: LiveEvent) -> None:
        """Remember it."""
        self.pushed.append(event)


@dataclass
class Adapters:
    """The product, wired, with what it says and tells."""

    container: Container
    statements: Statements
    live: Silence
    told: list[Any]

    async def send(self, message: Any, person: Person | None = None) -> Any:
        """Send a message as somebody, and count only its own statements."""
        self.statements.forget()
        return await self.container.mediator().send(message, actor=actor_of(person))


def actor_of(person: Person | None) -> Actor:
    """Return somebody as the server knows them."""
    if person is None:
        return Actor(is_system=True)
    user = person.user
    return Actor(
        user_id=UUID(user["id"]),
        roles=frozenset(Role(role) for role in user["roles"]),
        trainer_profile_id=UUID(user["trainer_id"]) if user["trainer_id"] else None,
        athlete_profile_id=UUID(user["athlete_id"]) if user["athlete_id"] else None,
    )


@pytest.fixture(scope="session")
async def adapters(database_url: str, redis_url: str) -> AsyncIterator[Adapters]:
    """Wire the product against the real database, its statements counted."""
    statements, live, told = Statements(), Silence(), list[Any]()
    container = build_container(settings_for(database_url, redis_url))
    container.pool.override(providers.Object(CountingPool(database_url, statements)))
    container.live.override(providers.Object(live))
    container.after_commit.override(providers.Object(told.append))

    def note(_connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        statements.all.append(sql)
        statements.mapped.append(sql)

    event.listen(container.engine().sync_engine, "before_cursor_execute", note)
    yield Adapters(container, statements, live, told)
    with suppress(OSError):
        await container.cache().close()
    await container.pool().close()
    await container.engine().dispose()
