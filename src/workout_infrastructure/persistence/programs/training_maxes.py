"""Training maxes: table, mapping, repository, readers."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, Date, Index, String, Table, Uuid
from sqlalchemy.orm import composite

from workout_application.encoding import encode
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.programs.ports import TrainingMaxFilter
from workout_application.programs.views import TrainingMaxView
from workout_domain.coaching.scopes import Scope
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.programs.training_max import (
    LONGEST_NOTE,
    KnownMax,
    TrainingMax,
    TrainingMaxReason,
)
from workout_infrastructure.persistence.coaching.access import athletes_open_to
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.lists import Narrowing, SqlList
from workout_infrastructure.persistence.registry import (
    Weight,
    aggregate_columns,
    finite,
    mapper_registry,
    metadata,
    reference,
    text_enum,
)
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_shared.pages import CursorRequest, CursorSlice

training_maxes = Table(
    "training_maxes",
    metadata,
    *aggregate_columns(),
    Column("athlete_id", Uuid, reference("athletes.id", cascade=True), nullable=False),
    Column("exercise_id", Uuid, reference("exercises.id"), nullable=False),
    Column("value", Weight, nullable=False),
    Column("unit", text_enum(MeasurementUnit, "unit"), nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("reason", text_enum(TrainingMaxReason, "reason"), nullable=False),
    Column("note", String(LONGEST_NOTE)),
    Column("set_by", Uuid, reference("users.id"), nullable=False),
    Column("rule_id", Uuid, reference("progression_rules.id", forget=True)),
    # No reference: entries refer to what came of them, and both would go at once.
    Column("application_id", Uuid),
    finite("value"),
)
Index(
    "ix_training_maxes_athlete_id_exercise_id",
    training_maxes.c.athlete_id,
    training_maxes.c.exercise_id,
    training_maxes.c.effective_from.desc(),
    training_maxes.c.created_at.desc(),
)
Index(
    "ix_training_maxes_athlete_id_created_at",
    training_maxes.c.athlete_id,
    training_maxes.c.created_at.desc(),
    training_maxes.c.id.desc(),
)
Index("ix_training_maxes_exercise_id", training_maxes.c.exercise_id)
Index("ix_training_maxes_set_by", training_maxes.c.set_by)
Index("ix_training_maxes_rule_id", training_maxes.c.rule_id)


def map_training_maxes() -> None:
    """Map training maxes."""
    mapper_registry.map_imperatively(
        TrainingMax,
        training_maxes,
        version_id_col=training_maxes.c.revision,
        version_id_generator=False,
        properties={
            "by": training_maxes.c.set_by,
            "_value": training_maxes.c.value,
            "_unit": training_maxes.c.unit,
            "load": composite(Load, training_maxes.c.value, training_maxes.c.unit),
        },
    )


class SqlTrainingMaxRepository:
    """Training maxes of the command in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    def add(self, training_max: TrainingMax) -> None:
        """Add a new training max."""
        work = self._work()
        work.session.add(training_max)
        work.watch(training_max)


_KNOWN: Final = """
SELECT exercise_id::text, value, unit, effective_from, created_at FROM training_maxes
WHERE athlete_id = $1::uuid AND exercise_id = ANY ($2::uuid[]) AND deleted_at IS NULL
ORDER BY created_at, id
"""


class SqlKnownMaxima:
    """What rules are followed with, on the bare driver."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def of(
        self, athlete_id: UUID, exercise_ids: Collection[UUID]
    ) -> Mapping[UUID, list[KnownMax]]:
        """Return the whole history of each exercise."""
        found: dict[UUID, list[KnownMax]] = {}
        for row in await self._work().fetch(_KNOWN, athlete_id, list(exercise_ids)):
            known = KnownMax(
                value=row["value"],
                unit=MeasurementUnit(row["unit"]),
                effective_from=row["effective_from"],
                recorded_at=row["created_at"],
            )
            found.setdefault(UUID(row["exercise_id"]), []).append(known)
        return found


_COLUMNS: Final = """
m.id, m.athlete_id, m.exercise_id,
(SELECT e.name FROM exercises e WHERE e.id = m.exercise_id) AS exercise_name,
m.value, m.unit, m.effective_from, m.reason, m.note, m.set_by, m.rule_id, m.application_id,
m.created_at
"""
_CONDITIONS: Final = {
    "athlete_id": "m.athlete_id = {0}::uuid",
    "exercise_id": "m.exercise_id = {0}::uuid",
    "id": "m.id = {0}::uuid",
    "own": "m.athlete_id = {0}::uuid",
    "coached": (
        "(m.athlete_id = {0}::uuid OR m.athlete_id IN ("
        + athletes_open_to("{1}::uuid", Scope.VIEW_WORKOUTS)
        + "))"
    ),
}
_CURRENT: Final = f"""
SELECT DISTINCT ON (m.exercise_id) {_COLUMNS}
FROM training_maxes m JOIN athletes a ON a.id = m.athlete_id AND a.deleted_at IS NULL
JOIN users u ON u.id = a.user_id AND u.deleted_at IS NULL
WHERE m.athlete_id = $1::uuid AND ($2::uuid IS NULL OR m.exercise_id = $2::uuid)
AND m.deleted_at IS NULL AND m.effective_from <= ($3::timestamptz AT TIME ZONE u.time_zone)::date
ORDER BY m.exercise_id, m.effective_from DESC, m.created_at DESC, m.id DESC
"""


class SqlTrainingMaxReader:
    """Reads training maxes; who may see one is decided after ``one`` and before ``current``."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool
        self._list = SqlList(
            pool,
            columns=_COLUMNS,
            table="training_maxes",
            alias="m",
            newest_by="created_at",
            sorts={},
            conditions=_CONDITIONS,
            shown=_shown,
        )

    async def run(
        self, where: TrainingMaxFilter, request: CursorRequest, *, visible_to: Actor
    ) -> CursorSlice[bytes]:
        """Return the run after a cursor."""
        narrowing = (*visible("own", "coached", visible_to), *narrowed(where))
        return await self._list.run(narrowing, request)

    async def one(self, training_max_id: UUID) -> tuple[UUID, Document] | None:
        """Return whose it is, and it."""
        row = await self._list.one((("id", (training_max_id,)),), _COLUMNS)
        return None if row is None else (UUID(row["athlete_id"]), Document(_shown(row), 1))

    async def current(
        self, athlete_id: UUID, exercise_id: UUID | None, *, at: datetime
    ) -> list[TrainingMaxView]:
        """Return for each exercise the one in force."""
        rows = await self._pool.fetch(_CURRENT, athlete_id, exercise_id, at)
        return [TrainingMaxView(**row) for row in rows]


def visible(own: str, coached: str, actor: Actor) -> Narrowing:
    """Narrow a list to what its reader may see: their own, and that of athletes they coach."""
    if actor.is_admin:
        return ()
    if actor.trainer_profile_id is None:
        return ((own, (actor.athlete_profile_id,)),)
    return ((coached, (actor.athlete_profile_id, actor.trainer_profile_id)),)


def narrowed(where: Any) -> Narrowing:  # noqa: ANN401 - a filter by athlete and exercise
    """Narrow a list to an athlete, an exercise or both."""
    given = ((name, getattr(where, name)) for name in ("athlete_id", "exercise_id"))
    return tuple((name, (value,)) for name, value in given if value is not None)


def _shown(row: Mapping[str, Any]) -> bytes:
    return encode(TrainingMaxView(**row))
