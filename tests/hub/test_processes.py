"""Several API processes share rooms through Redis, and none waits for it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx2
import pytest
import redis.asyncio as redis

from tests.builders.live import Training, planned_session
from tests.builders.people import People, Person
from tests.conftest import RunningServer, running, settings_for
from tests.hub.devices import Connect
from tests.waiting import until
from workout_infrastructure.local import EmbeddedRedis
from workout_infrastructure.push.channel import CHANNEL
from workout_presentation.composition.container import build_container

AT_ONCE_SECONDS = 0.5
Processes = Callable[..., Any]


@pytest.fixture
async def processes(database_url: str) -> AsyncIterator[Processes]:
    """Return a maker of API processes on the test's database, each with a port of its own."""
    async with AsyncExitStack() as stack:

        async def start(redis_url: str) -> RunningServer:
            container = build_container(settings_for(database_url, redis_url))
            return await stack.enter_async_context(running(container))

        yield start


@pytest.fixture
def own_redis(tmp_path: Path) -> Any:
    """Return a Redis this test may kill."""
    with EmbeddedRedis(tmp_path, durable=False) as server:
        yield server


@asynccontextmanager
async def through(server: RunningServer, person: Person) -> AsyncIterator[Person]:
    """Let somebody make requests to that process."""
    async with httpx2.AsyncClient(base_url=f"{server.url}/api/v1", timeout=20) as api:
        yield Person(api, person.user, person.tokens)


async def listening(url: str, count: int) -> None:
    """Wait until so many processes listen to the channel."""
    client: Any = redis.from_url(url)

    async def enough() -> bool:
        return bool((await client.pubsub_numsub(CHANNEL))[0][1] >= count)

    await until(enough, what=f"{count} listeners")
    await client.aclose()


@pytest.mark.requirement("EVT-11", "NTF-02", "TRN-25")
async def test_two_processes_deliver_to_each_others_rooms(
    connect: Connect, processes: Processes, own_redis: EmbeddedRedis, people: People
) -> None:
    url = own_redis.start()
    first, second = await processes(url), await processes(url)
    await listening(url, 2)
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    watchers = [await connect(trainer, url=one.url) for one in (first, second)]
    for watcher in watchers:
        await watcher.join(training.id)
    async with through(first, athlete) as here, through(second, athlete) as there:
        sides = [Training(one, training.exercise_id, training.session) for one in (here, there)]
        for number in range(40):
            await sides[number % 2].log()

        async def burst(side: Training) -> None:
            for _ in range(30):
                await side.log()

        await asyncio.gather(*map(burst, (*sides, *sides)))

    for watcher in watchers:
        await watcher.hears(160)
        assert watcher.sequences() == list(range(2, 162))
    assert watchers[0].heard == watchers[1].heard


async def test_what_nobody_can_read_does_not_end_the_listening(
    connect: Connect, processes: Processes, own_redis: EmbeddedRedis, people: People
) -> None:
    url = own_redis.start()
    first, second = await processes(url), await processes(url)
    await listening(url, 2)
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    watcher = await connect(trainer, url=second.url)
    await watcher.join(training.id)
    client: Any = redis.from_url(url)
    for text in ("x", "5", "{}", '{"ab": 1, "cd": 2}', '["p", [[1]]]', '["p", 5]', b"\xff"):
        await client.publish(CHANNEL, text)
    await client.publish(CHANNEL, json.dumps(["p", [["r", "n"]]]))
    await client.aclose()
    async with through(first, athlete) as here:
        await Training(here, training.exercise_id, training.session).log()

    await watcher.hears(1, "SetLogged")


@pytest.mark.requirement("NTF-02", "BEY-02")
async def test_with_redis_killed_local_delivery_goes_on_without_delay(
    connect: Connect, processes: Processes, own_redis: EmbeddedRedis, people: People
) -> None:
    url = own_redis.start()
    first, second = await processes(url), await processes(url)
    await listening(url, 2)
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    near, far = await connect(trainer, url=first.url), await connect(trainer, url=second.url)
    for watcher in (near, far):
        await watcher.join(training.id)
    async with through(first, athlete) as here:
        side = Training(here, training.exercise_id, training.session)
        await side.log()
        await far.hears(1)
        own_redis.stop()
        for count in range(2, 12):
            await side.log()
            heard_by = perf_counter()
            await near.hears(count)
            assert perf_counter() - heard_by < AT_ONCE_SECONDS
        assert own_redis.start() == url
        await listening(url, 2)

        async def passed_on() -> bool:
            await side.log()
            return len(far.heard) > 1

        await until(passed_on, what="the other process to hear again")

    missed = await far.ask("Resume", session_id=training.id, after_sequence=2)
    told = [event["sequence"] for event in missed["events"]]
    assert told == list(range(3, missed["sequence"] + 1))


@pytest.mark.requirement("BEY-02")
async def test_a_redis_that_never_answers_does_not_delay_local_delivery(
    connect: Connect, processes: Processes, people: People
) -> None:
    never = asyncio.Event()

    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while not never.is_set() and await reader.read(65_536):
            pass
        writer.close()

    hole = await asyncio.start_server(swallow, "127.0.0.1", 0)
    server = await processes(f"redis://127.0.0.1:{hole.sockets[0].getsockname()[1]}/0")
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    watcher = await connect(trainer, url=server.url)
    await watcher.join(training.id)
    device = await connect(athlete, url=server.url)
    for count in range(1, 31):
        started = perf_counter()
        await device.ask("LogSet", **training.message())
        await watcher.hears(count)
        assert perf_counter() - started < AT_ONCE_SECONDS
    hole.close()

    assert watcher.sequences() == list(range(2, 32))
