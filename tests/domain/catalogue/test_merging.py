"""When one exercise may become another, and what is left of it."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workout_domain.catalogue.classification import LoadKind, MeasurementType
from workout_domain.catalogue.errors import ExercisesNotMergeable
from workout_domain.catalogue.events import ExerciseMerged, ExerciseUpdated
from workout_domain.catalogue.exercise import MOST_ALIASES, Exercise, ExerciseDetails
from workout_domain.catalogue.merging import refuse_unless_mergeable, sets_fit

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OWNER, MERGE = UUID(int=7), UUID(int=8)
M = MeasurementType

# What a set of a measurement always says.
SAYS = {
    M.WEIGHT_REPS: {"reps"},
    M.REPS: {"reps"},
    M.DURATION: {"duration"},
    M.WEIGHT_DURATION: {"duration"},
    M.DISTANCE: {"distance"},
    M.WEIGHT_DISTANCE: {"distance"},
    M.DISTANCE_DURATION: {"one of two"},
}


def an_exercise(number: int, owner: UUID | None = OWNER, **details: Any) -> Exercise:
    """Make an exercise whose first event was told."""
    chosen = ExerciseDetails(**{"name": f"Exercise {number}", **details})
    made = Exercise.create(exercise_id=UUID(int=number), owner_id=owner, details=chosen, at=NOON)
    made.take_events()
    return made


@pytest.mark.requirement("BEY-14")
@given(st.sampled_from(M), st.sampled_from(M))
def test_sets_fit_where_they_always_say_what_is_asked_for(source: M, target: M) -> None:
    is_enough = SAYS[source] == SAYS[target] or (
        target is M.DISTANCE_DURATION and SAYS[source] <= {"duration", "distance"}
    )

    assert sets_fit(source, target) is is_enough


@pytest.mark.requirement("BEY-14")
@pytest.mark.parametrize(
    ("source", "target"),
    [
        ({"measurement_type": M.DURATION}, {}),
        ({"load_kind": LoadKind.BODYWEIGHT}, {}),
        ({}, {"is_active": False}),
        ({"owner": None}, {}),
    ],
)
def test_what_would_change_its_meaning_is_not_merged(
    source: dict[str, Any], target: dict[str, Any]
) -> None:
    with pytest.raises(ExercisesNotMergeable):
        refuse_unless_mergeable(an_exercise(1, **source), an_exercise(2, **target))


@pytest.mark.requirement("BEY-14")
@pytest.mark.parametrize("owner", [OWNER, None])
def test_one_s_own_becomes_another_own_or_a_shipped_one(owner: UUID | None) -> None:
    source, target = an_exercise(1), an_exercise(2, owner)

    refuse_unless_mergeable(source, target)
    source.merge_into(target, merge_id=MERGE, at=NOON)

    assert (source.deleted_at, source.merged_into_id) == (NOON, target.id)
    assert source.take_events() == (
        ExerciseMerged(
            occurred_at=NOON,
            merge_id=MERGE,
            exercise_id=source.id,
            owner_id=OWNER,
            into_id=target.id,
        ),
    )
    assert target.take_events() == ()


names = st.lists(st.sampled_from([f"Name {number}" for number in range(40)]), max_size=40)


@pytest.mark.requirement("BEY-14")
@given(names.map(lambda found: tuple(dict.fromkeys(found))[:MOST_ALIASES]), names)
def test_further_names_become_aliases_once_and_as_far_as_there_is_room(
    aliases: tuple[str, ...], further: list[str]
) -> None:
    exercise = an_exercise(1, aliases=aliases)

    exercise.be_found_as(["EXERCISE 1", *further], at=NOON)

    wanted = [*aliases, *dict.fromkeys(name for name in further if name not in aliases)]
    assert exercise.aliases == wanted[:MOST_ALIASES]
    events = exercise.take_events()
    assert bool(events) is (exercise.aliases != list(aliases))
    assert {type(event) for event in events} <= {ExerciseUpdated}
