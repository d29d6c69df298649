"""Devices of people: the official Python client, checking all it hears against the contract."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import socketio
from socketio.packet import Packet

from tests.builders.people import Person
from tests.hub.contract import refuse_unless_as_promised

PATH = "/hubs/workout"
PATIENCE_SECONDS = 10.0
Event = tuple[str, dict[str, Any]]


class PlainPacket(Packet):
    """Writes JSON as other clients do; the hub's own way would be shared by this process."""

    json = json


class Device:
    """One connection; it keeps what it heard, in order."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.client = socketio.AsyncClient(reconnection=False, serializer=PlainPacket)
        self.heard: list[Event] = []
        self.promised = True
        self.ended = asyncio.Event()
        self._news = asyncio.Event()
        self.client.on("*", self._hear)
        self.client.on("disconnect", self._end)

    async def connect(
        self,
        token: object = None,
        *,
        header: str | None = None,
        transports: tuple[str, ...] = ("websocket",),
        namespaces: list[str] | None = None,
        path: str = PATH,
    ) -> "Device":
        """Connect; raises ``ConnectionError`` of python-socketio where that is refused."""
        await self.client.connect(
            self._url,
            auth=None if token is None else {"token": token},
            headers={} if header is None else {"Authorization": header},
            transports=list(transports),
            namespaces=namespaces,
            socketio_path=path,
            wait_timeout=PATIENCE_SECONDS,
        )
        return self

    async def say(self, event: str, *arguments: Any) -> dict[str, Any]:
        """Send a message and return its ack."""
        data = arguments[0] if len(arguments) == 1 else arguments or None
        ack: dict[str, Any] = await self.client.call(event, data, timeout=PATIENCE_SECONDS)
        refuse_unless_as_promised(f"{event}Ack", ack)
        return ack

    async def ask(self, event: str, **fields: Any) -> dict[str, Any]:
        """Send a message that must succeed and return the ack's data."""
        ack = await self.say(event, fields)
        assert ack["success"], ack
        data: dict[str, Any] = ack.get("data", {})
        return data

    async def join(self, session_id: str) -> dict[str, Any]:
        """Join a session's room."""
        return await self.ask("JoinWorkoutSession", session_id=session_id)

    async def hears(self, count: int, *names: str) -> list[Event]:
        """Wait until that many events of these names were heard, and return them."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while len(self.of(*names)) < count:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"{count} of {names} expected, heard {self.heard}") from None
        return self.of(*names)

    def of(self, *names: str) -> list[Event]:
        """Return what was heard, of these names or of all."""
        return [event for event in self.heard if not names or event[0] in names]

    def sequences(self) -> list[int]:
        """Return the sequences of all session events heard."""
        return [payload["sequence"] for _, payload in self.heard if "sequence" in payload]

    async def settle(self) -> None:
        """
        Wait until all that was sent to this device has arrived.

        The hub answers in order, behind everything it pushed before.
        """
        await self.client.call("Settle", {}, timeout=PATIENCE_SECONDS)

    async def close(self) -> None:
        """Go away."""
        await self.client.disconnect()

    async def _hear(self, event: str, payload: dict[str, Any]) -> None:
        # What fails in here would only be logged; the fixture checks the contract at the end.
        self.heard.append((event, payload))
        self._news.set()

    async def _end(self, *_reason: object) -> None:
        self.ended.set()


Connect = Callable[..., Awaitable[Device]]


def token_of(person: Person) -> str:
    """Return a person's access token."""
    return str(person.tokens["access_token"])
