"""What can stand in for an exercise: what the ranking promises for any catalogue."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workout_domain.catalogue.classification import (
    Equipment,
    Laterality,
    MeasurementType,
    MovementPattern,
    Muscle,
)
from workout_domain.catalogue.substituting import (
    Movement,
    SubstitutionReason,
    likeness,
    measured_alike,
    substitutes,
)


def a_movement(number: int = 1, **facts: Any) -> Movement:
    """Make a press with a barbell."""
    return Movement(
        **{
            "exercise_id": UUID(int=number),
            "name": f"Press {number}",
            "equipment": Equipment.BARBELL,
            "primary_muscles": frozenset({Muscle.CHEST}),
            "secondary_muscles": frozenset({Muscle.TRICEPS}),
            "movement_pattern": MovementPattern.HORIZONTAL_PUSH,
            "measurement_type": MeasurementType.WEIGHT_REPS,
            "laterality": Laterality.BILATERAL,
            **facts,
        }
    )


muscles = st.frozensets(st.sampled_from(list(Muscle)[:6]), max_size=3)
facts = st.fixed_dictionaries(
    {
        "equipment": st.sampled_from(Equipment),
        "primary_muscles": muscles,
        "secondary_muscles": muscles,
        "movement_pattern": st.none() | st.sampled_from(MovementPattern),
        "measurement_type": st.sampled_from(MeasurementType),
        "laterality": st.sampled_from(Laterality),
        "is_active": st.booleans(),
    }
)
movements = st.builds(lambda one: a_movement(**one), facts)
catalogues = st.lists(facts, max_size=25).map(
    lambda found: [a_movement(number, **one) for number, one in enumerate(found, 2)]
)
equipment = st.none() | st.frozensets(st.sampled_from(Equipment))


@pytest.mark.requirement("BEY-14")
@given(movements, catalogues, equipment, st.integers(1, 30))
def test_only_active_ones_that_move_or_work_alike_with_what_is_at_hand_best_first(
    of: Movement, among: list[Movement], at_hand: frozenset[Equipment] | None, most: int
) -> None:
    found = substitutes(of, [of, *among], at_hand=at_hand, most=most)

    by_id = {one.exercise_id: one for one in among}
    scores = [one.score for one in found]
    assert of.exercise_id not in {one.exercise_id for one in found}
    assert len(found) <= most
    assert scores == sorted(scores, reverse=True)
    for one in found:
        chosen = by_id[one.exercise_id]
        assert chosen.is_active
        assert at_hand is None or chosen.equipment in at_hand
        assert chosen.movement_pattern == of.movement_pattern or (
            chosen.primary_muscles & of.primary_muscles
        )
        assert 0 < one.score <= 1
        assert one.reasons
        assert (SubstitutionReason.EQUIPMENT_AT_HAND in one.reasons) is (at_hand is not None)


@pytest.mark.requirement("BEY-14")
@given(movements, movements)
def test_likeness_is_the_same_both_ways_and_never_more_than_that_with_itself(
    one: Movement, other: Movement
) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= likeness(one, one) <= 1


@given(movements, catalogues, st.randoms())
def test_the_order_of_the_catalogue_does_not_matter(
    of: Movement, among: list[Movement], random: Any
) -> None:
    shuffled = list(among)
    random.shuffle(shuffled)

    assert substitutes(of, shuffled, most=99) == substitutes(of, among, most=99)


@pytest.mark.requirement("BEY-14")
def test_the_more_alike_the_higher_with_its_reasons() -> None:
    bench = a_movement()
    dumbbells = a_movement(2, name="Z", equipment=Equipment.DUMBBELL)
    narrow = a_movement(3, name="Y", primary_muscles=frozenset({Muscle.CHEST, Muscle.TRICEPS}))
    fly = a_movement(4, name="X", movement_pattern=MovementPattern.ISOLATION)
    row = a_movement(
        5,
        name="A",
        primary_muscles=frozenset({Muscle.LATS}),
        movement_pattern=MovementPattern.HORIZONTAL_PULL,
    )

    found = substitutes(bench, [row, fly, narrow, dumbbells], most=9)

    reason = SubstitutionReason
    assert [one.exercise_id.int for one in found] == [2, 3, 4]
    assert found[0].score == Decimal(1)
    assert found[0].reasons == (
        reason.SAME_MOVEMENT_PATTERN,
        reason.SAME_PRIMARY_MUSCLES,
        reason.MEASURED_ALIKE,
    )
    assert reason.SHARES_PRIMARY_MUSCLES in found[1].reasons
    assert reason.SAME_EQUIPMENT in found[1].reasons
    assert reason.SAME_MOVEMENT_PATTERN not in found[2].reasons


@pytest.mark.parametrize("pattern", [MovementPattern.ISOLATION, MovementPattern.MOBILITY])
def test_single_joints_stand_in_for_one_another_only_with_the_same_muscle(
    pattern: MovementPattern,
) -> None:
    curl = a_movement(movement_pattern=pattern, primary_muscles=frozenset({Muscle.BICEPS}))
    leg_curl = a_movement(
        2, movement_pattern=pattern, primary_muscles=frozenset({Muscle.HAMSTRINGS})
    )

    assert substitutes(curl, [leg_curl], most=9) == []


@given(st.sampled_from(MeasurementType), st.sampled_from(MeasurementType))
def test_measured_alike_is_the_same_both_ways(one: MeasurementType, other: MeasurementType) -> None:
    assert measured_alike(one, one)
    assert measured_alike(one, other) is measured_alike(other, one)
