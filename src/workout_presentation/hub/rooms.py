"""
Sending to many sockets at the price of one.

Stock python-socketio encodes once but makes a task per recipient and wakes a writer for each; at
500 watchers that saturates a process. Here the packet is encoded once and written straight to the
transport of every client that keeps up; the rest get it through Engine.IO's own queue.
"""

import asyncio
from typing import Any, Final

from engineio.async_drivers.asgi import WebSocket
from engineio.async_socket import AsyncSocket
from engineio.packet import MESSAGE, NOOP, Packet

from workout_presentation.hub.observing import HubObserver

LONGEST_BACKLOG: Final = 512
# A client may send a thousand messages in one polling payload before it reads the first answer.
MOST_UNREAD_BY_POLLING: Final = 2048
MOST_UNREAD: Final = 128
PATIENCE_SECONDS: Final = 5.0
# How long an event waits for its predecessor, and how long nobody waits again after one was lost.
GAP_SECONDS: Final = 0.25
IMPATIENT_SECONDS: Final = 5.0


class DirectWebSocket(WebSocket):  # type: ignore[misc]  # engineio is untyped
    """Engine.IO's WebSocket that lets packets past the queue while nothing stands in it."""

    def __init__(self, handler: Any, server: Any) -> None:  # noqa: ANN401 - engineio is untyped
        super().__init__(handler, server)
        self._is_sending = False

    async def __call__(self, environ: dict[str, Any]) -> str:
        """Serve the connection, known to its Engine.IO socket."""
        owner = getattr(self.handler, "__self__", None)
        if owner is not None:
            owner.direct = self
        answer: str = await super().__call__(environ)
        return answer

    async def send(self, message: str | bytes) -> None:
        """Send a packet from the queue; while this waits, nothing may overtake it."""
        self._is_sending = True
        try:
            await super().send(message)
        finally:
            self._is_sending = False

    def can_send_now(self, queue: Any) -> bool:  # noqa: ANN401 - asyncio's queue
        """
        Tell whether a packet written now keeps its place behind all earlier ones.

        A packet is unfinished from being queued until the writer has taken it up; from then on
        the writer is sending. uvicorn clears ``writable`` above the transport's high-water mark;
        a server without it gives no way to tell, so its clients are served through the queue.
        """
        if self._is_sending or queue._unfinished_tasks:  # noqa: SLF001 - join() would wait
            return False
        writable = getattr(getattr(self.asgi_send, "__self__", None), "writable", None)
        return writable is not None and writable.is_set()

    def send_now(self, packet: str) -> None:
        """Write a packet; with the transport writable this finishes without ever suspending."""
        sending = self.asgi_send({"type": "websocket.send", "text": packet, "bytes": None})
        try:
            sending.send(None)
        except StopIteration:
            return
        except Exception:  # noqa: BLE001 - a vanished client is Engine.IO's to clean up
            return
        sending.close()

    def abort(self) -> None:
        """Cut the transport: a client that does not read cannot be told anything."""
        transport = getattr(getattr(self.asgi_send, "__self__", None), "transport", None)
        if transport is not None:
            transport.abort()


def use_direct_websockets(engine: Any) -> None:  # noqa: ANN401 - engineio is untyped
    """Make an Engine.IO server use ``DirectWebSocket``."""
    engine._async = {**engine._async, "websocket": DirectWebSocket}  # noqa: SLF001 - no public way


def answer_pending_polls(engine: Any) -> None:  # noqa: ANN401 - engineio is untyped
    """
    Answer the pending poll of a client that says goodbye, as the protocol asks.

    Without it the poll hangs until the ping times out, and a client waiting for it hangs too.
    """
    told = engine.handlers["disconnect"]

    async def ended(engine_sid: str, *reason: str) -> None:
        socket = engine.sockets.get(engine_sid)
        if socket is not None and not socket.upgraded:
            socket.queue.put_nowait(Packet(NOOP))
        await told(engine_sid, *reason)

    engine.handlers["disconnect"] = ended


class Connection:
    """
    One connected client: its rooms, and events held back while it joins one.

    By room: ``held`` are events that came while the client joins, ``known`` is the sequence of
    the last event it was sent or its snapshot includes, ``early`` are events that came before
    their predecessors.
    """

    __slots__ = ("early", "held", "is_gone", "known", "rooms", "sid", "socket")

    def __init__(self, sid: str, socket: AsyncSocket) -> None:
        self.sid, self.socket = sid, socket
        self.rooms: set[str] = set()
        self.held: dict[str, list[tuple[int | None, str]]] = {}
        self.known: dict[str, int] = {}
        self.early: dict[str, dict[int, str]] = {}
        self.is_gone = False

    async def has_read(self) -> bool:
        """
        Wait a while for a client that talks faster than it reads; False where it does not read.

        While this waits nothing more is taken from its WebSocket, so that TCP holds it back.
        """
        queue = self.socket.queue
        if not self.socket.upgraded:
            return bool(queue.qsize() < MOST_UNREAD_BY_POLLING)
        if queue.qsize() < MOST_UNREAD:
            return True
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await queue.join()
        except TimeoutError:
            return False
        return True

    def send(self, packet: str) -> bool:
        """
        Send one encoded Engine.IO text packet without waiting.

        Returns False when the client has stopped reading for so long that it must be dropped;
        it loses nothing, since it can resume from the sequence it last saw.
        """
        socket = self.socket
        if socket.closed or socket.closing:
            return True
        direct: DirectWebSocket | None = getattr(socket, "direct", None)
        if direct is not None and socket.upgraded and direct.can_send_now(socket.queue):
            direct.send_now(packet)
            return True
        if socket.queue.qsize() >= LONGEST_BACKLOG:
            return False
        socket.queue.put_nowait(Packet(MESSAGE, packet[1:]))
        return True

    async def close(self) -> None:
        """End the connection once the client has been sent everything queued for it."""
        await self.socket.close(wait=True)
        self.socket.queue.put_nowait(None)

    async def cut(self) -> None:
        """End the connection without waiting for the client, and free what was queued for it."""
        direct: DirectWebSocket | None = getattr(self.socket, "direct", None)
        if direct is not None:
            direct.abort()
        await self.socket.close(wait=False, abort=True)
        while not self.socket.queue.empty():
            self.socket.queue.get_nowait()
            self.socket.queue.task_done()
        self.socket.queue.put_nowait(None)  # whoever waits for more learns that it is over


class Rooms:
    """
    Who is in which room of this process, and delivery to them, in order of sequence.

    Commits are in order, but what follows them is not: the answer to a later commit may be read
    first, and what another process committed comes by way of Redis. So an event that comes early
    waits a moment for those before it; a gap that stays is shown to the client, which resumes.
    """

    def __init__(self, observer: HubObserver) -> None:
        self._members: dict[str, set[Connection]] = {}
        self._observer = observer
        self._cuts: set[asyncio.Task[None]] = set()
        self._gaps: dict[str, asyncio.TimerHandle] = {}
        self._impatient_until: dict[str, float] = {}

    def members(self, room: str) -> frozenset[Connection]:
        """Return those in the room."""
        return frozenset(self._members.get(room, ()))

    def enter(self, connection: Connection, room: str) -> None:
        """Put a client into a room; one that has just gone away stays outside."""
        if connection.is_gone:
            return
        connection.rooms.add(room)
        self._members.setdefault(room, set()).add(connection)

    def leave(self, connection: Connection, room: str) -> None:
        """Take a client out of a room."""
        connection.rooms.discard(room)
        connection.held.pop(room, None)
        connection.known.pop(room, None)
        connection.early.pop(room, None)
        members = self._members.get(room)
        if members is not None:
            members.discard(connection)
            if not members:
                del self._members[room]
                self._impatient_until.pop(room, None)
                gap = self._gaps.pop(room, None)
                if gap is not None:
                    gap.cancel()

    def leave_all(self, connection: Connection) -> None:
        """Take a client out of all its rooms, for good."""
        connection.is_gone = True
        for room in tuple(connection.rooms):
            self.leave(connection, room)

    def hold(self, connection: Connection, room: str) -> None:
        """Keep a room's events back until the client has its snapshot."""
        connection.held[room] = []

    def release(self, connection: Connection, room: str, *, after: int) -> None:
        """Send what was held back and is newer than the snapshot; never send what is older."""
        held = connection.held.pop(room, [])
        if room in connection.rooms:
            connection.known[room] = max(after, connection.known.get(room, 0))
            for sequence, packet in held:
                self._send_in_order(connection, room, sequence, packet)

    def deliver(self, room: str, name: str, payload: bytes, sequence: int | None) -> None:
        """Encode an event once and send it to everybody in the room."""
        members = self._members.get(room)
        if not members:
            return
        packet = event_packet(name, payload)
        for connection in tuple(members):
            held = connection.held.get(room) if connection.held else None
            if held is not None:
                held.append((sequence, packet))
            else:
                self._send_in_order(connection, room, sequence, packet)
        self._observer.delivered(len(members))

    def drop(self, connection: Connection) -> None:
        """Cut off a client that has stopped reading."""
        if connection.is_gone:
            return
        self._observer.dropped(connection.sid)
        self.leave_all(connection)
        cut = asyncio.get_running_loop().create_task(connection.cut())
        self._cuts.add(cut)
        cut.add_done_callback(self._cuts.discard)

    def _send_in_order(
        self, connection: Connection, room: str, sequence: int | None, packet: str
    ) -> None:
        known = connection.known.get(room)
        if sequence is None or known is None:
            self._send(connection, packet)
        elif sequence == known + 1:
            connection.known[room] = sequence
            self._send(connection, packet)
            if connection.early:
                self._send_early(connection, room)
        elif sequence > known:
            connection.early.setdefault(room, {})[sequence] = packet
            self._wait_for_predecessors(room)

    def _send_early(self, connection: Connection, room: str) -> None:
        """Send what was waiting for the event just sent."""
        early = connection.early.get(room)
        while early and (packet := early.pop(connection.known[room] + 1, None)) is not None:
            connection.known[room] += 1
            self._send(connection, packet)
        if not early:
            connection.early.pop(room, None)

    def _wait_for_predecessors(self, room: str) -> None:
        if room in self._gaps:
            return
        loop = asyncio.get_running_loop()
        is_impatient = loop.time() < self._impatient_until.get(room, 0)
        self._gaps[room] = loop.call_later(0 if is_impatient else GAP_SECONDS, self._give_up, room)

    def _give_up(self, room: str) -> None:
        """Send what still waits: its predecessors are lost to this process."""
        del self._gaps[room]
        has_lost = False
        for connection in self.members(room):
            for sequence, packet in sorted(connection.early.pop(room, {}).items()):
                has_lost = True
                connection.known[room] = sequence
                self._send(connection, packet)
        if has_lost:
            now = asyncio.get_running_loop().time()
            self._impatient_until[room] = now + IMPATIENT_SECONDS

    def _send(self, connection: Connection, packet: str) -> None:
        if connection.send(packet):
            return
        self.drop(connection)


def event_packet(name: str, payload: bytes) -> str:
    """Encode a Socket.IO event on the default namespace as an Engine.IO text packet."""
    return f'42["{name}",{payload.decode()}]'
