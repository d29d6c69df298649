"""What clients send about workout templates."""

from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from workout_application.messaging.actor import Actor
from workout_application.training.commands.create_template import CreateTemplate
from workout_application.training.commands.update_template import UpdateTemplate
from workout_application.training.ports import TemplateFilter
from workout_domain.training.template import LONGEST_TAG, MOST_TAGS, TemplateDetails
from workout_domain.training.workout import WorkoutType
from workout_presentation.api.fields import BrokenRule, LongText, Name, RuledBody
from workout_presentation.api.v1.training.plan_models import (
    PRESCRIPTION_EXAMPLE,
    BlockBodies,
    PlannedMinutes,
    Prescriptions,
    blocks_of,
    broken_lineup,
    given_twice,
    prescriptions_of,
)
from workout_shared.pages import DEFAULT_PAGE_SIZE, LARGEST_PAGE, MAXIMUM_PAGE_SIZE, PageRequest

Tag = Annotated[
    str,
    StringConstraints(
        min_length=1, max_length=LONGEST_TAG, strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]+$"
    ),
]
_DETAILS: Final = frozenset({"name", "type", "description", "estimated_duration_minutes", "tags"})


class TemplateBody(RuledBody):
    """A whole template; what is left out is empty."""

    name: Name = Field(examples=["Full body A"])
    type: WorkoutType = Field(examples=["strength"])
    description: LongText | None = None
    estimated_duration_minutes: PlannedMinutes = 0
    tags: Annotated[list[Tag], Field(max_length=MOST_TAGS)] = Field(
        default_factory=list, examples=[["beginner"]]
    )
    exercises: Prescriptions = Field(default_factory=list)
    blocks: BlockBodies = Field(default_factory=list)

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[BrokenRule]:
        """Blocks and exercises must agree."""
        yield from broken_lineup(sent)

    def to_command(
        self, template_id: UUID, actor: Actor, expected_revision: int | None
    ) -> UpdateTemplate:
        """Make the command."""
        return UpdateTemplate(
            template_id=template_id,
            details=TemplateDetails(
                name=self.name,
                type=self.type,
                description=self.description,
                estimated_duration_minutes=self.estimated_duration_minutes,
                tags=tuple(self.tags),
            ),
            exercises=prescriptions_of(self.exercises, actor),
            blocks=blocks_of(self.blocks),
            expected_revision=expected_revision,
        )


class CreateTemplateBody(RuledBody):
    """A new template; with ``workout_id`` one of your workouts is saved as one."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Full body A",
                    "type": "strength",
                    "tags": ["beginner"],
                    "exercises": [PRESCRIPTION_EXAMPLE],
                }
            ]
        }
    )

    name: Name | None = Field(None, examples=["Full body A"])
    type: WorkoutType | None = Field(None, examples=["strength"])
    description: LongText | None = None
    estimated_duration_minutes: PlannedMinutes = 0
    tags: Annotated[list[Tag], Field(max_length=MOST_TAGS)] = Field(
        default_factory=list, examples=[["beginner"]]
    )
    workout_id: UUID | None = Field(
        None, description="What is left out, exercises and blocks are copied from this workout."
    )
    exercises: Prescriptions = Field(default_factory=list)
    blocks: BlockBodies = Field(default_factory=list)

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[BrokenRule]:
        """Blocks and exercises must agree; name and type come from somewhere."""
        yield from broken_lineup(sent)
        yield from given_twice(sent, "workout_id")
        for name in ("name", "type"):
            if name in sent and sent[name] is None:
                yield name, "null", f"{name} must not be null."
            elif name not in sent and sent.get("workout_id") is None:
                yield name, "missing", "Field required"

    def to_command(self, actor: Actor) -> CreateTemplate:
        """Make the command: of a workout only what was sent is said anew."""
        said = _DETAILS if self.workout_id is None else _DETAILS & self.model_fields_set
        details = {name: getattr(self, name) for name in said}
        return CreateTemplate(
            details={**details, "tags": tuple(self.tags)},
            exercises=prescriptions_of(self.exercises, actor),
            blocks=blocks_of(self.blocks),
            workout_id=self.workout_id,
        )


class TemplateListQuery(BaseModel):
    """Which templates are asked for, and which page of them."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    search: (
        Annotated[
            str, StringConstraints(max_length=200, strip_whitespace=True, pattern=r"^[^\x00]*$")
        ]
        | None
    ) = Field(None, description="Part of a name or a description, in whatever case.")
    type: WorkoutType | None = None
    tag: Tag | None = Field(None, description="Only those that have this tag.")
    is_shipped: bool | None = Field(None, description="Those of the product, or your own.")
    page: int = Field(1, ge=1, le=LARGEST_PAGE)
    page_size: int = Field(DEFAULT_PAGE_SIZE, ge=1, le=MAXIMUM_PAGE_SIZE)
    sort: Literal["name", "-name", "created_at", "-created_at"] = "name"

    def where(self) -> TemplateFilter:
        """Read the filter."""
        return TemplateFilter(
            search=self.search or None, type=self.type, tag=self.tag, is_shipped=self.is_shipped
        )

    def page_request(self) -> PageRequest:
        """Read the page."""
        return PageRequest(page=self.page, page_size=self.page_size, sort=self.sort)
