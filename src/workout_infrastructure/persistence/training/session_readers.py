"""Sessions for display, on the bare driver, and their snapshot inside a command."""

from typing import Final
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.training.ports import SessionAccess, SessionFilter
from workout_domain.coaching.scopes import Scope
from workout_infrastructure.persistence.coaching.access import athletes_open_to
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.lists import Narrowing, SqlList
from workout_infrastructure.persistence.training.rows import shown
from workout_infrastructure.persistence.training.shapes import (
    SESSION_COLUMNS,
    SESSION_DETAIL,
)
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_shared.pages import CursorRequest, CursorSlice, Page, PageRequest

_SORTS: Final = {
    "session_date": "s.session_date ASC, s.id ASC",
    "-session_date": "s.session_date DESC, s.id DESC",
    "started_at": "s.started_at ASC, s.id ASC",
    "-started_at": "s.started_at DESC, s.id DESC",
}
_CONDITIONS: Final = {
    "status": "s.status = {0}::text",
    "workout_id": "s.workout_id = {0}::uuid",
    "athlete_id": "s.athlete_id = {0}::uuid",
    "from_date": "s.session_date >= {0}::timestamptz",
    "to_date": "s.session_date <= {0}::timestamptz",
    # The instants let the index of the order be used: no day is as long as two.
    "from_day": "(s.local_date >= {0}::date AND s.session_date >= {0}::date - 2)",
    "to_day": "(s.local_date <= {0}::date AND s.session_date < {0}::date + 3)",
    "own": "s.user_id = {0}::uuid",
    "coached": (
        "(s.user_id = {0}::uuid OR s.athlete_id IN ("
        + athletes_open_to("{1}::uuid", Scope.VIEW_SESSIONS)
        + "))"
    ),
}
_FILTERS: Final = (
    "status",
    "workout_id",
    "athlete_id",
    "from_date",
    "to_date",
    "from_day",
    "to_day",
)

_ACCESS: Final = """
SELECT user_id, athlete_id, sequence FROM workout_sessions
WHERE id = $1::uuid AND deleted_at IS NULL
"""
_ACTIVE: Final = """
SELECT id FROM workout_sessions
WHERE user_id = $1::uuid AND status = 'in_progress' AND deleted_at IS NULL
"""
_EVENTS: Final = """
SELECT name, payload FROM session_events
WHERE session_id = $1::uuid AND sequence > $2::integer ORDER BY sequence LIMIT $3
"""


class SqlSessionReader:
    """Reads sessions; who may see one is decided before ``detail`` and ``events_after``."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool
        self._list = SqlList(
            pool,
            columns=SESSION_COLUMNS,
            table="workout_sessions",
            alias="s",
            newest_by="session_date",
            sorts=_SORTS,
            conditions=_CONDITIONS,
            shown=shown,
        )

    async def page(
        self, where: SessionFilter, request: PageRequest, *, visible_to: Actor
    ) -> Page[bytes]:
        """Return a numbered page and the total."""
        return await self._list.page(_narrowed(where, visible_to), request)

    async def run(
        self, where: SessionFilter, request: CursorRequest, *, visible_to: Actor
    ) -> CursorSlice[bytes]:
        """Return the run after a cursor."""
        return await self._list.run(_narrowed(where, visible_to), request)

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


def _visible(actor: Actor) -> Narrowing:
    if actor.is_admin:
        return ()
    if actor.trainer_profile_id is None:
        return (("own", (actor.id,)),)
    return (("coached", (actor.id, actor.trainer_profile_id)),)


def _narrowed(where: SessionFilter, actor: Actor) -> Narrowing:
    given = ((name, getattr(where, name)) for name in _FILTERS)
    filters = tuple((name, (value,)) for name, value in given if value is not None)
    return (*_visible(actor), *filters)
