"""Devices that are put away after each test."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.builders.live import Training, planned_session
from tests.builders.people import People, Person
from tests.conftest import RunningServer
from tests.hub.contract import refuse_unless_as_promised
from tests.hub.devices import Connect, Device, token_of
from tests.worker.conftest import workers


@pytest.fixture
async def connect(server: RunningServer) -> AsyncIterator[Connect]:
    """Return a maker of connected devices; each checks the contract and is closed at the end."""
    async with AsyncExitStack() as stack:
        devices: list[Device] = []

        async def connect_device(
            person: Person, *, url: str = server.url, **options: Any
        ) -> Device:
            device = Device(url)
            devices.append(device)
            stack.push_async_callback(device.close)
            return await device.connect(token_of(person), **options)

        yield connect_device
        for device in devices:
            for event, payload in device.heard if device.promised else ():
                refuse_unless_as_promised(event, payload)


@pytest.fixture(scope="session")
async def pair(people: People) -> tuple[Person, Person]:
    """Return a trainer and an athlete they coach; tests that change that make their own."""
    return await people.coached_pair()


@pytest.fixture
async def training(pair: tuple[Person, Person]) -> AsyncIterator[Training]:
    """Return the athlete's running session of a workout the trainer assigned."""
    training = await planned_session(*pair)
    yield training
    await training.athlete.post(f"/sessions/{training.id}/abandon")


@pytest.fixture
def trainer(pair: tuple[Person, Person]) -> Person:
    """Return the trainer who watches."""
    return pair[0]


__all__ = ["workers"]
