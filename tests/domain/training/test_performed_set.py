"""Sets and repetitions: what they must say, and how they are corrected."""

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.workouts import HUNDRED, NOON, a_draft, a_rep, a_set
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.load import Load
from workout_domain.training.errors import RepNotFound, RepNumberTaken
from workout_domain.training.performed_set import (
    MOST_REPS,
    Measure,
    PerformedSet,
    RepDraft,
    SetDraft,
    successful_reps,
)

REPS: dict[str, Any] = {"reps": successful_reps(5)}
TIME: dict[str, Any] = {"duration_seconds": Decimal(30)}
WAY: dict[str, Any] = {"distance_meters": Decimal(400)}
NEEDS = {
    Measure.WEIGHT_REPS: [REPS],
    Measure.REPS: [REPS],
    Measure.DURATION: [TIME],
    Measure.WEIGHT_DURATION: [TIME],
    Measure.DISTANCE: [WAY],
    Measure.WEIGHT_DISTANCE: [WAY],
    Measure.DISTANCE_DURATION: [WAY, TIME],
}


def corrected(one: PerformedSet, draft: SetDraft) -> PerformedSet:
    """Correct a set, all else kept."""
    one.correct(draft, set_type_id=one.set_type_id, performed_at=NOON, at=NOON)
    return one


@pytest.mark.parametrize("measure", Measure)
@pytest.mark.parametrize("given_", [REPS, TIME, WAY, REPS | TIME | WAY, {}], ids=str)
def test_a_set_says_what_its_exercise_is_measured_in(
    measure: Measure, given_: dict[str, Any]
) -> None:
    draft = SetDraft(load=HUNDRED, **given_)
    is_enough = any(need.keys() <= given_.keys() for need in NEEDS[measure])

    if is_enough:
        draft.refuse_unless_measured_as(measure)
        return

    with pytest.raises(Invalid) as refused:
        draft.refuse_unless_measured_as(measure)
    named = {error.pointer for error in refused.value.errors}
    expected = {"number_reps" if "reps" in need else next(iter(need)) for need in NEEDS[measure]}
    assert named == {f"/{name}" for name in expected}


def test_every_measure_of_the_catalogue_is_known() -> None:
    from workout_domain.catalogue.classification import MeasurementType

    assert {one.value for one in MeasurementType} == {one.value for one in Measure}


def test_a_repetition_number_stands_only_once() -> None:
    draft = SetDraft(reps=(RepDraft(rep_number=1), RepDraft(rep_number=1)))

    with pytest.raises(Invalid) as refused:
        draft.refuse_unless_measured_as(Measure.REPS)

    assert refused.value.errors[0].code == "duplicate"


def test_a_set_has_at_most_a_thousand_repetitions() -> None:
    SetDraft(reps=successful_reps(MOST_REPS)).refuse_unless_measured_as(Measure.REPS)

    with pytest.raises(Invalid):
        SetDraft(reps=successful_reps(MOST_REPS + 1)).refuse_unless_measured_as(Measure.REPS)


@pytest.mark.requirement("TRN-15")
@given(st.integers(0, 200))
def test_a_number_of_repetitions_stands_for_that_many_successes(number: int) -> None:
    reps = successful_reps(number)

    assert [rep.rep_number for rep in reps] == list(range(1, number + 1))
    assert all(rep.success and rep.load is None for rep in reps)


@pytest.mark.requirement("TRN-16")
def test_a_repetition_succeeds_with_the_weight_of_its_set_unless_it_says_otherwise() -> None:
    light = Load(Decimal(95))
    drafts = (RepDraft(rep_number=1), RepDraft(rep_number=2, load=light, success=False))

    plain, other = a_set(draft=a_draft(reps=drafts)).reps

    assert (plain.load, plain.success) == (HUNDRED, True)
    assert (other.load, other.success) == (light, False)


def test_a_set_reads_back_as_it_was_reported() -> None:
    draft = a_draft(
        reps=(RepDraft(rep_number=1, load=HUNDRED), RepDraft(rep_number=3, load=HUNDRED)),
        rpe=Decimal(8),
        rir=Decimal(2),
        description="belt",
        notes="deep",
    )

    assert a_set(draft=draft).draft == draft


def test_repetitions_with_the_weight_of_the_set_take_a_new_one_along() -> None:
    light, heavy = Load(Decimal(95)), Load(Decimal(110))
    one = a_set(draft=a_draft(reps=(RepDraft(rep_number=1), RepDraft(rep_number=2, load=light))))

    corrected(one, replace(one.draft, load=heavy))

    assert [rep.load for rep in one.reps] == [heavy, light]


def test_a_set_without_a_weight_has_repetitions_without_one() -> None:
    one = corrected(a_set(), a_draft(load=None))

    assert {rep.load for rep in one.reps} == {None}
    assert (one.reps[0].weight, one.reps[0].unit) == (None, None)


@pytest.mark.requirement("TRN-16")
def test_a_number_that_is_taken_is_refused() -> None:
    one = a_set()

    with pytest.raises(RepNumberTaken):
        one.add_rep(a_rep(one, RepDraft(rep_number=5)))
    with pytest.raises(RepNumberTaken):
        one.correct_rep(one.reps[0].id, RepDraft(rep_number=2))

    assert one.number_reps == 5


def test_a_repetition_may_keep_its_own_number() -> None:
    one = a_set()

    kept = one.correct_rep(one.reps[0].id, RepDraft(rep_number=1, success=False))

    assert (kept.rep_number, kept.success) == (1, False)


@given(st.lists(st.integers(1, 8), max_size=30))
def test_the_number_of_repetitions_is_always_told_right(numbers: list[int]) -> None:
    one = a_set(draft=a_draft(reps=()))

    for number in numbers:
        taken = {rep.rep_number: rep.id for rep in one.reps}
        if number in taken:
            one.remove_rep(taken[number])
        else:
            one.add_rep(a_rep(one, RepDraft(rep_number=number)))

    odd = {number for number in numbers if numbers.count(number) % 2}
    assert one.number_reps == len(one.reps) == len(odd)
    assert [rep.rep_number for rep in one.reps] == sorted(odd)


def test_a_repetition_of_another_set_is_not_found() -> None:
    with pytest.raises(RepNotFound):
        a_set().rep(uuid4())
