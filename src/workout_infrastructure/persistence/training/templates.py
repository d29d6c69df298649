"""Workout templates: tables, mapping, repository."""

from uuid import UUID

from sqlalchemy import (
    Column,
    Index,
    Integer,
    Select,
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
from sqlalchemy.orm import raiseload, relationship, selectinload

from workout_domain.training.errors import TemplateNameTaken, TemplateNotFound
from workout_domain.training.template import TemplateExercise, WorkoutTemplate
from workout_domain.training.workout import LONGEST_NAME, WorkoutType
from workout_infrastructure.persistence.failures import refuse_as
from workout_infrastructure.persistence.registry import (
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
from workout_infrastructure.persistence.unit_of_work import CurrentWork

workout_templates = Table(
    "workout_templates",
    metadata,
    *aggregate_columns(),
    Column("owner_id", reference("users.id", cascade=True)),
    Column("name", String(LONGEST_NAME), nullable=False),
    Column("description", Text),
    Column("type", text_enum(WorkoutType, "type"), nullable=False),
    Column("estimated_duration_minutes", Integer, nullable=False),
    Column("tags", ARRAY(Text), nullable=False),
    blocks_column(),
    # The shipped entry as last written by the seeder: it writes again only when that changes.
    Column("shipped_digest", Text),
)
Index(
    "uq_workout_templates_owner_id_name",
    workout_templates.c.owner_id,
    func.lower(workout_templates.c.name),
    unique=True,
    postgresql_where=text("owner_id IS NOT NULL AND deleted_at IS NULL"),
)
Index(
    "uq_workout_templates_shipped_name",
    func.lower(workout_templates.c.name),
    unique=True,
    postgresql_where=text("owner_id IS NULL AND deleted_at IS NULL"),
)
Index("ix_workout_templates_owner_id", workout_templates.c.owner_id)

workout_template_exercises = Table(
    "workout_template_exercises",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("template_id", Uuid, reference("workout_templates.id", cascade=True), nullable=False),
    *prescription_columns(),
)
Index(
    "ix_workout_template_exercises_template_id",
    workout_template_exercises.c.template_id,
    workout_template_exercises.c.order_index,
)
Index("ix_workout_template_exercises_exercise_id", workout_template_exercises.c.exercise_id)

_TAKEN = TemplateNameTaken("There is a workout template of this name already.")
refuse_as("uq_workout_templates_owner_id_name", _TAKEN)
refuse_as("uq_workout_templates_shipped_name", _TAKEN)


def map_templates() -> None:
    """Map templates; their exercises are loaded by name (select-in), never implicitly."""
    mapper_registry.map_imperatively(
        TemplateExercise,
        workout_template_exercises,
        properties=prescription_properties(workout_template_exercises),
    )
    mapper_registry.map_imperatively(
        WorkoutTemplate,
        workout_templates,
        version_id_col=workout_templates.c.revision,
        version_id_generator=False,
        exclude_properties=["shipped_digest"],
        properties={
            "_exercises": relationship(TemplateExercise, lazy="raise", cascade="all, delete-orphan")
        },
    )


class SqlTemplateRepository:
    """Templates of the command in progress, always with their exercises (select-in)."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    def add(self, template: WorkoutTemplate) -> None:
        """Add a new template."""
        work = self._work()
        work.session.add(template)
        work.watch(template)

    async def seen_by(self, user_id: UUID, template_id: UUID) -> WorkoutTemplate:
        """Return a template to be copied: nobody waits for it."""
        return await self._one(_visible(user_id, template_id), template_id)

    async def shipped_or_owned_by(self, user_id: UUID, template_id: UUID) -> WorkoutTemplate:
        """Return a template to be changed, its row locked."""
        asked = _visible(user_id, template_id).with_for_update(of=workout_templates)
        return await self._one(asked, template_id)

    async def _one(self, asked: Select[WorkoutTemplate], template_id: UUID) -> WorkoutTemplate:
        work = self._work()
        template = await work.session.scalar(asked)
        if template is None:
            raise TemplateNotFound("No such workout template.", template_id=template_id)
        work.watch(template)
        return template


def _visible(user_id: UUID, template_id: UUID) -> Select[WorkoutTemplate]:
    owner = workout_templates.c.owner_id
    return (
        select(WorkoutTemplate)
        .where(workout_templates.c.id == template_id, or_(owner.is_(None), owner == user_id))
        .options(selectinload(collection(WorkoutTemplate, "_exercises")), raiseload("*"))
    )
