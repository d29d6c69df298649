"""Other contexts as training looks at them: catalogue and coaching, read from their tables."""

from collections.abc import Collection, Mapping
from typing import Any, Final
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.training.ports import ExerciseFacts, SetTypeFacts, Standing
from workout_infrastructure.persistence.database import DriverPool

USABLE: Final = """
(e.owner_id IS NULL OR e.owner_id = {user}::uuid OR e.owner_id IN (
    SELECT t.user_id FROM coaching_relations r
    JOIN trainers t ON t.id = r.trainer_id
    JOIN athletes a ON a.id = r.athlete_id
    WHERE a.user_id = {user}::uuid AND r.status <> 'ended' AND r.deleted_at IS NULL))
"""
_USABLE = f"""
SELECT e.id, e.name, e.measurement_type FROM exercises e
WHERE e.id = ANY ($1::uuid[]) AND e.deleted_at IS NULL AND {USABLE.format(user="$2")}
"""
_FACTS = "SELECT id, name, measurement_type FROM exercises WHERE id = ANY ($1::uuid[])"


class SqlExerciseShelf:
    """The catalogue as training looks at it."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def usable_by(
        self, actor: Actor, exercise_ids: Collection[UUID]
    ) -> Mapping[UUID, ExerciseFacts]:
        """Return those that exist for the caller: shipped, their own, and their trainers'."""
        if not exercise_ids:
            return {}
        return _facts(await self._pool.fetch(_USABLE, list(exercise_ids), actor.id))

    async def facts(self, exercise_ids: Collection[UUID]) -> Mapping[UUID, ExerciseFacts]:
        """Return facts of exercises already used."""
        return _facts(await self._pool.fetch(_FACTS, list(exercise_ids)))


def _facts(rows: list[Any]) -> dict[UUID, ExerciseFacts]:
    return {
        UUID(row["id"]): ExerciseFacts(UUID(row["id"]), row["name"], row["measurement_type"])
        for row in rows
    }


class SqlSetTypes:
    """The kinds of sets."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def by_code(self, code: str) -> SetTypeFacts | None:
        """Return the set type of this code."""
        row = await self._pool.fetchrow(
            "SELECT id, code FROM set_types WHERE code = $1 AND deleted_at IS NULL", code
        )
        return None if row is None else SetTypeFacts(UUID(row["id"]), row["code"])

    async def by_id(self, set_type_id: UUID) -> SetTypeFacts | None:
        """Return the set type of this id."""
        row = await self._pool.fetchrow(
            "SELECT id, code FROM set_types WHERE id = $1 AND deleted_at IS NULL", set_type_id
        )
        return None if row is None else SetTypeFacts(UUID(row["id"]), row["code"])


_STANDING = """
SELECT $3::text = ANY (scopes) AS has_scope FROM coaching_relations
WHERE trainer_id = $1::uuid AND athlete_id = $2::uuid AND status = 'active'
  AND deleted_at IS NULL
"""


class SqlTrainingRoster:
    """Coaching's relations, as training asks about them."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def standing(self, trainer_id: UUID, athlete_id: UUID, scope: str) -> Standing:
        """Tell how the trainer stands to the athlete now."""
        row = await self._pool.fetchrow(_STANDING, trainer_id, athlete_id, scope)
        if row is None:
            return Standing.STRANGER
        return Standing.ALLOWED if row["has_scope"] else Standing.WITHOUT_SCOPE
