"""Exercises of an account that is gone."""

from datetime import datetime
from uuid import UUID

from workout_infrastructure.persistence.unit_of_work import CurrentWork

# Somebody else has performed or planned it: what they see must keep its name.
_IS_USED = """
EXISTS (
    SELECT 1 FROM performed_sets p JOIN workout_sessions s ON s.id = p.session_id
    WHERE p.exercise_id = e.id AND s.user_id <> $1::uuid
    AND p.deleted_at IS NULL AND s.deleted_at IS NULL)
OR EXISTS (
    SELECT 1 FROM exercise_logs l JOIN workout_sessions s ON s.id = l.session_id
    WHERE l.exercise_id = e.id AND s.user_id <> $1::uuid AND s.deleted_at IS NULL)
OR EXISTS (
    SELECT 1 FROM exercise_logs l JOIN workout_sessions s ON s.id = l.session_id
    WHERE l.substituted_exercise_id = e.id AND s.user_id <> $1::uuid AND s.deleted_at IS NULL)
OR EXISTS (
    SELECT 1 FROM workout_exercises x JOIN workouts w ON w.id = x.workout_id
    WHERE x.exercise_id = e.id AND w.athlete_id IS NOT NULL AND w.deleted_at IS NULL)
"""
_ARCHIVE = f"""
UPDATE exercises e SET is_active = FALSE, updated_at = $2::timestamptz,
    revision = e.revision + 1,
    deleted_at = CASE WHEN {_IS_USED} THEN NULL ELSE $2::timestamptz END
WHERE e.owner_id = $1::uuid AND e.deleted_at IS NULL
"""
_FORGET_WHO_MERGED = """
UPDATE exercise_merges SET merged_by = NULL WHERE merged_by = $1::uuid
"""


class SqlOwnedExercises:
    """Exercises of one account, inside the reaction in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def archive(self, owner_id: UUID, *, at: datetime) -> None:
        """Delete those that nobody else used, and let no new plan take the others."""
        await self._work().execute(_ARCHIVE, owner_id, at)
        await self._work().execute(_FORGET_WHO_MERGED, owner_id)
