"""
Sessions, workouts and templates of exercises that became others, moved batch by batch.

Rows that were deleted move as well: nothing may be left that points at the exercise which is no
more. Whatever is locked by somebody else is left for the next batch.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from workout_application.training.merging import Moved, OpenMerge
from workout_infrastructure.persistence.unit_of_work import CurrentWork

_OPEN = """
SELECT m.id, m.source_id, e.merged_into_id AS into_id, m.merged_at
FROM exercise_merges m JOIN exercises e ON e.id = m.source_id
WHERE m.finished_at IS NULL AND e.merged_into_id IS NOT NULL
"""
_OPEN_MERGE = f"{_OPEN} AND m.id = $1::uuid"
_OPEN_MERGES = f"{_OPEN} ORDER BY m.merged_at, m.id LIMIT $1"

# A running session keeps the exercise its athlete knows until it has ended.
_IS_RUNNING = "s.status = 'in_progress' AND s.deleted_at IS NULL"
_NOT_OF_A_RUNNING = f"""
NOT EXISTS (SELECT 1 FROM workout_sessions s WHERE s.id = session_id AND {_IS_RUNNING})
"""
# Limited before they are told apart, so that a batch costs the same however much is left.
_PICK_SESSIONS = f"""
SELECT s.id FROM workout_sessions s
WHERE NOT ({_IS_RUNNING}) AND s.id IN (
    SELECT session_id FROM (
        (SELECT session_id FROM performed_sets WHERE exercise_id = $1::uuid
         AND {_NOT_OF_A_RUNNING} LIMIT 10 * $2::integer)
        UNION
        (SELECT session_id FROM exercise_logs WHERE exercise_id = $1::uuid
         AND {_NOT_OF_A_RUNNING} LIMIT $2::integer)
        UNION
        (SELECT session_id FROM exercise_logs WHERE substituted_exercise_id = $1::uuid
         AND {_NOT_OF_A_RUNNING} LIMIT 10 * $2::integer)) AS found LIMIT $2::integer)
FOR UPDATE OF s SKIP LOCKED
"""
# Sets planned beyond those of the other exercise come after them, and are numbered so. A number
# may be higher than the count: what was left of a log when another exercise took the rest.
_LAST_KEPT = """
greatest(coalesce(kept.planned_sets, 0), coalesce((
    SELECT max((o.target->>'number')::integer) FROM jsonb_array_elements(kept.targets) o (target)
), 0))
"""
_MOVE_SETS = f"""
WITH moved AS (
    UPDATE performed_sets p SET exercise_id = $2::uuid,
        target_number = p.target_number + {_LAST_KEPT},
        target = CASE WHEN p.target ? 'number' THEN jsonb_set(p.target, '{{number}}', to_jsonb(
            (p.target->>'number')::integer + {_LAST_KEPT})) ELSE p.target END
    FROM unnest($3::uuid[]) AS s (id)
    LEFT JOIN exercise_logs kept ON kept.session_id = s.id AND kept.exercise_id = $2::uuid
    WHERE p.session_id = s.id AND p.exercise_id = $1::uuid RETURNING 1)
SELECT count(*) AS sets FROM moved
"""
# An exercise is done when all its planned sets are, as in the domain's ``completes``.
_COMBINE_LOGS = f"""
UPDATE exercise_logs kept SET
    planned_sets = CASE WHEN coalesce(kept.planned_sets, gone.planned_sets) IS NOT NULL
        THEN coalesce(kept.planned_sets, 0) + coalesce(gone.planned_sets, 0) END,
    completed_sets = kept.completed_sets + gone.completed_sets,
    is_completed = coalesce(kept.planned_sets, gone.planned_sets) IS NOT NULL
        AND kept.completed_sets + gone.completed_sets
            >= coalesce(kept.planned_sets, 0) + coalesce(gone.planned_sets, 0),
    order_index = least(kept.order_index, gone.order_index),
    targets = CASE WHEN coalesce(kept.targets, gone.targets) IS NOT NULL
        THEN coalesce(kept.targets, '[]'::jsonb) || coalesce((
            SELECT jsonb_agg(jsonb_set(t.target, '{{number}}', to_jsonb(
                {_LAST_KEPT} + (t.target->>'number')::integer)) ORDER BY t.place)
            FROM jsonb_array_elements(gone.targets) WITH ORDINALITY AS t (target, place)),
            '[]'::jsonb) END,
    substituted_exercise_id = CASE WHEN kept.planned_sets IS NULL
        THEN gone.substituted_exercise_id ELSE kept.substituted_exercise_id END
FROM exercise_logs gone
WHERE kept.session_id = ANY ($3::uuid[]) AND kept.exercise_id = $2::uuid
AND gone.session_id = kept.session_id AND gone.exercise_id = $1::uuid
"""
_DROP_COMBINED_LOGS = """
DELETE FROM exercise_logs gone USING exercise_logs kept
WHERE gone.session_id = ANY ($3::uuid[]) AND gone.exercise_id = $1::uuid
AND kept.session_id = gone.session_id AND kept.exercise_id = $2::uuid
"""
_MOVE_LOGS = """
UPDATE exercise_logs SET exercise_id = $2::uuid
WHERE session_id = ANY ($3::uuid[]) AND exercise_id = $1::uuid
"""
# An exercise stands in for no other once both are the same.
_MOVE_SUBSTITUTED = """
UPDATE exercise_logs SET substituted_exercise_id = nullif($2::uuid, exercise_id)
WHERE session_id = ANY ($3::uuid[]) AND substituted_exercise_id IN ($1::uuid, $2::uuid)
"""
# By this reports find that they have to look again.
_SETTLE_SESSIONS = """
UPDATE workout_sessions SET revision = revision + 1, updated_at = $2::timestamptz,
    settled_at = $2::timestamptz
WHERE id = ANY ($1::uuid[]) RETURNING user_id, trainer_id
"""
_PICK_WORKOUTS = """
SELECT w.id FROM workouts w WHERE w.id IN (
    SELECT workout_id FROM (
        SELECT workout_id FROM workout_exercises WHERE exercise_id = $1::uuid
        LIMIT 10 * $2::integer) AS found LIMIT $2::integer)
FOR UPDATE SKIP LOCKED
"""
_MOVE_PRESCRIPTIONS = """
UPDATE workout_exercises SET exercise_id = $2::uuid
WHERE workout_id = ANY ($3::uuid[]) AND exercise_id = $1::uuid
"""
_TOUCH_WORKOUTS = """
UPDATE workouts SET revision = revision + 1, updated_at = $2::timestamptz
WHERE id = ANY ($1::uuid[])
"""
_PICK_TEMPLATES = """
SELECT t.id FROM workout_templates t WHERE t.id IN (
    SELECT template_id FROM (
        SELECT template_id FROM workout_template_exercises WHERE exercise_id = $1::uuid
        LIMIT 10 * $2::integer) AS found LIMIT $2::integer)
FOR UPDATE SKIP LOCKED
"""
_MOVE_TEMPLATES = """
UPDATE workout_template_exercises SET exercise_id = $2::uuid
WHERE template_id = ANY ($3::uuid[]) AND exercise_id = $1::uuid
"""
_TOUCH_TEMPLATES = """
UPDATE workout_templates SET revision = revision + 1, updated_at = $2::timestamptz
WHERE id = ANY ($1::uuid[])
"""
_IS_LEFT = """
SELECT EXISTS (SELECT 1 FROM performed_sets WHERE exercise_id = $1::uuid)
OR EXISTS (SELECT 1 FROM exercise_logs WHERE exercise_id = $1::uuid)
OR EXISTS (SELECT 1 FROM exercise_logs WHERE substituted_exercise_id = $1::uuid)
OR EXISTS (SELECT 1 FROM workout_exercises WHERE exercise_id = $1::uuid)
OR EXISTS (SELECT 1 FROM workout_template_exercises WHERE exercise_id = $1::uuid) AS is_left
"""
_OF_WORKOUTS: Final = (_PICK_WORKOUTS, _MOVE_PRESCRIPTIONS, _TOUCH_WORKOUTS)
_OF_TEMPLATES: Final = (_PICK_TEMPLATES, _MOVE_TEMPLATES, _TOUCH_TEMPLATES)


class SqlMergedTraining:
    """Moves rows, inside the command or reaction in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def open_merge(self, merge_id: UUID) -> OpenMerge | None:
        """Return a merge that is not finished."""
        row = await self._work().fetchrow(_OPEN_MERGE, merge_id)
        return None if row is None else _merge(row)

    async def open_merges(self, most: int) -> list[OpenMerge]:
        """Return the oldest that are not finished."""
        return [_merge(row) for row in await self._work().fetch(_OPEN_MERGES, most)]

    async def move(self, merge: OpenMerge, *, most: int, at: datetime) -> Moved:
        """Move a batch of sessions, one of workouts and one of templates."""
        moved = await self._move_sessions(merge, most, at)
        return replace(
            moved,
            workouts=await self._move_plans(_OF_WORKOUTS, merge, most, at),
            templates=await self._move_plans(_OF_TEMPLATES, merge, most, at),
        )

    async def is_left(self, merge: OpenMerge) -> bool:
        """Tell whether any row still refers to the source."""
        row = await self._work().fetchrow(_IS_LEFT, merge.source_id)
        return bool(row["is_left"])

    async def _move_sessions(self, merge: OpenMerge, most: int, at: datetime) -> Moved:
        work = self._work()
        ids = _ids(await work.fetch(_PICK_SESSIONS, merge.source_id, most))
        if not ids:
            return Moved()
        of = (merge.source_id, merge.into_id, ids)
        row = await work.fetchrow(_MOVE_SETS, *of)
        for statement in (_COMBINE_LOGS, _DROP_COMBINED_LOGS, _MOVE_LOGS, _MOVE_SUBSTITUTED):
            await work.execute(statement, *of)
        people = await work.fetch(_SETTLE_SESSIONS, ids, at)
        return Moved(
            sessions=len(ids),
            sets=row["sets"],
            user_ids=somebody(people, "user_id"),
            trainer_ids=somebody(people, "trainer_id"),
        )

    async def _move_plans(
        self, how: tuple[str, str, str], merge: OpenMerge, most: int, at: datetime
    ) -> int:
        work, (pick, move, touch) = self._work(), how
        ids = _ids(await work.fetch(pick, merge.source_id, most))
        if ids:
            await work.execute(move, merge.source_id, merge.into_id, ids)
            await work.execute(touch, ids, at)
        return len(ids)


def somebody(rows: list[Any], column: str) -> tuple[UUID, ...]:
    """Return who stands in a column of rows, each once, in the order of their ids."""
    return tuple(sorted({UUID(str(row[column])) for row in rows if row[column] is not None}))


def _ids(rows: list[Any]) -> list[UUID]:
    return [UUID(str(row["id"])) for row in rows]


def _merge(row: Any) -> OpenMerge:  # noqa: ANN401 - asyncpg's record
    return OpenMerge(
        id=UUID(str(row["id"])),
        source_id=UUID(str(row["source_id"])),
        into_id=UUID(str(row["into_id"])),
        merged_at=row["merged_at"],
    )
