"""Planned workouts: tables, mapping, repository."""

from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Index,
    Integer,
    String,
    Table,
    Text,
    Uuid,
    exists,
    select,
    text,
)
from sqlalchemy.orm import raiseload, relationship, selectinload

from workout_domain.training.errors import WorkoutNotFound
from workout_domain.training.workout import (
    Workout,
    WorkoutExercise,
    WorkoutStatus,
    WorkoutType,
)
from workout_infrastructure.persistence.registry import (
    Instant,
    aggregate_columns,
    collection,
    mapper_registry,
    metadata,
    reference,
    text_enum,
)
from workout_infrastructure.persistence.training.documents import (
    blocks_column,
    prescription_columns,
    prescription_properties,
)
from workout_infrastructure.persistence.training.sessions import workout_sessions
from workout_infrastructure.persistence.unit_of_work import CurrentWork

workouts = Table(
    "workouts",
    metadata,
    *aggregate_columns(),
    Column("name", String(200), nullable=False),
    Column("description", Text),
    Column("trainer_id", Uuid, reference("trainers.id"), nullable=False),
    Column("athlete_id", Uuid, reference("athletes.id")),
    Column("type", text_enum(WorkoutType, "type"), nullable=False),
    Column("status", text_enum(WorkoutStatus, "status"), nullable=False),
    Column("scheduled_date", Instant, nullable=False),
    Column("estimated_duration_minutes", Integer, nullable=False),
    blocks_column(),
)
_LIVE = text("deleted_at IS NULL")
for _owner in ("trainer_id", "athlete_id"):
    Index(
        f"ix_workouts_{_owner}_scheduled",
        workouts.c[_owner],
        workouts.c.scheduled_date.desc(),
        workouts.c.id.desc(),
        postgresql_where=_LIVE,
    )
Index(
    "ix_workouts_scheduled",
    workouts.c.scheduled_date.desc(),
    workouts.c.id.desc(),
    postgresql_where=_LIVE,
)
# By it plans of deleted accounts are found.
Index(
    "ix_workouts_deleted",
    workouts.c.trainer_id,
    postgresql_where=text("deleted_at IS NOT NULL"),
)

workout_exercises = Table(
    "workout_exercises",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("workout_id", Uuid, reference("workouts.id", cascade=True), nullable=False),
    *prescription_columns(),
)
Index(
    "ix_workout_exercises_workout_id",
    workout_exercises.c.workout_id,
    workout_exercises.c.order_index,
)
Index("ix_workout_exercises_exercise_id", workout_exercises.c.exercise_id)


def map_workouts() -> None:
    """Map workouts; their exercises are loaded by name (select-in), never implicitly."""
    mapper_registry.map_imperatively(
        WorkoutExercise,
        workout_exercises,
        properties=prescription_properties(workout_exercises),
    )
    mapper_registry.map_imperatively(
        Workout,
        workouts,
        version_id_col=workouts.c.revision,
        version_id_generator=False,
        properties={
            "_exercises": relationship(WorkoutExercise, lazy="raise", cascade="all, delete-orphan")
        },
    )


class SqlWorkoutRepository:
    """Workouts of the command in progress, always with their exercises (select-in)."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    def add(self, workout: Workout) -> None:
        """Add a new workout."""
        work = self._work()
        work.session.add(workout)
        work.watch(workout)

    async def of_trainer(self, trainer_id: UUID, workout_id: UUID) -> Workout:
        """Return a trainer's own workout."""
        return await self._one(workout_id, workouts.c.trainer_id == trainer_id)

    async def of_athlete(self, athlete_id: UUID, workout_id: UUID) -> Workout:
        """Return a workout given to the athlete, its row locked."""
        return await self._one(workout_id, workouts.c.athlete_id == athlete_id)

    async def has_running_session(self, workout_id: UUID) -> bool:
        """Tell whether a session of the workout is in progress."""
        running = select(
            exists().where(
                workout_sessions.c.workout_id == workout_id,
                workout_sessions.c.status == "in_progress",
                workout_sessions.c.deleted_at.is_(None),
            )
        )
        return bool(await self._work().session.scalar(running))

    async def _one(self, workout_id: UUID, owned: ColumnElement[bool]) -> Workout:
        work = self._work()
        workout: Workout | None = await work.session.scalar(
            select(Workout)
            .where(workouts.c.id == workout_id, owned)
            .options(selectinload(collection(Workout, "_exercises")), raiseload("*"))
            .with_for_update(of=workouts)
        )
        if workout is None:
            raise WorkoutNotFound("No such workout.")
        work.watch(workout)
        return workout
