"""Answers about the catalogue, as clients see them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from workout_domain.catalogue.classification import (
    Equipment,
    ExerciseCategory,
    Laterality,
    LoadKind,
    MeasurementType,
    MovementPattern,
    Muscle,
)
from workout_domain.catalogue.exercise import Exercise
from workout_domain.catalogue.recommending import RecommendationReason
from workout_domain.catalogue.set_type import SetType
from workout_domain.catalogue.substituting import SubstitutionReason


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseView:
    """An exercise; ``owner_id`` is null for those shipped with the product."""

    id: UUID
    name: str
    description: str | None
    category: ExerciseCategory
    equipment: Equipment
    primary_muscles: list[Muscle]
    secondary_muscles: list[Muscle]
    movement_pattern: MovementPattern | None
    measurement_type: MeasurementType
    load_kind: LoadKind
    bodyweight_share: Decimal
    laterality: Laterality
    aliases: list[str]
    is_active: bool
    owner_id: UUID | None
    created_at: datetime
    updated_at: datetime
    revision: int

    @classmethod
    def of(cls, exercise: Exercise) -> "ExerciseView":
        """Show an exercise."""
        return cls(
            id=exercise.id,
            name=exercise.name,
            description=exercise.description,
            category=exercise.category,
            equipment=exercise.equipment,
            primary_muscles=[Muscle(name) for name in exercise.primary_muscles],
            secondary_muscles=[Muscle(name) for name in exercise.secondary_muscles],
            movement_pattern=exercise.movement_pattern,
            measurement_type=exercise.measurement_type,
            load_kind=exercise.load_kind,
            bodyweight_share=exercise.bodyweight_share,
            laterality=exercise.laterality,
            aliases=exercise.aliases,
            is_active=exercise.is_active,
            owner_id=exercise.owner_id,
            created_at=exercise.created_at,
            updated_at=exercise.updated_at,
            revision=exercise.revision,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendedExerciseView(ExerciseView):
    """An exercise that suits a workout; ``sessions`` counts those of the last 180 days."""

    score: Decimal
    reasons: list[RecommendationReason]
    sessions: int
    last_performed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstituteView(ExerciseView):
    """An exercise that can stand in for another; ``score`` says how alike they are, 0 to 1."""

    score: Decimal
    reasons: list[SubstitutionReason]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseMergeView:
    """
    One exercise that became another, and how much has followed so far.

    ``finished_at`` is null while something may still follow: sessions do so once they have ended.
    """

    id: UUID
    source_id: UUID
    source_name: str
    into_id: UUID
    into_name: str
    merged_by: UUID | None
    merged_at: datetime
    sessions: int
    sets: int
    workouts: int
    templates: int
    finished_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTypeView:
    """A type of set; ``code`` is what bodies name it by."""

    id: UUID
    name: str
    code: str
    description: str | None
    is_warm_up: bool
    revision: int

    @classmethod
    def of(cls, set_type: SetType) -> "SetTypeView":
        """Show a type of set."""
        return cls(
            id=set_type.id,
            name=set_type.name,
            code=set_type.code,
            description=set_type.description,
            is_warm_up=set_type.is_warm_up,
            revision=set_type.revision,
        )
