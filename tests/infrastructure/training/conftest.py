"""The product's adapters without its server, each statement counted."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from dependency_injector import providers
from sqlalchemy import event

from tests.builders.people import Person
from tests.builders.statements import CountingPool, Statements
from tests.conftest import settings_for
from workout_application.messaging.actor import Actor, Role
from workout_application.messaging.live import LiveEvent
from workout_presentation.composition.container import Container, build_container


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
        await self.container.access_log().flush()
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
