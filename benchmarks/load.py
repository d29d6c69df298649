"""
A load generator for HTTP/1.1 over kept-alive loopback connections.

Requests are bytes made beforehand and answers are only measured, so that one core drives servers
many times as expensive. Always bounded in connections and time.
"""

import asyncio
import gc
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Final, cast

from benchmarks.processes import HOST, ServerProcess

MOST_CONNECTIONS: Final = 64
LONGEST_SECONDS: Final = 60.0
_ANSWER_SECONDS: Final = 20.0
_HEAD_END: Final = b"\r\n\r\n"
_LENGTH: Final = b"content-length: "

NextRequest = Callable[[], bytes]


class UnexpectedAnswer(RuntimeError):
    """The server answered something that must not be counted as work done."""


def get(path: str, token: str) -> bytes:
    """Write a GET."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {token}\r\n\r\n"
    ).encode()


def post(path: str, token: str, body: bytes) -> bytes:
    """Write a POST of JSON."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@dataclass(frozen=True, slots=True)
class Run:
    """What one run against one server came to; times in seconds."""

    requests: int
    seconds: float
    latencies: list[float]
    cpu_seconds: float

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds

    @property
    def cpu_per_request(self) -> float:
        """The server's processor time per request, database not included."""
        return self.cpu_seconds / max(1, self.requests)

    def percentile(self, share: float) -> float:
        """Return the latency that this share of the requests kept."""
        return percentile(self.latencies, share)


def percentile(values: list[float], share: float) -> float:
    """Return the value below which this share lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


@contextmanager
def no_collections() -> Iterator[None]:
    """Keep this process's garbage collector out of the latencies."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Connection(asyncio.Protocol):
    """One connection: a request out, its answer in, and whoever waits is told."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._wanted = 0
        self.on_answer: Callable[[Connection], None] | None = None
        self.failure: Exception | None = None
        self.sent_at = 0.0

    @classmethod
    async def open(cls, port: int) -> "Connection":
        """Connect."""
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(cls, HOST, port)
        return connection

    def send(self, request: bytes) -> None:
        """Send a request; the one before must have been answered."""
        if self._transport is None:
            raise ConnectionError("The connection is closed.")
        self.sent_at = perf_counter()
        self._transport.write(request)

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember the transport."""
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits."""
        self._transport = None
        self._fail(exc or ConnectionError("The server hung up."))

    def data_received(self, data: bytes) -> None:
        """Take in a part of an answer."""
        buffer = self._buffer
        buffer += data
        if not self._wanted:
            end = buffer.find(_HEAD_END)
            if end < 0:
                return
            at = buffer.find(_LENGTH, 0, end)
            if buffer[9:10] != b"2" or at < 0:
                self._fail(UnexpectedAnswer(bytes(buffer[:1500]).decode(errors="replace")))
                return
            line_end = buffer.find(b"\r", at)
            self._wanted = end + len(_HEAD_END) + int(buffer[at + len(_LENGTH) : line_end])
        if len(buffer) >= self._wanted:
            buffer.clear()
            self._wanted = 0
            if self.on_answer is not None:
                self.on_answer(self)

    def _fail(self, error: Exception) -> None:
        if self.failure is None:
            self.failure = error
        if self.on_answer is not None:
            self.on_answer(self)


class _ClosedLoop:
    """Every connection sends its next request when the last was answered."""

    def __init__(self, next_request: NextRequest, *, until: float, most: int | None) -> None:
        self._next, self._until = next_request, until
        self._left = most if most is not None else -1
        self._active = 0
        self.latencies: list[float] = []
        self.done = asyncio.get_running_loop().create_future()

    def start(self, connections: list[Connection]) -> None:
        self._active = len(connections)
        for connection in connections:
            connection.on_answer = self._answered
            self._go_on(connection)

    def _answered(self, connection: Connection) -> None:
        now = perf_counter()
        if connection.failure is not None:
            if not self.done.done():
                self.done.set_exception(connection.failure)
            return
        self.latencies.append(now - connection.sent_at)
        self._go_on(connection)

    def _go_on(self, connection: Connection) -> None:
        if perf_counter() < self._until and self._left:
            self._left -= 1
            connection.send(self._next())
            return
        connection.on_answer = None
        self._active -= 1
        if not self._active and not self.done.done():
            self.done.set_result(None)


async def drive(
    server: ServerProcess,
    next_request: NextRequest,
    *,
    connections: int,
    seconds: float,
    most: int | None = None,
) -> Run:
    """Keep that many connections busy for that long, or for ``most`` requests."""
    seconds = min(seconds, LONGEST_SECONDS)
    opened = [await Connection.open(server.port) for _ in range(min(connections, MOST_CONNECTIONS))]
    try:
        with no_collections():
            before, started = server.sample(), perf_counter()
            loop = _ClosedLoop(next_request, until=started + seconds, most=most)
            loop.start(opened)
            async with asyncio.timeout(seconds + _ANSWER_SECONDS):
                await loop.done
            elapsed, after = perf_counter() - started, server.sample()
    finally:
        for connection in opened:
            connection.close()
    spent = after.cpu_seconds - before.cpu_seconds
    return Run(len(loop.latencies), elapsed, loop.latencies, spent)


async def paced(*, rate: float, count: int) -> AsyncIterator[float]:
    """Yield the moment each of ``count`` things is due, when it is."""
    started = perf_counter() + 0.01
    for number in range(count):
        due = started + number / rate
        pause = due - perf_counter()
        if pause > 0:
            await asyncio.sleep(pause)
        yield due


class OpenLoop:
    """
    Sends at a fixed rate whether or not the server keeps up.

    A request whose turn comes while all connections are busy waits for one; latency counts from
    the moment it was due, so the wait counts as well.
    """

    def __init__(self, connections: list[Connection]) -> None:
        self._idle = deque(connections)
        self._connections = connections
        self._waiting: deque[tuple[float, bytes]] = deque()
        self._due_of: dict[Connection, float] = {}
        self._failure: Exception | None = None
        self._drained = asyncio.Event()
        self.latencies: list[float] = []
        for connection in connections:
            connection.on_answer = self._answered

    @classmethod
    async def open(cls, port: int, connections: int) -> "OpenLoop":
        """Connect."""
        count = min(connections, MOST_CONNECTIONS)
        return cls([await Connection.open(port) for _ in range(count)])

    def close(self) -> None:
        """Hang up."""
        for connection in self._connections:
            connection.on_answer = None
            connection.close()

    async def run(
        self,
        next_request: NextRequest,
        *,
        rate: float,
        count: int,
        note_due: Callable[[float], None] | None = None,
    ) -> None:
        """Send ``count`` requests; return when all were answered."""
        async for due in paced(rate=rate, count=count):
            if self._failure is not None:
                raise self._failure
            if note_due is not None:
                note_due(due)
            self._submit(due, next_request())
        async with asyncio.timeout(_ANSWER_SECONDS):
            while len(self.latencies) < count and self._failure is None:
                self._drained.clear()
                await self._drained.wait()
        if self._failure is not None:
            raise self._failure

    def _submit(self, due: float, request: bytes) -> None:
        if not self._idle:
            self._waiting.append((due, request))
            return
        connection = self._idle.popleft()
        self._due_of[connection] = due
        connection.send(request)

    def _answered(self, connection: Connection) -> None:
        self._drained.set()
        if connection.failure is not None:
            self._failure = connection.failure
            return
        self.latencies.append(perf_counter() - self._due_of.pop(connection))
        self._idle.append(connection)
        if self._waiting:
            self._submit(*self._waiting.popleft())
