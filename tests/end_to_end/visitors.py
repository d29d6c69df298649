"""People who use the product from outside, and do not give up while it is away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx2
from aiohttp import ClientError
from socketio.exceptions import SocketIOError

from tests.builders.live import Training
from tests.builders.people import Person
from tests.hub.devices import Device, token_of
from tests.waiting import until

PATIENCE_SECONDS = 40.0
AWAY = (httpx2.TransportError,)
BROKEN = (SocketIOError, ClientError, OSError)


@asynccontextmanager
async def client(url: str) -> AsyncIterator[httpx2.AsyncClient]:
    """Return a client of one server."""
    async with httpx2.AsyncClient(base_url=f"{url}/api/v1", timeout=20) as api:
        yield api


async def is_ready(url: str) -> bool:
    """Tell whether the API serves."""
    async with httpx2.AsyncClient(base_url=url, timeout=5) as probe:
        with suppress(httpx2.TransportError):
            return (await probe.get("/health/ready")).status_code == 200
    return False


async def insist(
    person: Person, method: str, path: str, seen: set[int] | None = None, **options: Any
) -> httpx2.Response:
    """Send a request until it is answered with something else than 503."""

    async def answered() -> httpx2.Response | None:
        try:
            answer = await person.request(method, path, **options)
        except AWAY:
            return None
        if seen is not None:
            seen.add(answer.status_code)
        assert answer.status_code != 500, answer.text
        return None if answer.status_code == 503 else answer

    answer: httpx2.Response = await until(
        answered, within=PATIENCE_SECONDS, what=f"{method} {path}"
    )
    return answer


class StubbornDevice:
    """A hub client that connects again for as long as it takes, and repeats what was cut off."""

    def __init__(self, url: str, person: Person) -> None:
        self._url, self._person = url, person
        self.device: Device | None = None
        self.connections = 0

    async def connected(self) -> Device:
        """Return a live connection."""
        if self.device is not None and not self.device.ended.is_set():
            return self.device

        async def reach() -> Device | None:
            device = Device(self._url)
            try:
                return await device.connect(token_of(self._person))
            except BROKEN:
                await device.close()
                return None

        self.device = await until(reach, within=PATIENCE_SECONDS, what="the hub")
        self.connections += 1
        return self.device

    async def ask(self, event: str, **fields: Any) -> dict[str, Any]:
        """Say something until it is acknowledged; returns the data."""
        while True:
            device = await self.connected()
            ack = await self._said(device, event, fields)
            if ack is not None and ack["success"]:
                data: dict[str, Any] = ack["data"]
                return data
            assert ack is None or ack["retryable"], ack
            assert ack is None or ack["code"] != "internal_error", ack

    async def close(self) -> None:
        """Go away."""
        if self.device is not None:
            await self.device.close()

    async def _said(
        self, device: Device, event: str, fields: dict[str, Any]
    ) -> dict[str, Any] | None:
        saying = asyncio.ensure_future(device.say(event, fields))
        ended = asyncio.ensure_future(device.ended.wait())
        await asyncio.wait({saying, ended}, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if not saying.done():
            saying.cancel()
        await asyncio.wait({saying})
        if saying.cancelled() or isinstance(saying.exception(), BROKEN):
            return None
        return saying.result()


class StubbornWatcher(StubbornDevice):
    """A watcher that joins and resumes after every interruption; ``seen`` is what it knows."""

    def __init__(self, url: str, person: Person, training: Training) -> None:
        super().__init__(url, person)
        self._training = training
        self.seen: dict[int, dict[str, Any]] = {}

    async def watch(self) -> None:
        """Watch until cancelled."""
        while True:
            before = self.device
            device = await self.connected()
            if device is not before:
                await self.ask("JoinWorkoutSession", session_id=self._training.id)
                await self.catch_up()
            await self._hear(device)

    async def catch_up(self) -> None:
        """Ask for what was missed."""
        answer = await self.ask(
            "Resume", session_id=self._training.id, after_sequence=self.unbroken
        )
        for event in answer["events"]:
            self._note(event)

    @property
    def unbroken(self) -> int:
        """The last sequence before the first gap."""
        last = 0
        while last + 1 in self.seen:
            last += 1
        return last

    def take_in(self) -> None:
        """Note what the current connection has heard."""
        if self.device is not None:
            for name, payload in self.device.of():
                if "sequence" in payload:
                    self._note({"event": name, **payload})

    async def _hear(self, device: Device) -> None:
        await device.ended.wait()
        self.take_in()

    def _note(self, event: dict[str, Any]) -> None:
        known = self.seen.setdefault(event["sequence"], event)
        assert known == event
