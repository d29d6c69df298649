"""The rules of catalogue entries."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workout_domain.catalogue.classification import Muscle
from workout_domain.catalogue.events import (
    ExerciseCreated,
    ExerciseDeleted,
    ExerciseUpdated,
)
from workout_domain.catalogue.exercise import Exercise, ExerciseDetails
from workout_domain.catalogue.set_type import SetType
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


@pytest.mark.requirement("CAT-02")
def test_a_type_of_set_has_a_code_and_a_name() -> None:
    warm_up = SetType(set_type_id=ID, code="warm_up", name=" Warm-up ", is_warm_up=True, at=NOON)

    assert (warm_up.code, warm_up.name, warm_up.is_warm_up) == ("warm_up", "Warm-up", True)
    with pytest.raises(Invalid):
        SetType(set_type_id=ID, code=" ", name="Nothing", at=NOON)
