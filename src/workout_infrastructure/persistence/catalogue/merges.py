"""Which exercise became which: the table, and its adapter."""

from typing import Final
from uuid import UUID

from sqlalchemy import Column, Index, Integer, Table, Uuid, text

from workout_application.catalogue.ports import Followed, NewMerge
from workout_application.catalogue.views import ExerciseMergeView
from workout_application.encoding import encode
from workout_application.messaging.actor import Actor
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.registry import Instant, metadata, reference
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_shared.pages import Page, PageRequest

exercise_merges = Table(
    "exercise_merges",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("source_id", Uuid, reference("exercises.id", cascade=True), nullable=False),
    Column("into_id", Uuid, reference("exercises.id", cascade=True), nullable=False),
    Column("merged_by", Uuid, reference("users.id", forget=True)),
    Column("merged_at", Instant, nullable=False),
    Column("sessions", Integer, nullable=False, server_default=text("0")),
    Column("sets", Integer, nullable=False, server_default=text("0")),
    Column("workouts", Integer, nullable=False, server_default=text("0")),
    Column("templates", Integer, nullable=False, server_default=text("0")),
    Column("finished_at", Instant),
)
Index("uq_exercise_merges_source_id", exercise_merges.c.source_id, unique=True)
Index("ix_exercise_merges_into_id", exercise_merges.c.into_id, exercise_merges.c.merged_at.desc())
Index("ix_exercise_merges_merged_by", exercise_merges.c.merged_by)
# By it those are found that something may still follow.
Index(
    "ix_exercise_merges_open",
    exercise_merges.c.merged_at,
    postgresql_where=text("finished_at IS NULL"),
)

MERGE_COLUMNS: Final = """
m.id, m.source_id, source.name AS source_name, m.into_id, into_.name AS into_name, m.merged_by,
m.merged_at, m.sessions, m.sets, m.workouts, m.templates, m.finished_at
"""
MERGE_SOURCE: Final = """
exercise_merges m JOIN exercises source ON source.id = m.source_id
JOIN exercises into_ ON into_.id = m.into_id
"""
_KNOWN = f"""
SELECT {MERGE_COLUMNS} FROM {MERGE_SOURCE}
WHERE m.source_id = $1::uuid AND m.into_id = $2::uuid AND m.merged_by = $3::uuid
"""
_OF = f"""
FROM {MERGE_SOURCE} WHERE m.into_id = $1::uuid AND ($2::boolean OR m.merged_by = $3::uuid)
"""
_COUNT_OF = f"SELECT count(*) AS total {_OF}"
_PAGE_OF = f"""
SELECT {MERGE_COLUMNS} {_OF} ORDER BY m.merged_at DESC, m.id DESC LIMIT $4 OFFSET $5
"""
_BEGIN = """
INSERT INTO exercise_merges (id, source_id, into_id, merged_by, merged_at)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::timestamptz)
"""
_FOLLOW = """
UPDATE exercises SET merged_into_id = $2::uuid WHERE merged_into_id = $1::uuid
"""
_COUNT = """
UPDATE exercise_merges SET sessions = sessions + $2::integer, sets = sets + $3::integer,
    workouts = workouts + $4::integer, templates = templates + $5::integer,
    finished_at = coalesce(finished_at, $6::timestamptz)
WHERE id = $1::uuid
"""


class SqlExerciseMerges:
    """Merges, inside the command or reaction in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def known(self, source_id: UUID, into_id: UUID, *, by: UUID) -> ExerciseMergeView | None:
        """Return the merge this account made before."""
        row = await self._work().fetchrow(_KNOWN, source_id, into_id, by)
        return None if row is None else ExerciseMergeView(**row)

    async def begin(self, merge: NewMerge) -> ExerciseMergeView:
        """Note it, in the transaction that merges the two."""
        work = self._work()
        await work.session.flush()
        await work.execute(
            _BEGIN, merge.id, merge.source_id, merge.into_id, merge.merged_by, merge.merged_at
        )
        await work.execute(_FOLLOW, merge.source_id, merge.into_id)
        row = await work.fetchrow(_KNOWN, merge.source_id, merge.into_id, merge.merged_by)
        return ExerciseMergeView(**row)

    async def count(self, merge_id: UUID, followed: Followed) -> None:
        """Add what followed."""
        await self._work().execute(
            _COUNT,
            merge_id,
            followed.sessions,
            followed.sets,
            followed.workouts,
            followed.templates,
            followed.finished_at,
        )


class SqlMergeReader:
    """Reads merges; that the exercise may be seen is checked before."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def into(self, exercise_id: UUID, page: PageRequest, *, visible_to: Actor) -> Page[bytes]:
        """Return a page of ``ExerciseMergeView``, newest first."""
        whose = (exercise_id, visible_to.is_admin, visible_to.user_id)
        async with self._pool.connection() as connection:
            total = await connection.fetchval(_COUNT_OF, *whose)
            rows = await connection.fetch(_PAGE_OF, *whose, page.page_size, page.offset)
        return Page(
            items=[encode(ExerciseMergeView(**row)) for row in rows],
            page=page.page,
            page_size=page.page_size,
            total_items=total,
        )
