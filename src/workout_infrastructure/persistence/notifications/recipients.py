"""Whom to tell: coaching's relations and identity's accounts, read for notifications."""

from uuid import UUID

from workout_application.notifications.ports import (
    AwaitedWorkout,
    Pair,
    PlannedWorkout,
    WorkoutProgress,
)
from workout_infrastructure.persistence.coaching.access import PAIR
from workout_infrastructure.persistence.training.progress import PROGRESS, completion_percentage
from workout_infrastructure.persistence.unit_of_work import CurrentWork

_PAIR = f"""
SELECT t.id AS trainer_user_id, t.first_name || ' ' || t.last_name AS trainer_name,
       a.id AS athlete_user_id, a.first_name || ' ' || a.last_name AS athlete_name, p.scopes
FROM ({PAIR}) AS p
JOIN users t ON t.id = p.trainer_user_id AND t.deleted_at IS NULL
JOIN users a ON a.id = p.athlete_user_id AND a.deleted_at IS NULL
"""
_ATHLETE = """
SELECT u.id FROM athletes a JOIN users u ON u.id = a.user_id AND u.deleted_at IS NULL
WHERE a.id = $1::uuid AND a.deleted_at IS NULL
"""
_NAME = """
SELECT first_name || ' ' || last_name AS name FROM users WHERE id = $1::uuid AND deleted_at IS NULL
"""
_WORKOUT = """
SELECT name, scheduled_date FROM workouts
WHERE id = $2::uuid AND athlete_id = $1::uuid AND status = 'assigned' AND deleted_at IS NULL
"""
# Locked before it is read: of two who arrange its reminder, the later one knows the latest date.
_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))"
_AWAITED = """
SELECT a.id, a.user_id, w.scheduled_date FROM workouts w
JOIN athletes a ON a.id = w.athlete_id AND a.deleted_at IS NULL
WHERE w.id = $1::uuid AND w.status = 'assigned' AND w.deleted_at IS NULL
"""


class SqlRecipients:
    """Finds accounts inside the transaction in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def pair(self, trainer_id: UUID, athlete_id: UUID) -> Pair | None:
        """Return the two, or None where no relation of theirs stands."""
        row = await self._work().fetchrow(_PAIR, trainer_id, athlete_id)
        if row is None:
            return None
        return Pair(
            trainer_user_id=UUID(str(row["trainer_user_id"])),
            trainer_name=row["trainer_name"],
            athlete_user_id=UUID(str(row["athlete_user_id"])),
            athlete_name=row["athlete_name"],
            scopes=frozenset(row["scopes"]),
        )

    async def user_of_athlete(self, athlete_id: UUID) -> UUID | None:
        """Return the athlete's account."""
        row = await self._work().fetchrow(_ATHLETE, athlete_id)
        return None if row is None else UUID(str(row["id"]))

    async def name_of(self, user_id: UUID) -> str:
        """Return the full name of an account."""
        row = await self._work().fetchrow(_NAME, user_id)
        return "Somebody" if row is None else str(row["name"])


class SqlPlannedWorkouts:
    """Reads training's workouts for reminders."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def of_athlete(self, athlete_id: UUID, workout_id: UUID) -> PlannedWorkout | None:
        """Return a workout this athlete has still to begin."""
        row = await self._work().fetchrow(_WORKOUT, athlete_id, workout_id)
        if row is None:
            return None
        return PlannedWorkout(name=row["name"], scheduled_date=row["scheduled_date"])

    async def awaited(self, workout_id: UUID) -> AwaitedWorkout | None:
        """Return a workout that somebody has still to begin, as it stands now."""
        await self._work().fetchrow(_ALONE, f"workout_reminder:{workout_id}")
        row = await self._work().fetchrow(_AWAITED, workout_id)
        if row is None:
            return None
        return AwaitedWorkout(
            athlete_id=UUID(str(row["id"])),
            athlete_user_id=UUID(str(row["user_id"])),
            scheduled_date=row["scheduled_date"],
        )


class SqlProgress:
    """Reads training's progress for what trainers are told."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def of_workout(self, workout_id: UUID, athlete_id: UUID) -> WorkoutProgress:
        """Return how far an athlete has come with a workout, as training tells it."""
        row = await self._work().fetchrow(PROGRESS, workout_id, athlete_id)
        return WorkoutProgress(
            completion_percentage=completion_percentage(row),
            completed_exercises=row["done"],
            total_exercises=row["total"],
        )
