"""A client's connection to the live hub: the official Socket.IO client, as anybody would use it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Literal, Self

import socketio
from socketio.exceptions import ConnectionError as ConnectionFailed
from socketio.exceptions import SocketIOError

from workout_presentation.demo.answers import DemoFailed, acknowledged
from workout_presentation.demo.people import Person

Transport = Literal["websocket", "polling"]
OnEvent = Callable[[str, dict[str, Any]], None]
_PATH = "/hubs/workout"


class HubClient:
    """Says things and waits for the acknowledgement; hands events on in the order they come."""

    def __init__(self, person: Person, transport: Transport) -> None:
        self._person, self._transport = person, transport
        self._socket = socketio.AsyncClient(handle_sigint=False)
        self._is_known = False
        self._returning: set[asyncio.Task[None]] = set()
        self.on_event: OnEvent = _ignored
        self.on_return: Callable[[], Awaitable[None]] | None = None
        self._socket.on("connect", self._connected)
        self._socket.on("*", self._event)

    async def connected(self, url: str) -> Self:
        """Connect; a connection that breaks is made again by itself."""
        try:
            await self._socket.connect(
                url,
                auth=self._person.handshake,
                transports=[self._transport],
                socketio_path=_PATH,
                wait_timeout=10,
            )
        except ConnectionFailed as failure:
            raise DemoFailed(f"The hub at {url}{_PATH} could not be reached: {failure}") from None
        return self

    async def say(self, event: str, **payload: Any) -> Any:  # noqa: ANN401 - JSON is untyped
        """
        Say something and return the data of its acknowledgement.

        Raises:
            Refused: the hub refused.
            DemoFailed: the connection is lost.
        """
        try:
            ack = await self._socket.call(event, payload, timeout=30)
        except SocketIOError as failure:
            raise DemoFailed(f"The connection to the hub was lost at {event}: {failure}") from None
        return acknowledged(event, ack)

    async def renew(self) -> None:
        """Stay signed in during long replays."""
        if await self._person.renew():
            await self.say("RefreshAuth", **self._person.handshake())

    async def close(self) -> None:
        """Disconnect, and let nothing linger."""
        for task in self._returning:
            task.cancel()
        await self._socket.disconnect()
        await self._socket.shutdown()

    async def _connected(self) -> None:
        if self._is_known and self.on_return is not None:
            task = asyncio.ensure_future(self.on_return())
            self._returning.add(task)
            task.add_done_callback(self._returning.discard)
        self._is_known = True

    def _event(self, name: str, payload: Any = None) -> None:  # noqa: ANN401 - JSON is untyped
        self.on_event(name, payload if isinstance(payload, dict) else {})


def _ignored(_name: str, _payload: dict[str, Any]) -> None:
    """Nobody listens yet."""
