"""Workouts for display, on the bare driver: rows go straight to JSON."""

from typing import Final
from uuid import UUID

from workout_application.encoding import encode
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.training.ports import FoundWorkout, WorkoutFilter
from workout_application.training.views import ProgressView
from workout_domain.coaching.scopes import Scope
from workout_infrastructure.persistence.coaching.access import athletes_open_to
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.json_sql import instant
from workout_infrastructure.persistence.lists import Narrowing, SqlList
from workout_infrastructure.persistence.training.progress import PROGRESS, completion_percentage
from workout_infrastructure.persistence.training.rows import shown
from workout_infrastructure.persistence.training.shapes import WORKOUT_COLUMNS
from workout_shared.pages import CursorRequest, CursorSlice, Page, PageRequest

_SORTS: Final = {
    "scheduled_date": "w.scheduled_date ASC, w.id ASC",
    "-scheduled_date": "w.scheduled_date DESC, w.id DESC",
    "name": "lower(w.name) ASC, w.id ASC",
    "-name": "lower(w.name) DESC, w.id DESC",
    "created_at": "w.created_at ASC, w.id ASC",
    "-created_at": "w.created_at DESC, w.id DESC",
}
_CONDITIONS: Final = {
    "id": "w.id = {0}::uuid",
    "type": "w.type = {0}::text",
    "status": "w.status = {0}::text",
    "athlete_id": "w.athlete_id = {0}::uuid",
    "from_date": "w.scheduled_date >= {0}::timestamptz",
    "to_date": "w.scheduled_date <= {0}::timestamptz",
    "search_term": (
        "(strpos(lower(w.name), lower({0}::text)) > 0"
        " OR strpos(lower(coalesce(w.description, '')), lower({0}::text)) > 0)"
    ),
    "trainer": "w.trainer_id = {0}::uuid",
    "athlete": "(w.athlete_id = {0}::uuid AND w.status <> 'draft')",
    "both": "(w.trainer_id = {0}::uuid OR (w.athlete_id = {1}::uuid AND w.status <> 'draft'))",
    "nobody": "false",
}
_FILTERS: Final = ("type", "status", "athlete_id", "from_date", "to_date", "search_term")

_SESSIONS: Final = f"""
SELECT coalesce(json_agg(y ORDER BY y.started_at DESC)::text, '[]') AS sessions_json FROM (
    SELECT s.id, s.status, {instant("s.started_at")} AS started_at,
           {instant("s.completed_at")} AS completed_at, s.duration_minutes
    FROM workout_sessions s
    WHERE s.workout_id = $1::uuid AND s.deleted_at IS NULL
      AND ($4::boolean OR s.user_id = $2::uuid
           OR s.athlete_id IN ({athletes_open_to("$3::uuid", Scope.VIEW_SESSIONS)}))) y
"""


def visible_workouts(actor: Actor) -> Narrowing:
    """
    Return the one condition under which workouts are visible.

    Trainers see their own, athletes those given to them, those who are both the union, admins
    all.
    """
    trainer_id, athlete_id = actor.trainer_profile_id, actor.athlete_profile_id
    if actor.is_admin:
        return ()
    if trainer_id is not None and athlete_id is not None:
        return (("both", (trainer_id, athlete_id)),)
    if trainer_id is not None:
        return (("trainer", (trainer_id,)),)
    if athlete_id is not None:
        return (("athlete", (athlete_id,)),)
    return (("nobody", ()),)


class SqlWorkoutReader:
    """Reads what the caller may see."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool
        self._list = SqlList(
            pool,
            columns=WORKOUT_COLUMNS,
            table="workouts",
            alias="w",
            newest_by="scheduled_date",
            sorts=_SORTS,
            conditions=_CONDITIONS,
            shown=shown,
        )

    async def page(
        self, where: WorkoutFilter, request: PageRequest, *, visible_to: Actor
    ) -> Page[bytes]:
        """Return a numbered page and the total."""
        return await self._list.page(_narrowed(where, visible_to), request)

    async def run(
        self, where: WorkoutFilter, request: CursorRequest, *, visible_to: Actor
    ) -> CursorSlice[bytes]:
        """Return the run after a cursor."""
        return await self._list.run(_narrowed(where, visible_to), request)

    async def detail(self, workout_id: UUID, *, visible_to: Actor) -> FoundWorkout | None:
        """Return one workout with the sessions the caller may see."""
        narrowing = (*visible_workouts(visible_to), ("id", (workout_id,)))
        row = await self._list.one(narrowing, WORKOUT_COLUMNS)
        if row is None:
            return None
        sessions = await self._pool.fetchrow(
            _SESSIONS,
            workout_id,
            visible_to.user_id,
            visible_to.trainer_profile_id,
            visible_to.is_admin,
        )
        athlete_id = row["athlete_id"]
        return FoundWorkout(
            document=Document(shown({**row, **sessions}), row["revision"]),
            was_begun=row["status"] not in {"draft", "assigned"},
            athlete_id=None if athlete_id is None else UUID(athlete_id),
            shows_sessions=sessions["sessions_json"] != "[]",
        )

    async def progress(
        self, workout_id: UUID, athlete_id: UUID, *, visible_to: Actor
    ) -> bytes | None:
        """Work progress out from the latest session of the athlete."""
        narrowing = (*visible_workouts(visible_to), ("id", (workout_id,)))
        if await self._list.one(narrowing, "1") is None:
            return None
        row = await self._pool.fetchrow(PROGRESS, workout_id, athlete_id)
        return encode(
            ProgressView(
                workout_id=workout_id,
                athlete_id=athlete_id,
                completion_percentage=completion_percentage(row),
                total_exercises=row["total"],
                completed_exercises=row["done"],
                last_session_date=row["last_session_date"],
                average_session_duration=row["average"],
            )
        )


def _narrowed(where: WorkoutFilter, actor: Actor) -> Narrowing:
    given = ((name, getattr(where, name)) for name in _FILTERS)
    filters = tuple((name, (value,)) for name, value in given if value is not None)
    return (*visible_workouts(actor), *filters)
