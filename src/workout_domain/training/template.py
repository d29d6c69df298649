"""A workout template: a named list of exercises from which workouts are made."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.guards import at_least, known, optional_text, required_text
from workout_domain.training.blocks import Block
from workout_domain.training.lineup import refuse_unless_consistent
from workout_domain.training.prescription import PrescribedExercise, Prescription
from workout_domain.training.workout import (
    LONGEST_MINUTES,
    LONGEST_NAME,
    LONGEST_TEXT,
    WorkoutType,
)

MOST_TAGS: Final = 20
LONGEST_TAG: Final = 50


class TemplateExercise(PrescribedExercise):
    """One prescription at its place in a template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateDetails:
    """What a template says about itself; tags are kept in lower case, each once, in order."""

    name: str
    type: WorkoutType
    description: str | None = None
    estimated_duration_minutes: int = 0
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        required_text(self.name, field="name", longest=LONGEST_NAME)
        optional_text(self.description, field="description", longest=LONGEST_TEXT)
        minutes = self.estimated_duration_minutes
        at_least(minutes, 0, field="estimated_duration_minutes", largest=LONGEST_MINUTES)
        if len(self.tags) > MOST_TAGS:
            raise Invalid.field("/tags", "too_long", f"A template has at most {MOST_TAGS} tags.")
        for tag in self.tags:
            required_text(tag, field="tags", longest=LONGEST_TAG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineup:
    """The exercises of a plan with fresh ids, and the blocks they form."""

    exercises: list[tuple[UUID, Prescription]]
    blocks: tuple[Block, ...] = ()


class WorkoutTemplate(Aggregate):
    """
    Exercises to be copied: what becomes of the template changes no workout that was made of it.

    Without an owner it is one of the product's own.
    """

    def __init__(
        self,
        *,
        template_id: UUID,
        owner_id: UUID | None,
        details: TemplateDetails,
        lineup: Lineup,
        at: datetime,
    ) -> None:
        super().__init__(at=at)
        self.id = known(template_id, field="id")
        self.owner_id = owner_id
        self._exercises: list[TemplateExercise] = []
        self.replace(details, lineup, at=at)

    @property
    def is_shipped(self) -> bool:
        """Whether it belongs to the product rather than to a trainer."""
        return self.owner_id is None

    @property
    def exercises(self) -> tuple[TemplateExercise, ...]:
        """The exercises in their order."""
        return tuple(sorted(self._exercises, key=lambda exercise: exercise.order_index))

    def replace(self, details: TemplateDetails, lineup: Lineup, *, at: datetime) -> None:
        """
        Say everything anew.

        Raises:
            Invalid: there are too many exercises, or blocks and exercises do not agree.
        """
        refuse_unless_consistent(lineup.blocks, [what for _, what in lineup.exercises])
        self.name = details.name.strip()
        self.type = details.type
        self.description = details.description
        self.estimated_duration_minutes = details.estimated_duration_minutes
        self.tags = list(dict.fromkeys(tag.strip().lower() for tag in details.tags))
        self.blocks = lineup.blocks
        self._exercises[:] = [
            TemplateExercise(exercise_row_id=row_id, order_index=order, what=what)
            for order, (row_id, what) in enumerate(lineup.exercises)
        ]
        self._touch(at=at)

    def delete(self, *, at: datetime) -> None:
        """Take it out of the catalogue; deleting it again changes nothing."""
        if not self.is_deleted:
            self.deleted_at = at
            self._touch(at=at)
