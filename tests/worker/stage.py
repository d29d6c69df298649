"""Events and reactions made for tests of the machinery."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from uuid_utils.compat import uuid7

from workout_application.messaging.reactions import ReceivedEvent
from workout_infrastructure.persistence.unit_of_work import current_work

Play = Callable[[ReceivedEvent], Awaitable[None]]


class Actor:
    """A reaction that leaves a row for every event, in the transaction of its work."""

    def __init__(self, name: str, *kinds: str, play: Play | None = None) -> None:
        self.name, self.subscribes_to, self.queue = name, kinds, "default"
        self._play = play
        self.one_by_one = False
        self.acted = asyncio.Event()
        self.calls = 0

    async def react(self, message: ReceivedEvent) -> None:
        """Leave the row, then do what the test wants."""
        self.calls += 1
        await current_work().execute(
            "INSERT INTO test_effects VALUES ($1::text, $2::uuid)", self.name, message.id
        )
        if self._play is not None:
            await self._play(message)
        self.acted.set()


class Stage:
    """Publishes events of one kind, and tells what came of them."""

    def __init__(self, database: Any) -> None:
        self._database = database
        self.kind = f"test.{uuid4()}"

    def actor(self, *kinds: str, play: Play | None = None) -> Actor:
        """Make a reaction to this stage's events, or to those of ``kinds``."""
        return Actor(f"actor {uuid4()}", *(kinds or (self.kind,)), play=play)

    async def publish(
        self, count: int = 1, *, kind: str | None = None, at: Any = None
    ) -> list[str]:
        """Commit events; return their ids."""
        ids = [UUID(str(uuid7())) for _ in range(count)]
        await self._database.executemany(
            """INSERT INTO outbox_messages
                (id, kind, version, aggregate_id, payload, correlation_id, occurred_at)
            VALUES ($1, $2, 1, $1, '{"number": 7}', $3, $4)""",
            [(id_, kind or self.kind, f"request {id_}", at or datetime.now(UTC)) for id_ in ids],
        )
        return [str(id_) for id_ in ids]

    async def effects(self, actor: Actor) -> list[str]:
        """Return the ids of the messages the reaction has left a row for."""
        rows = await self._database.fetch(
            "SELECT message_id FROM test_effects WHERE subscriber = $1 ORDER BY 1", actor.name
        )
        return [str(row["message_id"]) for row in rows]

    async def entries(self, actor: Actor) -> list[dict[str, Any]]:
        """Return the reaction's inbox."""
        rows = await self._database.fetch(
            "SELECT * FROM inbox_entries WHERE subscriber = $1 ORDER BY message_id", actor.name
        )
        return [dict(row) for row in rows]
