"""Exercises: table, mapping, repository."""

from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Index,
    Numeric,
    String,
    Table,
    Text,
    Uuid,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from workout_domain.catalogue.classification import (
    Equipment,
    ExerciseCategory,
    Laterality,
    LoadKind,
    MeasurementType,
    MovementPattern,
)
from workout_domain.catalogue.errors import ExerciseNameTaken, ExerciseNotFound
from workout_domain.catalogue.exercise import LONGEST_NAME, Exercise
from workout_infrastructure.persistence.failures import refuse_as
from workout_infrastructure.persistence.registry import (
    aggregate_columns,
    mapper_registry,
    metadata,
    reference,
    text_enum,
)
from workout_infrastructure.persistence.unit_of_work import CurrentWork

exercises = Table(
    "exercises",
    metadata,
    *aggregate_columns(),
    Column("owner_id", reference("users.id", cascade=True)),
    Column("name", String(LONGEST_NAME), nullable=False),
    Column("description", Text),
    Column("category", text_enum(ExerciseCategory, "category"), nullable=False),
    Column("equipment", text_enum(Equipment, "equipment"), nullable=False),
    Column("primary_muscles", ARRAY(Text), nullable=False),
    Column("secondary_muscles", ARRAY(Text), nullable=False),
    Column("movement_pattern", text_enum(MovementPattern, "movement_pattern")),
    Column("measurement_type", text_enum(MeasurementType, "measurement_type"), nullable=False),
    Column("load_kind", text_enum(LoadKind, "load_kind"), nullable=False),
    Column("laterality", text_enum(Laterality, "laterality"), nullable=False),
    Column("aliases", ARRAY(Text), nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("bodyweight_share", Numeric(4, 3), nullable=False, server_default="1"),
    Column("merged_into_id", Uuid, reference("exercises.id", forget=True)),
    # The shipped entry as last written by the seeder: it writes again only when that changes.
    Column("shipped_digest", Text),
    CheckConstraint("bodyweight_share BETWEEN 0 AND 1", name="bodyweight_share_is_a_share"),
)
Index(
    "ix_exercises_merged_into_id",
    exercises.c.merged_into_id,
    postgresql_where=text("merged_into_id IS NOT NULL"),
)
Index(
    "uq_exercises_owner_id_name",
    exercises.c.owner_id,
    func.lower(exercises.c.name),
    unique=True,
    postgresql_where=text("owner_id IS NOT NULL AND deleted_at IS NULL"),
)
Index(
    "uq_exercises_shipped_name",
    func.lower(exercises.c.name),
    unique=True,
    postgresql_where=text("owner_id IS NULL AND deleted_at IS NULL"),
)

_TAKEN = ExerciseNameTaken("There is an exercise of this name already.")
refuse_as("uq_exercises_owner_id_name", _TAKEN)
refuse_as("uq_exercises_shipped_name", _TAKEN)


def map_exercises() -> None:
    """Map exercises; what the seeder remembers is its own."""
    mapper_registry.map_imperatively(
        Exercise,
        exercises,
        version_id_col=exercises.c.revision,
        version_id_generator=False,
        exclude_properties=["shipped_digest"],
    )


class SqlExerciseRepository:
    """Exercises of the command in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    def add(self, exercise: Exercise) -> None:
        """Add a new exercise."""
        work = self._work()
        work.session.add(exercise)
        work.watch(exercise)

    async def both_of(
        self, user_id: UUID, first_id: UUID, second_id: UUID
    ) -> tuple[Exercise, Exercise | None]:
        """Return two, locked in the order of their ids whichever comes first."""
        work = self._work()
        rows = await work.session.scalars(
            select(Exercise)
            .where(exercises.c.id.in_((first_id, second_id)), _usable_by(user_id))
            .order_by(exercises.c.id)
            .with_for_update()
        )
        found = {exercise.id: exercise for exercise in rows}
        if first_id not in found:
            raise ExerciseNotFound("No such exercise.", exercise_id=first_id)
        for exercise in found.values():
            work.watch(exercise)
        return found[first_id], found.get(second_id)

    async def shipped_or_owned_by(self, user_id: UUID, exercise_id: UUID) -> Exercise:
        """Return a shipped exercise or one of the user's own."""
        work = self._work()
        exercise = await work.session.scalar(
            select(Exercise)
            .where(exercises.c.id == exercise_id, _usable_by(user_id))
            .with_for_update()
        )
        if exercise is None:
            raise ExerciseNotFound("No such exercise.", exercise_id=exercise_id)
        work.watch(exercise)
        return exercise


def _usable_by(user_id: UUID) -> ColumnElement[bool]:
    return or_(exercises.c.owner_id.is_(None), exercises.c.owner_id == user_id)
