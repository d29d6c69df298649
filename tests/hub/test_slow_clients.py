"""Clients that stop reading cost nobody else anything, and are let go."""

import asyncio
import json
from time import perf_counter
from uuid import UUID

import pytest

from tests.builders.live import Training
from tests.builders.people import Person
from tests.conftest import RunningServer
from tests.hub.by_hand import DeafClient, PollingClient
from tests.hub.devices import Connect, token_of
from tests.waiting import until
from workout_application.messaging.live import LiveEvent, session_room
from workout_presentation.hub.rooms import LONGEST_BACKLOG

EVENT_BYTES = 2_000
FLOOD = 4_000


def event(training: Training, sequence: int) -> LiveEvent:
    """Return a push as commits make it, of two kilobytes."""
    payload = {"session_id": training.id, "sequence": sequence, "text": "x" * EVENT_BYTES}
    return LiveEvent(
        session_room(UUID(training.id)), "Flood", json.dumps(payload).encode(), sequence
    )


def backlog(server: RunningServer, person: Person) -> int:
    """Return how many packets the server keeps for one person's connections."""
    return sum(
        client.connection.socket.queue.qsize()
        for client in server.container.clients().all()
        if str(client.user_id) == person.user["id"]
    )


@pytest.mark.requirement("TRN-25")
async def test_a_client_that_stops_reading_is_dropped_and_delays_nobody(
    connect: Connect, server: RunningServer, trainer: Person, training: Training
) -> None:
    watcher = await connect(training.athlete)
    watcher.promised = False
    await watcher.join(training.id)
    rooms, live = server.container.rooms(), server.container.live()
    room, most = session_room(UUID(training.id)), 0
    async with DeafClient(server.url) as deaf:
        await deaf.connect(token_of(trainer))
        await deaf.join(training.id)
        assert len(rooms.members(room)) == 2
        started = perf_counter()
        for sequence in range(2, FLOOD + 2):
            live.publish(event(training, sequence))
            if sequence % 100 == 0:
                most = max(most, backlog(server, trainer))
                await watcher.hears(sequence - 1)
        await watcher.hears(FLOOD)
        elapsed = perf_counter() - started
        dropped = len(rooms.members(room))
        await until(lambda: len(server.container.clients().all()) == 1, what="it to be forgotten")

    assert dropped == 1
    assert 0 < most <= LONGEST_BACKLOG
    assert elapsed < 5
    assert watcher.sequences() == list(range(2, FLOOD + 2))


async def test_a_client_that_stops_polling_is_dropped(
    connect: Connect, server: RunningServer, trainer: Person, training: Training
) -> None:
    async with PollingClient(server.url) as silent:
        await silent.connect(token_of(trainer))
        await silent.say(f'421["JoinWorkoutSession",{{"session_id":"{training.id}"}}]')
        assert json.loads((await silent.poll())[-1][3:])[0]["success"]
        for sequence in range(2, LONGEST_BACKLOG + 3):
            server.container.live().publish(event(training, sequence))
        await until(lambda: not server.container.clients().all(), what="it to be forgotten")

        assert (await silent.answer()).status_code == 400
    watcher = await connect(trainer)
    assert (await watcher.join(training.id))["sequence"] == 1


async def test_a_client_that_talks_and_does_not_read_is_held_back(
    connect: Connect, server: RunningServer, trainer: Person, training: Training
) -> None:
    """Answers wait for their reader; without one, no more is taken from the socket."""
    for _ in range(20):
        await training.log(notes="x" * 5_000)
    device = await connect(training.athlete)
    async with DeafClient(server.url) as deaf:
        await deaf.connect(token_of(trainer))

        async def talk() -> None:
            while True:
                await deaf.ask("JoinWorkoutSession", {"session_id": training.id})

        talking = asyncio.create_task(talk())
        most = 0
        while any(
            str(one.user_id) == trainer.user["id"] for one in server.container.clients().all()
        ):
            most = max(most, backlog(server, trainer))
            started = perf_counter()
            await device.settle()
            assert perf_counter() - started < 1
        talking.cancel()
        await asyncio.gather(talking, return_exceptions=True)

    assert 0 < most <= 200
    assert (await device.say("LogSet", training.message()))["success"]
