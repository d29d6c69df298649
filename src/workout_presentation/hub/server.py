"""The hub: Socket.IO in front of the mediator. Refusals are acks; nothing is dropped silently."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final

import socketio
from engineio.exceptions import EngineIOError
from engineio.payload import Payload
from pydantic import BaseModel, ValidationError
from socketio.exceptions import ConnectionRefusedError as ConnectionRefused
from socketio.packet import BINARY_ACK, BINARY_EVENT
from starlette.requests import cookie_parser

from workout_application.encoding import encode
from workout_application.identity.ports import AccessClaims
from workout_application.messaging.actor import Actor
from workout_application.messaging.correlation import correlation_id
from workout_application.messaging.live import user_room
from workout_application.messaging.origin import origin
from workout_domain.identity.errors import InvalidToken
from workout_domain.kernel.errors import DomainError, FieldError, Invalid
from workout_presentation.api.cookies import ACCESS_COOKIE
from workout_presentation.api.door import Doorman
from workout_presentation.api.origins import origin_of
from workout_presentation.api.problems import Problem, problem_of, refusal_ack
from workout_presentation.api.routing import holds_nul
from workout_presentation.hub.clients import Client, Clients
from workout_presentation.hub.observing import HubObserver
from workout_presentation.hub.rooms import (
    Connection,
    Rooms,
    answer_pending_polls,
    event_packet,
    use_direct_websockets,
)
from workout_shared.identifiers import Identifiers

PATH: Final = "/hubs/workout"
# The official client sends 100 sets at once in one polling payload; the default of 16 packets
# would end its session.
MOST_PACKETS: Final = 1000
PING_SECONDS: Final = 25
PING_TIMEOUT_SECONDS: Final = 20

Data = dict[str, Any]
MayConnect = Callable[[str | None, dict[str, Any]], bool]
"""Decides by a page's origin, and what else the handshake says."""
Handle = Callable[[Client, Any], Awaitable[Data | None]]
_NOT_FOR_CLIENTS: Final = frozenset({"connect", "disconnect", "*"})
_BINARY_PACKETS: Final = (str(BINARY_EVENT), str(BINARY_ACK))
SENDING_AWAY_SECONDS: Final = 2.0
_BUG: Final = Problem(500, "internal_error", "Something went wrong on our side.")


@dataclass(frozen=True, slots=True)
class HubEvent:
    """One thing clients may say: its model checks the payload, ``handle`` answers it."""

    name: str
    model: type[BaseModel]
    handle: Handle


class HubJson:
    """How the hub reads and writes JSON: encoded parts are spliced in as they are."""

    @staticmethod
    def dumps(value: Any, **_options: Any) -> str:  # noqa: ANN401 - JSON is untyped
        """Write JSON."""
        return encode(value).decode()

    @staticmethod
    def loads(text: str, **_options: Any) -> Any:  # noqa: ANN401 - JSON is untyped
        """Read JSON; what it may hold is checked with the event's model."""
        return json.loads(text)


class _SocketServer(socketio.AsyncServer):  # type: ignore[misc]  # socketio is untyped
    """Keeps what clients say apart from python-socketio's own ``connect`` and ``disconnect``."""

    def __init__(self, *, on_malformed: Callable[[str], None], **options: Any) -> None:  # noqa: ANN401 - as above
        super().__init__(**options)
        self._on_malformed = on_malformed

    async def _handle_eio_message(self, eio_sid: str, data: str | bytes) -> None:
        # Nothing in the contract is binary, and attachments would pile up unread.
        if isinstance(data, bytes) or data[:1] in _BINARY_PACKETS:
            self._on_malformed(eio_sid)
            return
        # Handlers answer their own failures, so what arrives here is no packet of the protocol.
        try:
            await super()._handle_eio_message(eio_sid, data)
        except EngineIOError:
            raise  # the client has gone
        except Exception:  # noqa: BLE001 - python-socketio raises whatever its parser stumbles on
            self._on_malformed(eio_sid)

    async def _handle_event_internal(
        self,
        server: Any,  # noqa: ANN401 - socketio is untyped
        sid: str,
        eio_sid: str,
        data: list[Any],
        namespace: str,
        id: int | None,  # noqa: A002 - as above
    ) -> None:
        if not isinstance(data[0], str) or data[0] in _NOT_FOR_CLIENTS:
            data = [f"{data[0]} ", *data[1:]]  # a name nobody serves
        await super()._handle_event_internal(server, sid, eio_sid, data, namespace, id)


class Hub:
    """Accepts connections, admits their callers and dispatches what they say."""

    def __init__(
        self,
        *,
        doorman: Doorman,
        rooms: Rooms,
        clients: Clients,
        observer: HubObserver,
        identifiers: Identifiers,
        largest_message_bytes: int,
        may_connect: MayConnect,
    ) -> None:
        self._doorman, self._rooms, self._clients = doorman, rooms, clients
        self._observer, self._identifiers = observer, identifiers
        self._leaving: set[asyncio.Task[None]] = set()
        Payload.max_decode_packets = MOST_PACKETS
        self.socket = _SocketServer(
            on_malformed=self._end_malformed,
            async_mode="asgi",
            # One client's messages are handled in the order they were sent.
            async_handlers=False,
            namespaces=["/"],
            cors_allowed_origins=may_connect,
            cors_credentials=True,
            max_http_buffer_size=largest_message_bytes,
            ping_interval=PING_SECONDS,
            ping_timeout=PING_TIMEOUT_SECONDS,
            json=HubJson,
            logger=False,
            engineio_logger=False,
        )
        use_direct_websockets(self.socket.eio)
        answer_pending_polls(self.socket.eio)
        self.socket.on("connect", self._connect)
        self.socket.on("disconnect", self._disconnect)
        self.socket.on("*", self._unknown)

    def serve(self, event: HubEvent) -> None:
        """Register one event."""

        async def said(sid: str, *arguments: Any) -> Data:  # noqa: ANN401 - JSON is untyped
            return await self._answer(event, sid, arguments)

        self.socket.on(event.name, said)

    def send_away(self, client: Client, code: str, message: str) -> None:
        """
        Tell a client why, and end its connection.

        Nobody waits for that: a client that does not read must not keep others from being
        sent away, so its connection is cut after two seconds.
        """
        self.tell_error(client, code, message)
        self._clients.remove(client.connection.sid)
        self._rooms.leave_all(client.connection)
        self._observer.disconnected()
        self._end_soon(client.connection)

    def tell_error(self, client: Client, code: str, message: str, **facts: Any) -> None:  # noqa: ANN401 - JSON values
        """Send one client an ``Error``."""
        payload = encode({"code": code, "message": message, **facts})
        client.connection.send(event_packet("Error", payload))

    def _refused(self, connection: Connection, problem: Problem) -> ConnectionRefused:
        # The refusal is queued before the task begins; nobody stays connected as a stranger.
        self._end_soon(connection)
        return ConnectionRefused(problem.detail, refusal_ack(problem))

    def _end_malformed(self, engine_sid: str) -> None:
        self._observer.handled("malformed", outcome="malformed_packet", milliseconds=0)
        socket = self.socket.eio.sockets.get(engine_sid)
        if socket is not None:
            sid = self.socket.manager.sid_from_eio_sid(engine_sid, "/")
            self._end_soon(Connection(sid or "", socket))

    def _end_soon(self, connection: Connection) -> None:
        leaving = asyncio.get_running_loop().create_task(self._end(connection))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)

    async def _end(self, connection: Connection) -> None:
        try:
            async with asyncio.timeout(SENDING_AWAY_SECONDS):
                await self.socket.disconnect(connection.sid)
                await connection.close()
        except (TimeoutError, EngineIOError):
            await connection.cut()

    async def _connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:  # noqa: ANN401 - JSON is untyped
        correlation_id.set(str(self._identifiers.new()))
        came_from = origin_of(environ["asgi.scope"])
        origin.set(came_from)
        engine_sid = self.socket.manager.eio_sid_from_sid(sid, "/")
        connection = Connection(sid, self.socket.eio._get_socket(engine_sid))  # noqa: SLF001 - no public way
        try:
            actor, claims = await self._caller(environ, auth)
        except DomainError as error:
            raise self._refused(connection, problem_of(error)) from error
        except Exception as error:
            self._observer.failed("connect", error)
            raise self._refused(connection, _BUG) from error
        client = Client(connection, actor, claims, came_from)
        self._clients.add(client)
        self._rooms.enter(connection, user_room(client.user_id))
        self._observer.connected()

    async def _caller(self, environ: dict[str, Any], auth: Any) -> tuple[Actor, AccessClaims]:  # noqa: ANN401 - JSON is untyped
        csrf_token = auth.get("csrf_token") if isinstance(auth, dict) else None
        if isinstance(csrf_token, str):
            cookies = cookie_parser(environ.get("HTTP_COOKIE", ""))
            return await self._doorman.admit_by_cookie(cookies.get(ACCESS_COOKIE, ""), csrf_token)
        return await self._doorman.admit(_token(environ, auth))

    async def _disconnect(self, sid: str, _reason: str | None = None) -> None:
        client = self._clients.remove(sid)
        if client is not None:
            self._rooms.leave_all(client.connection)
            self._observer.disconnected()

    async def _unknown(self, event: str, _sid: str, *_arguments: Any) -> Data:  # noqa: ANN401 - JSON is untyped
        self._observer.handled("unknown", outcome="unknown_event", milliseconds=0)
        return refusal_ack(Problem(404, "unknown_event", f"There is no event {event[:50]!r}."))

    async def _answer(self, event: HubEvent, sid: str, arguments: tuple[Any, ...]) -> Data:
        correlation_id.set(str(self._identifiers.new()))
        started, outcome = perf_counter(), "ok"
        try:
            client = await self._admitted(sid)
            origin.set(client.origin)
            if not await client.connection.has_read():
                self._rooms.drop(client.connection)
            data = await event.handle(client, _checked(event.model, arguments))
        except DomainError as refusal:
            outcome = refusal.code
            return refusal_ack(problem_of(refusal))
        except Exception as error:  # noqa: BLE001 - the last resort: every bug is answered and logged
            outcome = _BUG.code
            self._observer.failed(event.name, error)
            return refusal_ack(_BUG)
        else:
            return {"success": True} if data is None else {"success": True, "data": data}
        finally:
            elapsed = (perf_counter() - started) * 1000
            self._observer.handled(event.name, outcome=outcome, milliseconds=elapsed)

    async def _admitted(self, sid: str) -> Client:
        client = self._clients.get(sid)
        if client is None:
            raise InvalidToken("The connection was not admitted.")
        client.actor = await self._doorman.readmit(client.claims)
        return client


def _token(environ: dict[str, Any], auth: Any) -> str:  # noqa: ANN401 - JSON is untyped
    token = auth.get("token") if isinstance(auth, dict) else None
    if isinstance(token, str):
        return token.removeprefix("Bearer ").strip()
    scheme, _, value = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() == "bearer" and value:
        return str(value.strip())
    raise InvalidToken('Send the token with the handshake, as auth: {"token": ...}.')


def _checked(model: type[BaseModel], arguments: tuple[Any, ...]) -> BaseModel:
    if len(arguments) != 1 or not isinstance(arguments[0], dict):
        raise Invalid("Send one object.")
    try:
        if holds_nul(arguments[0]):
            raise Invalid("The message holds a NUL character.")
        return model.model_validate(arguments[0])
    except RecursionError:
        raise Invalid("The message is nested too deep.") from None
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)
        raise Invalid("The message is not valid.", [_field(one) for one in found]) from None


def _field(found: Any) -> FieldError:  # noqa: ANN401 - pydantic's error details
    # A field's name is the client's text: half a character in it could not be sent back.
    pointer = "".join(f"/{part}" for part in found["loc"]).encode(errors="replace").decode()
    return FieldError(pointer, found["type"], found["msg"].removeprefix("Value error, "))
