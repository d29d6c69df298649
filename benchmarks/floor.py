"""
The floor: what the same work costs on this stack with nothing between socket and database.

Bare ASGI, asyncpg and msgspec. Tokens are verified once and remembered, as in the product; there
is no routing table, validation, authorization, access line, metric or push.
"""

import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import asyncpg
import msgspec
from uuid_utils.compat import uuid7

from benchmarks.data import issuer
from workout_infrastructure.persistence.training.shapes import WORKOUT_COLUMNS

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]

PAGE: Final = 20
POOL: Final = 8
_SUFFIX: Final = "_json"

_PAGE_SQL: Final = f"""
SELECT {WORKOUT_COLUMNS} FROM workouts w
WHERE w.deleted_at IS NULL AND w.trainer_id = $1::uuid
ORDER BY w.scheduled_date DESC, w.id DESC LIMIT {PAGE + 1}
"""

_SET_SQL: Final = """
WITH head AS (
    UPDATE workout_sessions SET sequence = sequence + 1, revision = revision + 1,
        updated_at = $3::timestamptz, last_activity_at = $3::timestamptz
    WHERE id = $1::uuid AND user_id = $2::uuid AND status = 'in_progress' AND deleted_at IS NULL
    RETURNING sequence
), added AS (
    INSERT INTO performed_sets (
        id, session_id, exercise_id, set_type_id, weight, unit, number_reps, performed_at,
        sequence, client_generated_id, created_at, updated_at)
    SELECT $4::uuid, $1::uuid, $5::uuid, t.id, $6::numeric, $7::text, 1, $3::timestamptz,
        head.sequence, $8::text, $3::timestamptz, $3::timestamptz
    FROM head, set_types t WHERE t.code = $9::text
), rep AS (
    INSERT INTO performed_reps (
        id, set_id, session_id, rep_number, weight, unit, success, created_at)
    SELECT $10::uuid, $4::uuid, $1::uuid, 1, $6::numeric, $7::text, true, $3::timestamptz
    FROM head
), journal AS (
    INSERT INTO session_events (session_id, sequence, event_id, name, occurred_at, payload)
    SELECT $1::uuid, head.sequence, $11::uuid, 'SetLogged', $3::timestamptz, $12::json FROM head
), message AS (
    INSERT INTO outbox_messages (
        id, kind, version, aggregate_id, payload, actor_id, correlation_id, occurred_at)
    SELECT $11::uuid, 'workout.set.logged', 1, $1::uuid, $12::json, $2::uuid, 'floor',
        $3::timestamptz
    FROM head
)
SELECT sequence FROM head
"""


class LoggedSet(msgspec.Struct):
    """The part of the product's body that is stored."""

    exercise_id: UUID
    set_type: str
    weight: Decimal
    unit: str
    client_generated_id: str


_encode = msgspec.json.Encoder(decimal_format="number").encode
_decode = msgspec.json.Decoder(LoggedSet).decode


class Floor:
    """The whole server."""

    def __init__(self) -> None:
        self._tokens = issuer(os.environ["BENCH_SECRET"])
        self._users: dict[bytes, UUID] = {}
        self._sockets: set[Send] = set()
        self._pool: Any = None

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Serve one request, socket or lifespan."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "websocket":
            await self._watch(receive, send)
        elif scope["path"] == "/ping":
            await _answer(send, 200, b"{}")
        elif scope["path"] == "/emit":
            await self._emit(receive, send)
        elif scope["method"] == "GET":
            await self._page(scope, send)
        else:
            await self._log_set(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        self._pool = await asyncpg.create_pool(
            os.environ["BENCH_DATABASE_URL"], min_size=POOL, max_size=POOL
        )
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._pool.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _page(self, scope: dict[str, Any], send: Send) -> None:
        self._user(scope)
        trainer_id = scope["path"].rpartition("/")[2]
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(_PAGE_SQL, trainer_id)
        items = [
            {
                name.removesuffix(_SUFFIX): (
                    msgspec.Raw(value.encode()) if name.endswith(_SUFFIX) else value
                )
                for name, value in row.items()
            }
            for row in rows[:PAGE]
        ]
        await _answer(send, 200, _encode({"data": items, "has_next": len(rows) > PAGE}))

    async def _log_set(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        user, body = self._user(scope), await _body(receive)
        session_id = scope["path"].split("/")[-2]
        new, now = _decode(body), datetime.now(UTC)
        set_id, rep_id, event_id = uuid7(), uuid7(), uuid7()
        shown = _encode(
            {
                "id": set_id,
                "session_id": session_id,
                "exercise_id": new.exercise_id,
                "set_type": new.set_type,
                "weight": new.weight,
                "unit": new.unit,
                "reps": [{"id": rep_id, "rep_number": 1, "weight": new.weight, "success": True}],
                "performed_at": now,
                "client_generated_id": new.client_generated_id,
            }
        )
        async with self._pool.acquire() as connection:
            row = await connection.fetchrow(
                _SET_SQL,
                *(session_id, user, now, set_id, new.exercise_id, new.weight, new.unit),
                *(new.client_generated_id, new.set_type, rep_id, event_id, shown.decode()),
            )
        await _answer(send, 404 if row is None else 201, shown)

    async def _watch(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        self._sockets.add(send)
        while (await receive())["type"] != "websocket.disconnect":
            pass
        self._sockets.discard(send)

    async def _emit(self, receive: Receive, send: Send) -> None:
        message = {"type": "websocket.send", "text": (await _body(receive)).decode()}
        for deliver in tuple(self._sockets):
            await deliver(message)
        await _answer(send, 200, b"{}")

    def _user(self, scope: dict[str, Any]) -> UUID:
        header = next(value for name, value in scope["headers"] if name == b"authorization")
        user = self._users.get(header)
        if user is None:
            user = self._tokens.verify(header.decode().removeprefix("Bearer ")).user_id
            self._users[header] = user
        return user


async def _body(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def _answer(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


app = Floor()
