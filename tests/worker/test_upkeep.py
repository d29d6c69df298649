"""What an operator and the clock do with events: narrowing, replay, forgetting."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from tests.builders.people import People
from tests.fakes.clock import AdjustableClock
from workout_application.messaging.actor import SYSTEM
from workout_application.platform.commands.forget_old_events import ForgetOldEvents
from workout_application.platform.commands.replay_parked_events import ReplayParkedEvents
from workout_application.platform.queries.list_parked_events import ListParkedEvents
from workout_infrastructure.jobs.subscriptions import Lane
from workout_presentation.composition.container import Container
from workout_presentation.composition.jobs import Narrowing


async def parked_entry(database: Any) -> uuid.UUID:
    message_id = await database.fetchval(
        "SELECT id FROM outbox_messages ORDER BY occurred_at DESC, id DESC LIMIT 1"
    )
    await database.execute(
        """INSERT INTO inbox_entries
           (subscriber, message_id, status, attempts, available_at, finished_at, last_error)
           VALUES ('test_parked', $1, 'parked', 5, now(), now(), 'it broke')
           ON CONFLICT (subscriber, message_id) DO NOTHING""",
        message_id,
    )
    return uuid.UUID(str(message_id))


@pytest.mark.parametrize(
    ("narrowing", "served"),
    [
        (Narrowing(), True),
        (Narrowing(contexts=frozenset({"notifications"})), True),
        (Narrowing(contexts=frozenset({"webhooks"})), False),
        (Narrowing(queues=frozenset({"critical"})), True),
        (Narrowing(queues=frozenset({"low"})), False),
    ],
)
def test_a_narrowed_worker_serves_only_its_lanes(narrowing: Narrowing, served: bool) -> None:
    assert narrowing.admits(Lane("notifications", "critical")) is served


@pytest.mark.requirement("EVT-09")
async def test_a_parked_event_is_listed_and_can_be_replayed(
    people: People, container: Container, database: Any
) -> None:
    await people.athlete()
    message_id = await parked_entry(database)
    mediator = container.mediator()

    listed = await mediator.send(ListParkedEvents(), actor=SYSTEM)
    replayed = await mediator.send(ReplayParkedEvents(message_id=message_id), actor=SYSTEM)

    assert [(e.subscriber, e.last_error) for e in listed if e.message_id == message_id] == [
        ("test_parked", "it broke")
    ]
    assert replayed == 1
    status = await database.fetchval(
        "DELETE FROM inbox_entries WHERE message_id = $1 AND subscriber = 'test_parked' "
        "RETURNING status",
        message_id,
    )
    assert status == "pending"


async def test_events_handled_a_week_ago_are_forgotten_and_parked_ones_kept(
    people: People, container: Container, database: Any, clock: AdjustableClock
) -> None:
    await people.athlete()
    message_id = await parked_entry(database)
    await database.execute("UPDATE outbox_messages SET relayed_at = now()")
    await database.execute("UPDATE inbox_entries SET status = 'done' WHERE status = 'pending'")
    clock.advance(timedelta(days=8))

    await container.mediator().send(ForgetOldEvents(limit=100_000), actor=SYSTEM)

    kept = [row["id"] for row in await database.fetch("SELECT id FROM outbox_messages")]
    assert message_id in [uuid.UUID(str(one)) for one in kept]
    left = await database.fetchval(
        "SELECT count(*) FROM outbox_messages m WHERE NOT EXISTS ("
        "SELECT 1 FROM inbox_entries e WHERE e.message_id = m.id AND e.status <> 'done')"
    )
    assert left == 0
    await database.execute("DELETE FROM inbox_entries WHERE subscriber = 'test_parked'")
