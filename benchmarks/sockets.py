"""Many watchers on real WebSockets; every delivery is timed against when its set was due."""

import asyncio
from collections.abc import Sequence
from time import perf_counter
from typing import Final
from uuid import UUID

import msgspec
import picows

from benchmarks.processes import HOST
from benchmarks.requests import DIGITS, MARK

CONNECTING_AT_ONCE: Final = 25
_READY_WITHIN: Final = 30.0
_LOOK_SECONDS: Final = 0.02
_MARK: Final = MARK.encode()
_OPEN, _PING, _PONG = b"0", b"2", b"3"
_CONNECTED, _ACK, _REFUSED = b"40", b"43", b"44"


class Deliveries:
    """When each numbered set was due, and how long after that each watcher had it."""

    def __init__(self) -> None:
        self.due: dict[int, float] = {}
        self.latencies: list[float] = []
        self.sample = b""

    def received(self, frame: bytes) -> None:
        """Note one delivery, if it is one of a numbered set."""
        now, at = perf_counter(), frame.find(_MARK)
        if at < 0:
            return
        start = at + len(_MARK)
        due = self.due.get(int(frame[start : start + DIGITS]))
        if due is not None:
            self.latencies.append(now - due)
            self.sample = frame

    async def complete(self, wanted: int, *, within: float = 5.0) -> int:
        """Wait for the last deliveries; return how many never came."""
        for _ in range(int(within / _LOOK_SECONDS)):
            if len(self.latencies) >= wanted:
                break
            await asyncio.sleep(_LOOK_SECONDS)
        return wanted - len(self.latencies)


class RawWatcher(picows.WSListener):
    """Takes whatever the floor sends."""

    def __init__(self, deliveries: Deliveries) -> None:
        self._deliveries = deliveries
        self.ready = asyncio.get_running_loop().create_future()
        self.transport: picows.WSTransport | None = None

    def on_ws_connected(self, transport: picows.WSTransport) -> None:
        self.transport = transport
        self.ready.set_result(None)

    def on_ws_frame(self, transport: picows.WSTransport, frame: picows.WSFrame) -> None:
        if frame.msg_type == picows.WSMsgType.CLOSE:
            transport.disconnect()
            return
        self._deliveries.received(frame.get_payload_as_bytes())


class Watcher(RawWatcher):
    """Speaks Engine.IO and Socket.IO just well enough to watch a session."""

    def __init__(self, deliveries: Deliveries, token: str, session_id: UUID) -> None:
        super().__init__(deliveries)
        self._hello = b"40" + msgspec.json.encode({"token": token})
        self._join = b"420" + msgspec.json.encode(
            ["JoinWorkoutSession", {"session_id": session_id}]
        )

    def on_ws_connected(self, transport: picows.WSTransport) -> None:
        self.transport = transport

    def on_ws_frame(self, transport: picows.WSTransport, frame: picows.WSFrame) -> None:
        if frame.msg_type == picows.WSMsgType.CLOSE:
            transport.disconnect()
            return
        packet = frame.get_payload_as_bytes()
        if packet.startswith(b"42"):
            self._deliveries.received(packet)
        elif packet.startswith(_PING):
            transport.send(picows.WSMsgType.TEXT, _PONG)
        elif packet.startswith(_OPEN):
            transport.send(picows.WSMsgType.TEXT, self._hello)
        elif packet.startswith(_CONNECTED):
            transport.send(picows.WSMsgType.TEXT, self._join)
        elif packet.startswith((_ACK, _REFUSED)) and not self.ready.done():
            if b'"success":true' in packet[:200]:
                self.ready.set_result(None)
            else:
                self.ready.set_exception(RuntimeError(packet[:500].decode()))


async def connect(watchers: Sequence[RawWatcher], port: int, path: str) -> float:
    """Connect them all and wait until each is where it wants to be; return the seconds taken."""
    places, started = asyncio.Semaphore(CONNECTING_AT_ONCE), perf_counter()

    async def one(watcher: RawWatcher) -> None:
        async with places:
            await picows.ws_connect(lambda: watcher, f"ws://{HOST}:{port}{path}")
            await asyncio.wait_for(watcher.ready, _READY_WITHIN)

    await asyncio.gather(*(one(watcher) for watcher in watchers))
    return perf_counter() - started


def disconnect(watchers: Sequence[RawWatcher]) -> None:
    """Hang up."""
    for watcher in watchers:
        if watcher.transport is not None:
            watcher.transport.disconnect(graceful=False)


HUB_PATH: Final = "/hubs/workout/?EIO=4&transport=websocket"
