"""The rules of catalogue entries."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workout_domain.catalogue.classification import Muscle
from workout_domain.catalogue.events import (
    ExerciseArchived,
    ExerciseCreated,
    ExerciseDeleted,
    ExerciseUnarchived,
    ExerciseUpdated,
)
from workout_domain.catalogue.exercise import Exercise, ExerciseDetails
from workout_domain.kernel.errors import Invalid

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ID, OWNER = UUID(int=1), UUID(int=2)


def an_exercise(**details: Any) -> Exercise:
    """Make a trainer's exercise."""
    chosen = ExerciseDetails(**{"name": "Paused Squat", **details})
    return Exercise.create(exercise_id=ID, owner_id=OWNER, details=chosen, at=NOON)


@pytest.mark.requirement("CAT-01")
def test_a_new_exercise_is_active_and_tells_of_itself() -> None:
    exercise = an_exercise()

    assert exercise.is_active
    assert not exercise.is_shipped
    assert exercise.take_events() == (
        ExerciseCreated(occurred_at=NOON, exercise_id=ID, owner_id=OWNER, name="Paused Squat"),
    )


def test_an_exercise_without_owner_is_shipped() -> None:
    details = ExerciseDetails(name="Squat")

    assert Exercise.create(exercise_id=ID, owner_id=None, details=details, at=NOON).is_shipped


@given(st.text(max_size=200))
def test_a_name_is_kept_stripped_or_refused(name: str) -> None:
    shows = any(character.isprintable() and not character.isspace() for character in name)
    acceptable = shows and len(name.strip()) <= 150 and "\x00" not in name
    if acceptable:
        assert an_exercise(name=name).name == name.strip()
    else:
        with pytest.raises(Invalid):
            an_exercise(name=name)


@given(st.lists(st.sampled_from(Muscle)), st.lists(st.sampled_from(Muscle)))
def test_a_muscle_is_worked_only_once(primary: list[Muscle], secondary: list[Muscle]) -> None:
    everything = [*primary, *secondary]
    details = {"primary_muscles": tuple(primary), "secondary_muscles": tuple(secondary)}
    if len(set(everything)) == len(everything):
        assert an_exercise(**details).primary_muscles == primary
    else:
        with pytest.raises(Invalid) as refusal:
            an_exercise(**details)
        assert refusal.value.errors[0].pointer == "/secondary_muscles"


@pytest.mark.parametrize("aliases", [("",), ("a",) * 31, ("a" * 151,)])
def test_aliases_are_few_and_named(aliases: tuple[str, ...]) -> None:
    with pytest.raises(Invalid):
        an_exercise(aliases=aliases)


def test_an_update_replaces_everything_and_raises_the_revision() -> None:
    exercise = an_exercise(description="Slow.")
    exercise.take_events()
    later = NOON + timedelta(hours=1)

    exercise.update(ExerciseDetails(name="Squat"), at=later)

    assert (exercise.name, exercise.description, exercise.revision) == ("Squat", None, 2)
    assert exercise.take_events() == (
        ExerciseUpdated(occurred_at=later, exercise_id=ID, owner_id=OWNER, name="Squat"),
    )


@pytest.mark.requirement("DBR-04")
def test_deleting_twice_is_deleting_once() -> None:
    exercise = an_exercise()
    exercise.take_events()
    exercise.delete(at=NOON)
    exercise.delete(at=NOON + timedelta(days=1))

    assert exercise.deleted_at == NOON
    assert exercise.take_events() == (
        ExerciseDeleted(occurred_at=NOON, exercise_id=ID, owner_id=OWNER),
    )


@pytest.mark.requirement("BEY-14")
def test_archiving_and_offering_again_each_happen_once() -> None:
    exercise = an_exercise()
    exercise.take_events()
    for _ in range(2):
        exercise.archive(at=NOON)
    assert not exercise.is_active
    for _ in range(2):
        exercise.unarchive(at=NOON)

    assert exercise.is_active
    assert exercise.revision == 3
    assert [type(event) for event in exercise.take_events()] == [
        ExerciseArchived,
        ExerciseUnarchived,
    ]


@given(st.decimals(min_value=0, max_value=1, places=3))
def test_a_share_of_the_body_lies_between_nothing_and_all(share: Decimal) -> None:
    assert an_exercise(bodyweight_share=share).bodyweight_share == share


@pytest.mark.parametrize("share", ["-0.001", "1.001", "0.0005", "NaN", "Infinity"])
def test_what_is_no_share_of_the_body_is_refused(share: str) -> None:
    with pytest.raises(Invalid) as refusal:
        an_exercise(bodyweight_share=Decimal(share))

    assert refusal.value.errors[0].pointer == "/bodyweight_share"
