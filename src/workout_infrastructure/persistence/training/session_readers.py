"""Sessions for display, on the bare driver, and their snapshot inside a command."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.training.ports import SessionAccess, SessionFilter
from workout_infrastructure.persistence.cursors import (
    instant_cursor,
    read_instant_cursor,
)
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.training.rows import shown
from workout_infrastructure.persistence.training.shapes import (
    SESSION_COLUMNS,
    SESSION_DETAIL,
)
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_shared.pages import CursorRequest, CursorSlice, Page, PageRequest

_SORTS = {
    "session_date": "s.session_date ASC, s.id ASC",
    "-session_date": "s.session_date DESC, s.id DESC",
    "started_at": "s.started_at ASC, s.id ASC",
    "-started_at": "s.started_at DESC, s.id DESC",
}
SESSION_SORTS = frozenset(_SORTS)

_CONDITIONS = {
    "status": "s.status = ${n}::text",
    "workout_id": "s.workout_id = ${n}::uuid",
    "athlete_id": "s.athlete_id = ${n}::uuid",
    "from_date": "s.session_date >= ${n}::timestamptz",
    "to_date": "s.session_date <= ${n}::timestamptz",
    "cursor": "(s.session_date, s.id) < (${n}::timestamptz, ${m}::uuid)",
    "own": "s.user_id = ${n}::uuid",
    "coached": """(s.user_id = ${n}::uuid OR s.athlete_id IN (
        SELECT r.athlete_id FROM coaching_relations r
        WHERE r.trainer_id = ${m}::uuid AND r.status = 'active' AND r.deleted_at IS NULL
          AND 'view_sessions' = ANY (r.scopes)))""",
}

_ACCESS = """
SELECT user_id, athlete_id, sequence FROM workout_sessions
WHERE id = $1::uuid AND deleted_at IS NULL
"""
_ACTIVE = """
SELECT id FROM workout_sessions
WHERE user_id = $1::uuid AND status = 'in_progress' AND deleted_at IS NULL
"""
_EVENTS = """
SELECT name, payload FROM session_events
WHERE session_id = $1::uuid AND sequence > $2::integer ORDER BY sequence LIMIT $3
"""


class SqlSessionReader:
    """Reads sessions; who may see one is decided before ``detail`` and ``events_after``."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def page(
        self, where: SessionFilter, request: PageRequest, *, visible_to: Actor
    ) -> Page[bytes]:
        """Return a numbered page and the total."""
        names, arguments = _narrowed(where, visible_to)
        order = _SORTS[request.sort or "-session_date"]
        count = await self._pool.fetchrow(_count(names), *arguments)
        rows = await self._pool.fetch(
            _page(names, order), *arguments, request.page_size, request.offset
        )
        return Page(
            items=[shown(row) for row in rows],
            page=request.page,
            page_size=request.page_size,
            total_items=count["total"],
        )

    async def run(
        self, where: SessionFilter, request: CursorRequest, *, visible_to: Actor
    ) -> CursorSlice[bytes]:
        """Return the run after a cursor."""
        names, arguments = _narrowed(where, visible_to)
        if request.cursor:
            names = (*names, "cursor")
            arguments = (*arguments, *read_instant_cursor(request.cursor))
        rows = await self._pool.fetch(_run(names), *arguments, request.limit + 1)
        kept = rows[: request.limit]
        has_next = len(rows) > request.limit
        return CursorSlice(
            items=[shown(row) for row in kept],
            limit=request.limit,
            next_cursor=(
                instant_cursor(kept[-1]["session_date"], kept[-1]["id"]) if has_next else None
            ),
        )

    async def access(self, session_id: UUID) -> SessionAccess | None:
        """Tell whose the session is."""
        row = await self._pool.fetchrow(_ACCESS, session_id)
        if row is None:
            return None
        athlete_id = row["athlete_id"]
        return SessionAccess(
            user_id=UUID(row["user_id"]),
            athlete_id=None if athlete_id is None else UUID(athlete_id),
            sequence=row["sequence"],
        )

    async def detail(self, session_id: UUID) -> tuple[Document, int] | None:
        """Return a session with its sets and its sequence, read in one statement."""
        row = await self._pool.fetchrow(SESSION_DETAIL, session_id)
        if row is None:
            return None
        return Document(shown(row), row["revision"]), row["sequence"]

    async def active_of(self, user_id: UUID) -> Document | None:
        """Return the user's running session."""
        row = await self._pool.fetchrow(_ACTIVE, user_id)
        found = None if row is None else await self.detail(UUID(row["id"]))
        return None if found is None else found[0]

    async def events_after(self, session_id: UUID, sequence: int, most: int) -> list[bytes]:
        """Return events in order, each with its name spliced in as ``event``."""
        rows = await self._pool.fetch(_EVENTS, session_id, min(sequence, 2**31 - 1), most)
        return [
            b'{"event":"' + row["name"].encode() + b'",' + row["payload"].encode()[1:]
            for row in rows
        ]


class SqlSessionSnapshots:
    """Shows a session as the command in progress leaves it."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def of(self, session_id: UUID) -> Document:
        """Flush what the command changed, and read it back in the same transaction."""
        work = self._work()
        await work.session.flush()
        row = await work.fetchrow(SESSION_DETAIL, session_id)
        return Document(shown(row), row["revision"])


def _narrowed(where: SessionFilter, actor: Actor) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    names: tuple[str, ...] = ()
    arguments: tuple[Any, ...] = ()
    if not actor.is_admin:
        if actor.trainer_profile_id is None:
            names, arguments = ("own",), (actor.id,)
        else:
            names, arguments = ("coached",), (actor.id, actor.trainer_profile_id)
    for name in ("status", "workout_id", "athlete_id", "from_date", "to_date"):
        value = getattr(where, name)
        if value is not None:
            names, arguments = (*names, name), (*arguments, value)
    return names, arguments


@lru_cache(maxsize=512)
def _where(names: tuple[str, ...]) -> tuple[str, int]:
    number, conditions = 1, ["s.deleted_at IS NULL"]
    for name in names:
        template = _CONDITIONS[name]
        conditions.append(template.replace("{n}", str(number)).replace("{m}", str(number + 1)))
        number += 2 if "{m}" in template else 1
    return " AND ".join(conditions), number


@lru_cache(maxsize=512)
def _run(names: tuple[str, ...]) -> str:
    where, number = _where(names)
    return f"""SELECT {SESSION_COLUMNS} FROM workout_sessions s WHERE {where}
        ORDER BY s.session_date DESC, s.id DESC LIMIT ${number}"""


@lru_cache(maxsize=512)
def _page(names: tuple[str, ...], order: str) -> str:
    where, number = _where(names)
    return f"""SELECT {SESSION_COLUMNS} FROM workout_sessions s WHERE {where}
        ORDER BY {order} LIMIT ${number} OFFSET ${number + 1}"""


@lru_cache(maxsize=512)
def _count(names: tuple[str, ...]) -> str:
    return f"SELECT count(*) AS total FROM workout_sessions s WHERE {_where(names)[0]}"
