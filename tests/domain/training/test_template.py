"""Workout templates: what they say, and that they agree with themselves."""

from typing import Any
from uuid import uuid4

import pytest

from tests.builders.workouts import NOON, a_prescription
from workout_domain.kernel.errors import Invalid
from workout_domain.training.blocks import Block, BlockKind
from workout_domain.training.template import (
    MOST_TAGS,
    Lineup,
    TemplateDetails,
    WorkoutTemplate,
)
from workout_domain.training.workout import WorkoutType


def details(**fields: Any) -> TemplateDetails:
    """Say what a template says about itself."""
    return TemplateDetails(**{"name": "Day A", "type": WorkoutType.STRENGTH, **fields})


def template(lineup: Lineup | None = None, **fields: Any) -> WorkoutTemplate:
    """Make a trainer's own template."""
    return WorkoutTemplate(
        template_id=uuid4(),
        owner_id=uuid4(),
        details=details(**fields),
        lineup=lineup or Lineup(exercises=[]),
        at=NOON,
    )


@pytest.mark.requirement("CAT-06")
def test_tags_are_kept_in_lower_case_and_once() -> None:
    made = template(tags=("Heavy", " heavy ", "Legs"))

    assert made.tags == ["heavy", "legs"]
    assert made.revision == 1


@pytest.mark.requirement("CAT-06")
@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "x" * 201},
        {"description": "x" * 10_001},
        {"estimated_duration_minutes": -1},
        {"tags": ("",)},
        {"tags": tuple(f"tag {number}" for number in range(MOST_TAGS + 1))},
    ],
    ids=str,
)
def test_what_a_template_says_keeps_to_its_bounds(wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        template(**wrong)


@pytest.mark.requirement("CAT-06")
def test_a_template_whose_blocks_and_exercises_disagree_is_refused_whole() -> None:
    made = template(Lineup(exercises=[(uuid4(), a_prescription())]))
    superset = (Block(kind=BlockKind.SUPERSET),)

    with pytest.raises(Invalid):
        made.replace(details(name="Day B"), Lineup(exercises=[], blocks=superset), at=NOON)

    assert (made.name, len(made.exercises), made.revision) == ("Day A", 1, 1)


def test_deleting_again_changes_nothing() -> None:
    made = template()

    made.delete(at=NOON)
    made.delete(at=NOON)

    assert (made.is_deleted, made.revision) == (True, 2)
