"""From the outbox to every subscriber: once, whatever fails on the way."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
import redis.asyncio as redis

from tests.builders.people import People
from tests.fakes.clock import AdjustableClock
from tests.worker.conftest import Workers
from tests.worker.stage import Actor, Stage
from workout_application.messaging.correlation import causation_id, correlation_id
from workout_application.messaging.reactions import ReceivedEvent
from workout_domain.kernel.events import DomainEvent
from workout_infrastructure.jobs.subscriptions import SubscriberTwice, Subscriptions
from workout_infrastructure.persistence.inbox import LEASE, MOST_ATTEMPTS
from workout_infrastructure.persistence.unit_of_work import current_work
from workout_presentation.composition.container import Container
from workout_presentation.worker.main import run_worker

PATIENCE_SECONDS = 20


async def delivered(container: Container) -> None:
    """Relay and react, in this process."""
    await container.jobs.relay().drain()
    await container.jobs.relay().sweep()
    await container.jobs.direct().finish()


async def fail(_message: ReceivedEvent) -> None:
    raise ValueError("out of order")


@pytest.mark.requirement("ARC-10", "EVT-03", "EVT-05")
async def test_every_subscriber_of_a_kind_gets_each_event(workers: Workers, stage: Stage) -> None:
    first, second, other = stage.actor(), stage.actor(), stage.actor(f"{stage.kind}.other")
    container = workers(first, second, other, redis="")
    ids = await stage.publish(3)

    await delivered(container)

    assert await stage.effects(first) == ids
    assert await stage.effects(second) == ids
    assert await stage.effects(other) == []


async def test_a_subscriber_of_several_kinds_gets_each_event_once(
    workers: Workers, stage: Stage
) -> None:
    other_kind = f"{stage.kind}.other"
    actor = stage.actor(stage.kind, other_kind)
    container = workers(actor, redis="")
    ids = await stage.publish() + await stage.publish(kind=other_kind)

    await delivered(container)
    await delivered(container)

    assert await stage.effects(actor) == ids


async def test_what_nobody_subscribes_to_is_done_with(
    workers: Workers, stage: Stage, database: Any
) -> None:
    container = workers(stage.actor("nothing"), redis="")
    ids = await stage.publish()

    await delivered(container)

    relayed = await database.fetchval(
        "SELECT relayed_at FROM outbox_messages WHERE id = $1::uuid", ids[0]
    )
    assert relayed is not None


async def test_more_than_a_batch_is_relayed_in_order(workers: Workers, stage: Stage) -> None:
    actor = stage.actor()
    container = workers(actor, redis="")
    ids = await stage.publish(1_234)

    assert await container.jobs.relay().drain() >= len(ids)
    await container.jobs.direct().finish()

    assert await stage.effects(actor) == ids


async def test_a_reaction_that_asks_for_it_gets_a_transaction_for_each_event(
    workers: Workers, stage: Stage
) -> None:
    poison: list[str] = []

    async def choke(message: ReceivedEvent) -> None:
        if str(message.id) in poison:
            await fail(message)

    actor = stage.actor(play=choke)
    actor.one_by_one = True
    container = workers(actor, redis="")
    ids = await stage.publish(7)
    poison.append(ids[1])
    carried: list[int] = []
    container.jobs.queue.override(Counting(carried))

    await container.jobs.relay().drain()
    await container.jobs.reactor().react(actor.name, ids)

    assert carried == [5, 2]
    assert await stage.effects(actor) == [ids[0], *ids[2:]]
    assert actor.calls == len(ids)


@pytest.mark.requirement("EVT-09")
async def test_a_reaction_that_fails_twice_is_tried_again_later(
    workers: Workers, stage: Stage, clock: AdjustableClock
) -> None:
    failures = iter([True, True])

    async def fail_twice(message: ReceivedEvent) -> None:
        if next(failures, False):
            await fail(message)

    actor = stage.actor(play=fail_twice)
    container = workers(actor, redis="")
    ids = await stage.publish()

    await delivered(container)
    assert await stage.effects(actor) == []
    clock.advance(timedelta(seconds=13))
    await delivered(container)
    clock.advance(timedelta(seconds=25))
    await delivered(container)

    assert await stage.effects(actor) == ids
    entry = (await stage.entries(actor))[0]
    assert (entry["status"], entry["attempts"]) == ("done", 2)
    assert entry["last_error"] == "ValueError('out of order')"


@pytest.mark.requirement("EVT-09")
async def test_a_failed_reaction_rests_for_longer_each_time(
    workers: Workers, stage: Stage, clock: AdjustableClock
) -> None:
    actor = stage.actor(play=fail)
    container = workers(actor, redis="")
    ids = await stage.publish()
    pauses = []

    for _ in range(MOST_ATTEMPTS - 1):
        failed_at = clock.now()
        await delivered(container)
        entry = (await stage.entries(actor))[0]
        pauses.append((entry["not_before"] - failed_at).total_seconds())
        await container.jobs.reactor().react(actor.name, ids)
        assert (await stage.entries(actor))[0]["attempts"] == entry["attempts"]
        clock.advance(timedelta(seconds=pauses[-1] + 1))

    for pause, expected in zip(pauses, (10, 20, 40, 80), strict=True):
        assert expected <= pause <= expected * 1.2 + 1


@pytest.mark.requirement("EVT-09")
async def test_a_poisonous_event_is_parked_and_holds_up_nobody(
    workers: Workers, stage: Stage, clock: AdjustableClock
) -> None:
    poison: list[str] = []

    async def choke(message: ReceivedEvent) -> None:
        if str(message.id) in poison:
            await fail(message)

    actor = stage.actor(play=choke)
    container = workers(actor, redis="")
    ids = await stage.publish(5)
    poison.append(ids[2])

    for _ in range(MOST_ATTEMPTS + 2):
        await delivered(container)
        clock.advance(timedelta(minutes=11))

    assert await stage.effects(actor) == [*ids[:2], *ids[3:]]
    parked = (await stage.entries(actor))[2]
    assert (parked["status"], parked["attempts"]) == ("parked", MOST_ATTEMPTS)
    assert parked["finished_at"] is not None


@pytest.mark.requirement("EVT-06", "EVT-11")
async def test_two_workers_and_many_duplicates_leave_one_effect_each(
    workers: Workers, stage: Stage
) -> None:
    actor = stage.actor()
    containers = [workers(actor, redis=""), workers(actor, redis="")]
    ids = await stage.publish(100)
    await asyncio.gather(*(container.jobs.relay().drain() for container in containers))

    await asyncio.gather(
        *(
            container.jobs.reactor().react(actor.name, ids[start : start + 40])
            for container in containers * 3
            for start in (0, 20, 40, 60)
        )
    )
    await asyncio.gather(*(container.jobs.direct().finish() for container in containers))

    assert await stage.effects(actor) == ids
    assert {entry["status"] for entry in await stage.entries(actor)} == {"done"}


@pytest.mark.requirement("EVT-08")
async def test_a_worker_killed_before_its_commit_loses_nothing(
    workers: Workers, stage: Stage, clock: AdjustableClock
) -> None:
    started = asyncio.Event()

    async def hang_at_first(_message: ReceivedEvent) -> None:
        if not started.is_set():
            started.set()
            await asyncio.Event().wait()

    actor = stage.actor(play=hang_at_first)
    container = workers(actor, redis="")
    ids = await stage.publish()
    await routed(workers, actor)
    job = asyncio.create_task(container.jobs.reactor().react(actor.name, ids))
    await asyncio.wait_for(started.wait(), PATIENCE_SECONDS)
    job.cancel()
    with suppress(asyncio.CancelledError):
        await job
    assert await stage.effects(actor) == []

    clock.advance(LEASE)
    await delivered(container)

    assert await stage.effects(actor) == ids


async def routed(workers: Workers, actor: Actor) -> None:
    """Route messages to the inbox, and lose the jobs."""
    container = workers(actor, redis="")
    container.jobs.queue.override(Lost())
    await container.jobs.relay().drain()


class Lost:
    """A queue that loses everything."""

    async def put(self, _deliveries: Any) -> None:
        """Lose them."""

    async def depth(self) -> int:
        """Be empty."""
        return 0


class Counting(Lost):
    """A queue that loses everything, once it has counted it."""

    def __init__(self, sizes: list[int]) -> None:
        self._sizes = sizes

    async def put(self, deliveries: Any) -> None:
        """Count them."""
        self._sizes.extend(len(delivery.message_ids) for delivery in deliveries)


@pytest.mark.requirement("EVT-03")
async def test_redis_emptied_between_relay_and_job_loses_nothing(
    workers: Workers, stage: Stage, clock: AdjustableClock, redis_url: str
) -> None:
    actor = stage.actor()
    container = workers(actor)
    ids = await stage.publish(3)
    await container.jobs.relay().drain()
    client: Any = redis.from_url(redis_url)
    assert await client.dbsize() > 0
    await client.flushdb()
    await client.aclose()

    stopping = asyncio.Event()
    worker = asyncio.create_task(run_worker(container, container.settings(), stopping=stopping))
    clock.advance(LEASE)
    await asyncio.wait_for(actor.acted.wait(), PATIENCE_SECONDS)
    stopping.set()
    await worker

    assert await stage.effects(actor) == ids


async def test_without_redis_the_worker_reacts_itself(workers: Workers, stage: Stage) -> None:
    actor = stage.actor()
    container = workers(actor, redis="redis://127.0.0.1:1/0")
    ids = await stage.publish(2)

    await delivered(container)

    assert await stage.effects(actor) == ids


async def test_a_long_queue_is_not_made_longer_by_repeats(
    workers: Workers, stage: Stage, clock: AdjustableClock
) -> None:
    class Full(Lost):
        async def depth(self) -> int:
            return 1_000

    actor = stage.actor()
    container = workers(actor, redis="")
    container.jobs.queue.override(Full())
    await stage.publish()
    await container.jobs.relay().drain()
    clock.advance(LEASE)

    assert await container.jobs.relay().sweep() == 0


@pytest.mark.requirement("EVT-03", "EVT-07")
async def test_a_refused_command_publishes_nothing(
    people: People, workers: Workers, stage: Stage, database: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    invited = (await trainer.post("/coaching/invitations")).json()["data"]
    actor = stage.actor("coaching.invitation.accepted")
    container = workers(actor, redis="")

    refused = await athlete.post("/coaching/invitations/accept", json={"code": invited["code"]})
    await delivered(container)

    assert refused.status_code == 409
    published = await database.fetch(
        "SELECT id FROM outbox_messages WHERE payload->>'invitation_id' = $1 AND kind = $2",
        invited["id"],
        "coaching.invitation.accepted",
    )
    assert published == []


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence(DomainEvent):
    """What a reaction of a test brings about."""

    kind: ClassVar[str] = "test.consequence"
    of: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The event that caused it."""
        return self.of


@pytest.mark.requirement("OBS-05")
async def test_a_correlation_id_goes_from_request_through_event_to_reaction(
    people: People, workers: Workers, stage: Stage
) -> None:
    heard: list[tuple[str, str | None, UUID]] = []
    wanted = f"request-{uuid4()}"

    async def listen(message: ReceivedEvent) -> None:
        heard.append((correlation_id.get(), causation_id.get(), message.id))

    container = workers(stage.actor("coaching.invitation.created", play=listen), redis="")
    trainer = await people.trainer()

    answer = await trainer.post("/coaching/invitations", headers={"X-Correlation-ID": wanted})
    await delivered(container)

    assert answer.headers["x-correlation-id"] == wanted
    causes = [(causation, id_) for correlation, causation, id_ in heard if correlation == wanted]
    assert causes == [(str(causes[0][1]), causes[0][1])]


async def test_events_of_one_batch_keep_their_own_causes(
    workers: Workers, stage: Stage, clock: AdjustableClock, database: Any
) -> None:
    async def go_on(message: ReceivedEvent) -> None:
        current_work().record(Consequence(occurred_at=clock.now(), of=message.id))

    container = workers(stage.actor(play=go_on), redis="")
    ids = await stage.publish(3)

    await delivered(container)

    rows = await database.fetch(
        """SELECT aggregate_id::text AS id, correlation_id, causation_id FROM outbox_messages
        WHERE kind = 'test.consequence' AND aggregate_id = ANY ($1::uuid[]) ORDER BY 1""",
        ids,
    )
    assert [tuple(row) for row in rows] == [(id_, f"request {id_}", id_) for id_ in ids]


async def test_a_message_for_a_subscriber_of_another_release_waits(
    workers: Workers, stage: Stage
) -> None:
    actor = stage.actor()
    await stage.publish()
    await routed(workers, actor)
    container = workers(stage.actor(), redis="")

    await container.jobs.reactor().react(actor.name, await stage.publish())

    assert [entry["status"] for entry in await stage.entries(actor)] == ["pending"]


def test_two_reactions_cannot_share_a_name() -> None:
    namesakes: list[Any] = [Actor("one", "a"), Actor("one", "b")]

    with pytest.raises(SubscriberTwice):
        Subscriptions(namesakes)
