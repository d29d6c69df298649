"""A coach's client whose connection breaks comes back and misses nothing."""

from contextlib import AsyncExitStack

from tests.builders.people import People
from tests.builders.training import planned_session
from tests.conftest import RunningServer
from workout_presentation.demo.hub import HubClient
from workout_presentation.demo.people import Person
from workout_presentation.demo.watching import Watcher


async def test_a_broken_connection_costs_the_coach_nothing(
    server: RunningServer, people: People
) -> None:
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    hub = HubClient(Person(trainer.api, trainer.user, trainer.tokens), "websocket")
    async with AsyncExitStack() as stack:
        stack.push_async_callback(hub.close)
        watch = await Watcher(await hub.connected(server.url)).join(training.id)
        await training.log()

        for client in server.container.clients().all():
            if str(client.user_id) == trainer.user["id"]:
                client.connection.abort()
        logged = [await training.log() for _ in range(3)]

        assert await watch.has_seen(logged[-1]["sequence"])
    assert list(watch.events) == [2, 3, 4, 5]
    assert watch.gaps_resumed >= 1
