"""What clients send about exercises."""

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from workout_application.catalogue.ports import ExerciseFilter
from workout_domain.catalogue.classification import (
    Equipment,
    ExerciseCategory,
    Laterality,
    LoadKind,
    MeasurementType,
    MovementPattern,
    Muscle,
)
from workout_domain.catalogue.exercise import (
    LONGEST_NAME,
    MOST_ALIASES,
    WHOLE_BODY,
    ExerciseDetails,
)
from workout_domain.catalogue.recommending import TrainingGoal
from workout_domain.catalogue.set_type import (
    CODE,
    LONGEST_CODE,
    LONGEST_DESCRIPTION,
    SetTypeDetails,
)
from workout_domain.catalogue.set_type import LONGEST_NAME as LONGEST_SET_TYPE_NAME
from workout_presentation.api.fields import Body, LongText, Number
from workout_shared.pages import (
    DEFAULT_LIMIT,
    DEFAULT_PAGE_SIZE,
    LARGEST_PAGE,
    MAXIMUM_PAGE_SIZE,
    PageRequest,
)

ExerciseName = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_NAME, strip_whitespace=True)
]
Share = Annotated[Decimal, Field(ge=0, le=1, max_digits=4, decimal_places=3), Number]
Muscles = Annotated[list[Muscle], Field(max_length=len(Muscle))]
Sort = Literal[
    "name", "-name", "category", "-category", "equipment", "-equipment", "created_at", "-created_at"
]


class ExerciseBody(Body):
    """A whole exercise; what is left out gets its default."""

    name: ExerciseName = Field(examples=["Paused Bench Press"])
    description: LongText | None = Field(None, examples=["Two seconds on the chest."])
    category: ExerciseCategory = ExerciseCategory.STRENGTH
    equipment: Equipment = Field(Equipment.OTHER, examples=["barbell"])
    primary_muscles: Muscles = Field(default_factory=list, examples=[["chest"]])
    secondary_muscles: Muscles = Field(default_factory=list, examples=[["triceps"]])
    movement_pattern: MovementPattern | None = Field(None, examples=["horizontal_push"])
    measurement_type: MeasurementType = MeasurementType.WEIGHT_REPS
    load_kind: LoadKind = LoadKind.EXTERNAL
    bodyweight_share: Share = Field(
        WHOLE_BODY,
        description="How much of the body is moved, where the load is the body.",
        json_schema_extra={"default": 1},
    )
    laterality: Laterality = Laterality.BILATERAL
    aliases: Annotated[list[ExerciseName], Field(max_length=MOST_ALIASES)] = Field(
        default_factory=list, examples=[["Pause Bench"]]
    )
    is_active: bool = True

    def details(self) -> ExerciseDetails:
        """Read the details out of the body."""
        return ExerciseDetails(
            name=self.name,
            description=self.description,
            category=self.category,
            equipment=self.equipment,
            primary_muscles=tuple(self.primary_muscles),
            secondary_muscles=tuple(self.secondary_muscles),
            movement_pattern=self.movement_pattern,
            measurement_type=self.measurement_type,
            load_kind=self.load_kind,
            bodyweight_share=self.bodyweight_share,
            laterality=self.laterality,
            aliases=tuple(self.aliases),
            is_active=self.is_active,
        )


class ExerciseListQuery(BaseModel):
    """Which exercises are asked for, and which page of them."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    search: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] | None = Field(
        None, description="Part of a name or an alias, in whatever case."
    )
    category: ExerciseCategory | None = None
    equipment: Equipment | None = None
    muscle: Muscle | None = Field(None, description="Worked primarily or secondarily.")
    measurement_type: MeasurementType | None = None
    is_active: bool | None = Field(None, description="`true` leaves archived ones out.")
    page: int = Field(1, ge=1, le=LARGEST_PAGE)
    page_size: int = Field(DEFAULT_PAGE_SIZE, ge=1, le=MAXIMUM_PAGE_SIZE)
    sort: Sort = "name"

    @field_validator("search")
    @classmethod
    def _storable(cls, search: str | None) -> str | None:
        if search is not None and not search.isprintable():
            raise ValueError("must hold printable characters only")
        return search

    def wanted(self) -> ExerciseFilter:
        """Read the filter out of the query."""
        return ExerciseFilter(
            search=self.search or None,
            category=self.category,
            equipment=self.equipment,
            muscle=self.muscle,
            measurement_type=self.measurement_type,
            is_active=self.is_active,
        )

    def page_request(self) -> PageRequest:
        """Read the page out of the query."""
        return PageRequest(page=self.page, page_size=self.page_size, sort=self.sort)


class RecommendedQuery(Body):
    """For what kind of workout exercises are wanted, and for whom."""

    workout_type: TrainingGoal
    athlete_id: UUID | None = Field(None, description="An athlete you coach; you, if left out.")
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MAXIMUM_PAGE_SIZE)


class SubstitutesQuery(Body):
    """What is at hand, and how many suggestions are wanted."""

    equipment: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = Field(
        None,
        description="What is at hand, separated by commas, such as `dumbbell,bodyweight`; "
        "anything, if left out.",
    )
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MAXIMUM_PAGE_SIZE)

    @field_validator("equipment")
    @classmethod
    def _known(cls, equipment: str | None) -> str | None:
        known = set(Equipment)
        unknown = [one for one in (equipment or "").split(",") if one and one not in known]
        if unknown:
            raise ValueError(f"must name equipment of {', '.join(Equipment)}")
        return equipment

    def at_hand(self) -> tuple[Equipment, ...] | None:
        """Read the equipment out of the query; in whatever order, it is one question."""
        if self.equipment is None:
            return None
        named = {one for one in self.equipment.split(",") if one}
        return tuple(one for one in Equipment if one in named)


class MergeBody(Body):
    """What an exercise is to become."""

    into_id: UUID


class MergesQuery(Body):
    """Which page of merges is wanted; the newest come first."""

    page: int = Field(1, ge=1, le=LARGEST_PAGE)
    page_size: int = Field(DEFAULT_PAGE_SIZE, ge=1, le=MAXIMUM_PAGE_SIZE)

    def page_request(self) -> PageRequest:
        """Read the page out of the query."""
        return PageRequest(page=self.page, page_size=self.page_size)


class SetTypeBody(Body):
    """What a type of set says about itself; its code never changes."""

    name: Annotated[
        str,
        StringConstraints(min_length=1, max_length=LONGEST_SET_TYPE_NAME, strip_whitespace=True),
    ] = Field(examples=["Back-off set"])
    description: Annotated[str, StringConstraints(max_length=LONGEST_DESCRIPTION)] | None = Field(
        None, examples=["Lighter, after the heaviest set."]
    )
    is_warm_up: bool = Field(
        False, description="Sets of a warm-up type count in no estimate of strength."
    )

    def details(self) -> SetTypeDetails:
        """Read the details out of the body."""
        return SetTypeDetails(
            name=self.name, description=self.description, is_warm_up=self.is_warm_up
        )


class NewSetTypeBody(SetTypeBody):
    """A new type of set, and the code bodies name it by."""

    code: Annotated[str, StringConstraints(max_length=LONGEST_CODE, pattern=f"^{CODE}$")] = Field(
        examples=["back_off"]
    )
