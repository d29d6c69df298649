"""What people who deleted their accounts leave behind in training: hidden at once, then deleted."""

from datetime import datetime
from uuid import UUID

from workout_domain.training.events import WorkoutClosed
from workout_infrastructure.persistence.unit_of_work import CurrentWork

_HIDE_SESSIONS = """
UPDATE workout_sessions SET deleted_at = $2::timestamptz, updated_at = $2::timestamptz,
    settled_at = $2::timestamptz, revision = revision + 1, rest_seconds = NULL, rest_ends_at = NULL,
    status = CASE WHEN status = 'in_progress' THEN 'abandoned' ELSE status END
WHERE user_id = $1::uuid AND deleted_at IS NULL
"""
_CANCEL_GIVEN = """
UPDATE workouts SET status = 'cancelled', updated_at = $2::timestamptz, revision = revision + 1
WHERE athlete_id = $1::uuid AND status IN ('assigned', 'in_progress') AND deleted_at IS NULL
RETURNING id::text, trainer_id::text, athlete_id::text
"""
# Those that athletes were given stay theirs.
_DROP_PLANS = """
UPDATE workouts SET deleted_at = $2::timestamptz, updated_at = $2::timestamptz,
    revision = revision + 1
WHERE trainer_id = $1::uuid AND (athlete_id IS NULL OR status = 'draft') AND deleted_at IS NULL
RETURNING id::text, trainer_id::text, athlete_id::text
"""
_DELETE_TEMPLATES = """
DELETE FROM workout_templates WHERE owner_id = $1::uuid
"""
# Sets, repetitions, logs and live events go with their session.
_PURGE_SESSIONS = """
WITH old AS (
    SELECT s.id FROM workout_sessions s JOIN users u ON u.id = s.user_id
    WHERE u.deleted_at IS NOT NULL AND s.deleted_at IS NOT NULL
    UNION
    SELECT s.id FROM workout_sessions s JOIN users u ON u.id = s.user_id
    WHERE u.deleted_at > $1::timestamptz
    LIMIT $2
), gone AS (DELETE FROM workout_sessions s USING old WHERE s.id = old.id RETURNING 1)
SELECT count(*) FROM gone
"""
_PURGE_PLANS = """
WITH old AS (
    SELECT w.id FROM workouts w JOIN trainers t ON t.id = w.trainer_id
    WHERE t.deleted_at IS NOT NULL AND w.deleted_at IS NOT NULL
    AND (w.athlete_id IS NULL OR w.status = 'draft')
    AND NOT EXISTS (SELECT 1 FROM workout_sessions s WHERE s.workout_id = w.id)
    LIMIT $1
), gone AS (DELETE FROM workouts w USING old WHERE w.id = old.id RETURNING 1)
SELECT count(*) FROM gone
"""


class SqlTrainingOfDeleted:
    """Sessions and workouts of deleted accounts, on the bare driver."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def hide(
        self, user_id: UUID, *, trainer_id: UUID | None, athlete_id: UUID | None, at: datetime
    ) -> None:
        """Hide their sessions, cancel their plans, drop plans for nobody and templates."""
        await self._work().execute(_HIDE_SESSIONS, user_id, at)
        await self._work().execute(_DELETE_TEMPLATES, user_id)
        if athlete_id is not None:
            await self._close(_CANCEL_GIVEN, athlete_id, "cancelled", at)
        if trainer_id is not None:
            await self._close(_DROP_PLANS, trainer_id, "deleted", at)

    async def purge(self, *, since: datetime, limit: int) -> int:
        """Delete a batch of rows."""
        sessions = await self._work().fetchrow(_PURGE_SESSIONS, since, limit)
        plans = await self._work().fetchrow(_PURGE_PLANS, limit)
        return int(sessions["count"]) + int(plans["count"])

    async def _close(self, statement: str, profile_id: UUID, reason: str, at: datetime) -> None:
        work = self._work()
        for row in await work.fetch(statement, profile_id, at):
            athlete_id = row["athlete_id"]
            work.record(
                WorkoutClosed(
                    occurred_at=at,
                    workout_id=UUID(row["id"]),
                    trainer_id=UUID(row["trainer_id"]),
                    athlete_id=None if athlete_id is None else UUID(athlete_id),
                    reason=reason,
                )
            )
