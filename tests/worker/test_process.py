"""The worker as a whole: it hears commits, pushes, answers probes, stops."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
import redis.asyncio as redis

from tests.builders.people import People
from tests.conftest import free_port
from tests.worker.conftest import Workers
from tests.worker.stage import Stage
from workout_application.messaging.reactions import ReceivedEvent
from workout_infrastructure.push.channel import CHANNEL
from workout_presentation.composition.container import Container
from workout_presentation.worker.main import run_worker

PATIENCE_SECONDS = 20


@asynccontextmanager
async def working(container: Container) -> AsyncIterator[None]:
    """Run a worker for the length of the block."""
    stopping = asyncio.Event()
    worker = asyncio.create_task(run_worker(container, container.settings(), stopping=stopping))
    try:
        yield
    finally:
        stopping.set()
        await asyncio.wait_for(worker, PATIENCE_SECONDS)


async def test_a_commit_wakes_the_worker(workers: Workers, stage: Stage, people: People) -> None:
    actor = stage.actor("coaching.invitation.created")
    trainer = await people.trainer()
    async with working(workers(actor)):
        await trainer.post("/coaching/invitations")
        await asyncio.wait_for(actor.acted.wait(), PATIENCE_SECONDS)

    assert await stage.effects(actor)


@pytest.mark.requirement("NTF-07", "NTF-10", "COA-03")
async def test_a_notice_is_pushed_to_every_process(
    workers: Workers, people: People, redis_url: str
) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    client: Any = redis.from_url(redis_url)
    async with client.pubsub() as subscription, working(workers()):
        await subscription.subscribe(CHANNEL)
        await people.relate(trainer, athlete)
        push = await _push_to(subscription, trainer.user["id"])
    await client.aclose()

    stored = (await trainer.get("/notifications")).json()["data"][0]
    assert push == {
        "id": stored["id"],
        "message": f"{athlete.user['name']} accepted your invitation.",
        "type": "success",
        "timestamp": stored["created_at"],
    }


async def _push_to(subscription: Any, user_id: str) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE_SECONDS):
        async for message in subscription.listen():
            if message["type"] != "message":
                continue
            for room, name, _, payload in json.loads(message["data"])[1]:
                if (room, name) == (f"user-{user_id}", "ReceiveNotification"):
                    pushed: dict[str, Any] = payload
                    return pushed
    raise AssertionError("unreachable")


@pytest.mark.requirement("EVT-11")
async def test_two_worker_processes_share_the_work(workers: Workers, stage: Stage) -> None:
    done = asyncio.Event()
    ids: list[str] = []
    seen: set[str] = set()

    async def count(message: ReceivedEvent) -> None:
        seen.add(str(message.id))
        if ids and seen >= set(ids):
            done.set()

    actor = stage.actor(play=count)
    async with working(workers(actor)), working(workers(actor)):
        ids += await stage.publish(1_000)
        await asyncio.wait_for(done.wait(), PATIENCE_SECONDS)

    assert await stage.effects(actor) == ids


async def test_jobs_under_way_are_finished_before_the_worker_stops(
    workers: Workers, stage: Stage
) -> None:
    begun, may_go_on = asyncio.Event(), asyncio.Event()

    async def wait(_message: ReceivedEvent) -> None:
        begun.set()
        await may_go_on.wait()

    actor = stage.actor(play=wait)
    async with working(workers(actor)):
        ids = await stage.publish()
        await asyncio.wait_for(begun.wait(), PATIENCE_SECONDS)
        asyncio.get_running_loop().call_later(0.2, may_go_on.set)

    assert await stage.effects(actor) == ids


async def test_a_dead_redis_neither_stops_nor_silences_the_worker(
    workers: Workers, stage: Stage
) -> None:
    actor = stage.actor()
    async with working(workers(actor, redis="redis://127.0.0.1:1/0")):
        ids = await stage.publish()
        await asyncio.wait_for(actor.acted.wait(), PATIENCE_SECONDS)

    assert await stage.effects(actor) == ids


async def test_the_worker_answers_probes(workers: Workers) -> None:
    port = free_port()
    container = workers()
    settings = container.settings().model_copy(update={"worker_port": port})
    stopping = asyncio.Event()
    worker = asyncio.create_task(run_worker(container, settings, stopping=stopping))
    transport = httpx2.AsyncHTTPTransport(retries=20)
    async with httpx2.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", transport=transport
    ) as probe:
        live = await probe.get("/health/live")
        ready = await probe.get("/health/ready")
        metrics = await probe.get("/metrics")
    stopping.set()
    await worker

    assert live.json() == {"status": "alive"}
    assert ready.json() == {
        "status": "ready",
        "checks": {"database": True, "relay": True, "jobs": True},
    }
    assert "workout_outbox_relayed_total" in metrics.text


async def test_a_taken_health_port_does_not_stop_the_worker(workers: Workers, stage: Stage) -> None:
    actor = stage.actor()
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    container = workers(actor)
    port = server.sockets[0].getsockname()[1]
    settings = container.settings().model_copy(update={"worker_port": port})
    stopping = asyncio.Event()
    worker = asyncio.create_task(run_worker(container, settings, stopping=stopping))
    await stage.publish()
    await asyncio.wait_for(actor.acted.wait(), PATIENCE_SECONDS)
    stopping.set()
    await worker
    server.close()
    await server.wait_closed()
