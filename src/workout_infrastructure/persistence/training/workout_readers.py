"""Workouts for display, on the bare driver: rows go straight to JSON."""

from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from workout_application.encoding import encode
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.training.ports import WorkoutFilter
from workout_application.training.views import ProgressView
from workout_infrastructure.persistence.cursors import (
    instant_cursor,
    read_instant_cursor,
)
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.training.rows import shown
from workout_infrastructure.persistence.training.shapes import (
    WORKOUT_COLUMNS,
    WORKOUT_SESSIONS,
)
from workout_shared.pages import CursorRequest, CursorSlice, Page, PageRequest

_SORTS = {
    "scheduled_date": "w.scheduled_date ASC, w.id ASC",
    "-scheduled_date": "w.scheduled_date DESC, w.id DESC",
    "name": "lower(w.name) ASC, w.id ASC",
    "-name": "lower(w.name) DESC, w.id DESC",
    "created_at": "w.created_at ASC, w.id ASC",
    "-created_at": "w.created_at DESC, w.id DESC",
}
WORKOUT_SORTS = frozenset(_SORTS)

_CONDITIONS = {
    "type": "w.type = ${n}::text",
    "status": "w.status = ${n}::text",
    "athlete_id": "w.athlete_id = ${n}::uuid",
    "from_date": "w.scheduled_date >= ${n}::timestamptz",
    "to_date": "w.scheduled_date <= ${n}::timestamptz",
    "search_term": (
        "(strpos(lower(w.name), lower(${n}::text)) > 0"
        " OR strpos(lower(coalesce(w.description, '')), lower(${n}::text)) > 0)"
    ),
    "cursor": "(w.scheduled_date, w.id) < (${n}::timestamptz, ${m}::uuid)",
    "trainer": "w.trainer_id = ${n}::uuid",
    "athlete": "(w.athlete_id = ${n}::uuid AND w.status <> 'draft')",
    "both": "(w.trainer_id = ${n}::uuid OR (w.athlete_id = ${m}::uuid AND w.status <> 'draft'))",
    "nobody": "false",
}


def visible_workouts(actor: Actor) -> tuple[str | None, tuple[UUID, ...]]:
    """
    Return the one condition under which workouts are visible, and its arguments.

    Trainers see their own, athletes those given to them, those who are both the union, admins
    all (None).
    """
    trainer_id, athlete_id = actor.trainer_profile_id, actor.athlete_profile_id
    if actor.is_admin:
        return None, ()
    if trainer_id is not None and athlete_id is not None:
        return "both", (trainer_id, athlete_id)
    if trainer_id is not None:
        return "trainer", (trainer_id,)
    if athlete_id is not None:
        return "athlete", (athlete_id,)
    return "nobody", ()


class SqlWorkoutReader:
    """Reads what the caller may see."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def page(
        self, where: WorkoutFilter, request: PageRequest, *, visible_to: Actor
    ) -> Page[bytes]:
        """Return a numbered page and the total."""
        names, arguments = _narrowed(where, visible_to)
        order = _SORTS[request.sort or "-scheduled_date"]
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
        self, where: WorkoutFilter, request: CursorRequest, *, visible_to: Actor
    ) -> CursorSlice[bytes]:
        """Return the run after a cursor; the cost does not grow with the list."""
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
                instant_cursor(kept[-1]["scheduled_date"], kept[-1]["id"]) if has_next else None
            ),
        )

    async def detail(self, workout_id: UUID, *, visible_to: Actor) -> Document | None:
        """Return one workout with its sessions."""
        name, arguments = visible_workouts(visible_to)
        row = await self._pool.fetchrow(_detail(name), *arguments, workout_id)
        return None if row is None else Document(shown(row), row["revision"])

    async def progress(
        self, workout_id: UUID, athlete_id: UUID, *, visible_to: Actor
    ) -> bytes | None:
        """Work progress out from the latest session of the athlete."""
        name, arguments = visible_workouts(visible_to)
        visible = await self._pool.fetchrow(_exists(name), *arguments, workout_id)
        if visible is None:
            return None
        row = await self._pool.fetchrow(_PROGRESS, workout_id, athlete_id)
        total, done = row["total"], row["done"]
        percentage = Decimal(done * 100) / total if total else Decimal(0)
        return encode(
            ProgressView(
                workout_id=workout_id,
                athlete_id=athlete_id,
                completion_percentage=round(percentage, 2).normalize() + 0,
                total_exercises=total,
                completed_exercises=done,
                last_session_date=row["last_session_date"],
                average_session_duration=row["average"],
            )
        )


_PROGRESS = """
WITH own AS (
    SELECT id, session_date, started_at, duration_minutes FROM workout_sessions
    WHERE workout_id = $1::uuid AND athlete_id = $2::uuid AND deleted_at IS NULL
), latest AS (SELECT id, session_date FROM own ORDER BY started_at DESC, id DESC LIMIT 1)
SELECT (SELECT count(*) FROM exercise_logs l JOIN latest ON l.session_id = latest.id
        WHERE l.planned_sets IS NOT NULL) AS total,
       (SELECT count(*) FROM exercise_logs l JOIN latest ON l.session_id = latest.id
        WHERE l.planned_sets IS NOT NULL AND l.is_completed) AS done,
       (SELECT session_date FROM latest) AS last_session_date,
       (SELECT coalesce(round(avg(coalesce(duration_minutes, 0)), 2), 0) FROM own) AS average
"""


def _narrowed(where: WorkoutFilter, actor: Actor) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    visible, arguments = visible_workouts(actor)
    names = () if visible is None else (visible,)
    for name in ("type", "status", "athlete_id", "from_date", "to_date", "search_term"):
        value = getattr(where, name)
        if value is not None:
            names, arguments = (*names, name), (*arguments, value)
    return names, arguments


@lru_cache(maxsize=512)
def _where(names: tuple[str, ...]) -> tuple[str, int]:
    number, conditions = 1, ["w.deleted_at IS NULL"]
    for name in names:
        template = _CONDITIONS[name]
        conditions.append(template.replace("{n}", str(number)).replace("{m}", str(number + 1)))
        number += 2 if "{m}" in template else 1
    return " AND ".join(conditions), number


@lru_cache(maxsize=512)
def _run(names: tuple[str, ...]) -> str:
    where, number = _where(names)
    return f"""SELECT {WORKOUT_COLUMNS} FROM workouts w WHERE {where}
        ORDER BY w.scheduled_date DESC, w.id DESC LIMIT ${number}"""


@lru_cache(maxsize=512)
def _page(names: tuple[str, ...], order: str) -> str:
    where, number = _where(names)
    return f"""SELECT {WORKOUT_COLUMNS} FROM workouts w WHERE {where}
        ORDER BY {order} LIMIT ${number} OFFSET ${number + 1}"""


@lru_cache(maxsize=512)
def _count(names: tuple[str, ...]) -> str:
    return f"SELECT count(*) AS total FROM workouts w WHERE {_where(names)[0]}"


@lru_cache(maxsize=8)
def _detail(visible: str | None) -> str:
    where, number = _where(() if visible is None else (visible,))
    return f"""SELECT {WORKOUT_COLUMNS}, {WORKOUT_SESSIONS} FROM workouts w
        WHERE {where} AND w.id = ${number}::uuid"""


@lru_cache(maxsize=8)
def _exists(visible: str | None) -> str:
    where, number = _where(() if visible is None else (visible,))
    return f"SELECT 1 FROM workouts w WHERE {where} AND w.id = ${number}::uuid"
