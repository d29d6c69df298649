"""The catalogue and what athletes say of themselves, read from their tables as training needs."""

from collections.abc import Collection, Mapping
from typing import Any, Final
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.training.ports import ExerciseFacts, SetTypeFacts
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_infrastructure.persistence.coaching.access import coaches_of
from workout_infrastructure.persistence.unit_of_work import CurrentWork

USABLE: Final = f"""
(e.owner_id IS NULL OR e.owner_id = {{user}}::uuid OR e.owner_id IN (
    {coaches_of("{user}::uuid")}))
"""
_USABLE = f"""
SELECT e.id::text, e.name, e.measurement_type, e.load_kind, e.bodyweight_share FROM exercises e
WHERE e.id = ANY ($1::uuid[]) AND e.deleted_at IS NULL AND {USABLE.format(user="$2")}
"""
_SHIPPED = """
SELECT id::text, name, measurement_type, load_kind, bodyweight_share FROM exercises
WHERE id = ANY ($1::uuid[]) AND owner_id IS NULL AND deleted_at IS NULL
"""
_FACTS = """
SELECT id::text, name, measurement_type, load_kind, bodyweight_share
FROM exercises WHERE id = ANY ($1::uuid[])
"""
_SET_TYPE = """
SELECT id::text, code FROM set_types
WHERE deleted_at IS NULL AND (code = $1::text OR id = $2::uuid)
"""
_UNKNOWN_CODES = """
SELECT code FROM unnest($1::text[]) AS named (code)
WHERE NOT EXISTS (
    SELECT 1 FROM set_types t WHERE t.code = named.code AND t.deleted_at IS NULL)
"""
_BODY_WEIGHT = """
SELECT weight, unit FROM athletes
WHERE user_id = $1::uuid AND deleted_at IS NULL AND weight IS NOT NULL
"""


class SqlExerciseShelf:
    """
    The catalogue as training looks at it, inside the command in progress.

    A connection of its own could be had only once an append gives one back, and that may be
    waiting for the very session this command has locked.
    """

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def usable_by(
        self, actor: Actor, exercise_ids: Collection[UUID]
    ) -> Mapping[UUID, ExerciseFacts]:
        """Return those that exist for the caller: shipped, their own, and their trainers'."""
        if not exercise_ids:
            return {}
        return _facts(await self._work().fetch(_USABLE, list(exercise_ids), actor.id))

    async def shipped(self, exercise_ids: Collection[UUID]) -> Mapping[UUID, ExerciseFacts]:
        """Return those that are shipped."""
        if not exercise_ids:
            return {}
        return _facts(await self._work().fetch(_SHIPPED, list(exercise_ids)))

    async def facts(self, exercise_ids: Collection[UUID]) -> Mapping[UUID, ExerciseFacts]:
        """Return facts of exercises already used."""
        return _facts(await self._work().fetch(_FACTS, list(exercise_ids)))


def _facts(rows: list[Any]) -> dict[UUID, ExerciseFacts]:
    return {
        UUID(row["id"]): ExerciseFacts(
            UUID(row["id"]),
            row["name"],
            row["measurement_type"],
            row["load_kind"],
            row["bodyweight_share"],
        )
        for row in rows
    }


class SqlSetTypes:
    """The kinds of sets, inside the command in progress, for the same reason."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def by_code(self, code: str) -> SetTypeFacts | None:
        """Return the set type of this code."""
        return await self._one(code, None)

    async def by_id(self, set_type_id: UUID) -> SetTypeFacts | None:
        """Return the set type of this id."""
        return await self._one(None, set_type_id)

    async def unknown_among(self, codes: Collection[str]) -> Collection[str]:
        """Return those codes that no set type has."""
        if not codes:
            return ()
        rows = await self._work().fetch(_UNKNOWN_CODES, list(codes))
        return {row["code"] for row in rows}

    async def _one(self, code: str | None, set_type_id: UUID | None) -> SetTypeFacts | None:
        row = await self._work().fetchrow(_SET_TYPE, code, set_type_id)
        return None if row is None else SetTypeFacts(UUID(row["id"]), row["code"])


class SqlBodyWeights:
    """What athlete profiles say people weigh, inside the command in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def of(self, user_id: UUID) -> Load | None:
        """Return what the profile says."""
        row = await self._work().fetchrow(_BODY_WEIGHT, user_id)
        return None if row is None else Load(row["weight"], MeasurementUnit(row["unit"]))
