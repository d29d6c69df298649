"""
Sending to many sockets at the price of one.

Stock python-socketio encodes once but makes a task per recipient and wakes a writer for each; at
500 watchers that saturates a process. Here the packet is encoded once and written straight to the
transport of every client that keeps up; the rest get it through Engine.IO's own queue.
"""

from typing import Any, Final

import structlog
from engineio.async_drivers.asgi import WebSocket
from engineio.async_socket import AsyncSocket
from engineio.packet import MESSAGE, Packet

from workout_infrastructure.observability.metrics import Metrics

LONGEST_BACKLOG: Final = 512


class DirectWebSocket(WebSocket):  # type: ignore[misc]  # engineio is untyped
    """Engine.IO's WebSocket that leaves word of its ``send`` on the Engine.IO socket."""

    async def __call__(self, environ: dict[str, Any]) -> str:
        """Serve the connection."""
        owner = getattr(self.handler, "__self__", None)
        if owner is not None:
            owner.direct_send = environ["asgi.send"]
        answer: str = await super().__call__(environ)
        return answer


def use_direct_websockets(engine: Any) -> None:  # noqa: ANN401 - engineio is untyped
    """Make an Engine.IO server use ``DirectWebSocket``."""
    engine._async = {**engine._async, "websocket": DirectWebSocket}  # noqa: SLF001 - no public way


class Connection:
    """One connected client: its rooms, and events held back while it joins one."""

    __slots__ = ("engine_sid", "held", "rooms", "sid", "socket")

    def __init__(self, sid: str, engine_sid: str, socket: AsyncSocket) -> None:
        self.sid, self.engine_sid, self.socket = sid, engine_sid, socket
        self.rooms: set[str] = set()
        self.held: dict[str, list[tuple[int | None, str]]] = {}

    def send(self, packet: str) -> bool:
        """
        Send one encoded Engine.IO text packet without waiting.

        Returns False when the client has stopped reading for so long that it must be dropped;
        it loses nothing, since it can resume from the sequence it last saw.
        """
        socket = self.socket
        if socket.closed or socket.closing:
            return True
        direct = getattr(socket, "direct_send", None)
        if direct is not None and socket.upgraded and socket.queue.empty() and _writable(direct):
            return _send_now(direct, packet)
        if socket.queue.qsize() >= LONGEST_BACKLOG:
            return False
        socket.queue.put_nowait(Packet(MESSAGE, packet[1:]))
        return True

    def abort(self) -> None:
        """Cut the transport: a client that does not read cannot be told anything."""
        direct = getattr(self.socket, "direct_send", None)
        transport = getattr(getattr(direct, "__self__", None), "transport", None)
        if transport is not None:
            transport.abort()


class Rooms:
    """Who is in which room of this process, and delivery to them."""

    def __init__(self, metrics: Metrics) -> None:
        self._members: dict[str, set[Connection]] = {}
        self._metrics = metrics

    def members(self, room: str) -> frozenset[Connection]:
        """Return those in the room."""
        return frozenset(self._members.get(room, ()))

    def enter(self, connection: Connection, room: str) -> None:
        """Put a client into a room."""
        connection.rooms.add(room)
        self._members.setdefault(room, set()).add(connection)

    def leave(self, connection: Connection, room: str) -> None:
        """Take a client out of a room."""
        connection.rooms.discard(room)
        connection.held.pop(room, None)
        members = self._members.get(room)
        if members is not None:
            members.discard(connection)
            if not members:
                del self._members[room]

    def leave_all(self, connection: Connection) -> None:
        """Take a client out of all its rooms."""
        for room in tuple(connection.rooms):
            self.leave(connection, room)

    def hold(self, connection: Connection, room: str) -> None:
        """Keep a room's events back until the client has its snapshot."""
        connection.held[room] = []

    def release(self, connection: Connection, room: str, *, after: int) -> None:
        """Send what was held back and is newer than the snapshot."""
        for sequence, packet in connection.held.pop(room, ()):
            if sequence is None or sequence > after:
                self._send(connection, packet)

    def deliver(self, room: str, packet: str, sequence: int | None) -> None:
        """Send one encoded packet to everybody in the room."""
        members = self._members.get(room)
        if not members:
            return
        for connection in tuple(members):
            held = connection.held.get(room) if connection.held else None
            if held is not None:
                held.append((sequence, packet))
            else:
                self._send(connection, packet)
        self._metrics.deliveries.inc(len(members))

    def _send(self, connection: Connection, packet: str) -> None:
        if connection.send(packet):
            return
        self._metrics.dropped.inc()
        structlog.get_logger().warning("dropped a client that stopped reading", sid=connection.sid)
        self.leave_all(connection)
        connection.abort()


def event_packet(name: str, payload: bytes) -> str:
    """Encode a Socket.IO event on the default namespace as an Engine.IO text packet."""
    return f'42["{name}",{payload.decode()}]'


def _writable(direct: Any) -> bool:  # noqa: ANN401 - uvicorn's protocol is not public
    # uvicorn clears this event above the transport's high-water mark. A server without it gives
    # no way to tell, so its clients are served through the queue.
    writable = getattr(getattr(direct, "__self__", None), "writable", None)
    return writable is not None and writable.is_set()


def _send_now(direct: Any, packet: str) -> bool:  # noqa: ANN401 - as above
    # With the transport writable the coroutine finishes without ever suspending, so it is run
    # here instead of in a task of its own.
    sending = direct({"type": "websocket.send", "text": packet, "bytes": None})
    try:
        sending.send(None)
    except StopIteration:
        return True
    except Exception:  # noqa: BLE001 - a vanished client is Engine.IO's to clean up
        return True
    sending.close()
    return False
