"""How far a set is from its target, figure by figure."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.workouts import a_draft, a_rep, a_set
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.training.deviation import Deviation
from workout_domain.training.effective_load import LoadRule
from workout_domain.training.performed_set import RepDraft, SetDraft, successful_reps
from workout_domain.training.targets import SetTarget

POUNDS = MeasurementUnit.POUNDS
NOTHING: dict[str, Any] = dict.fromkeys(
    ("reps", "weight", "unit", "rpe", "rir", "duration_seconds", "distance_meters")
)


def of(draft: SetDraft, target: SetTarget, kind: str = "external") -> dict[str, Any]:
    """Compare a set with a target; return what is known."""
    one = a_set(draft=draft, target=target, load_rule=LoadRule.of(kind, Decimal(1), None))
    assert one.deviation is not None
    return {name: figure for name, figure in one.deviation.document().items() if figure is not None}


@pytest.mark.requirement("BEY-06")
@pytest.mark.parametrize(
    ("target", "done", "reps"),
    [
        ({"reps": 5}, 5, 0),
        ({"reps": 5}, 3, -2),
        ({"reps": 5}, 7, 2),
        ({"reps_min": 6, "reps_max": 8}, 6, 0),
        ({"reps_min": 6, "reps_max": 8}, 8, 0),
        ({"reps_min": 6, "reps_max": 8}, 5, -1),
        ({"reps_min": 6, "reps_max": 8}, 10, 2),
        ({"reps": 5, "is_amrap": True}, 11, 6),
    ],
)
def test_repetitions_within_what_was_asked_for_are_no_deviation(
    target: dict[str, Any], done: int, reps: int
) -> None:
    draft = a_draft(load=None, reps=successful_reps(done))

    assert of(draft, SetTarget(number=1, **target)) == {"reps": reps}


@pytest.mark.requirement("BEY-06")
def test_failed_repetitions_are_missing() -> None:
    reps = (RepDraft(rep_number=1), RepDraft(rep_number=2, success=False))

    assert of(a_draft(load=None, reps=reps), SetTarget(number=1, reps=2)) == {"reps": -1}


@pytest.mark.requirement("BEY-06")
@pytest.mark.parametrize(
    ("done", "asked", "kind", "weight"),
    [
        (Load(Decimal("102.5")), Load(Decimal(100)), "external", ("2.5", "kilograms")),
        (Load(Decimal(225), POUNDS), Load(Decimal(225), POUNDS), "external", ("0", "pounds")),
        (Load(Decimal(225), POUNDS), Load(Decimal(100)), "external", ("4.538", "pounds")),
        (Load(Decimal(100)), Load(Decimal(225), POUNDS), "external", ("-2.058", "kilograms")),
        (None, Load(Decimal(10)), "bodyweight", ("-10", "kilograms")),
        (None, Load(Decimal(10)), "external", None),
        (Load(Decimal(100)), None, "external", None),
    ],
)
def test_weights_are_compared_in_the_unit_of_the_set(
    done: Load | None, asked: Load | None, kind: str, weight: tuple[str, str] | None
) -> None:
    found = of(a_draft(load=done), SetTarget(number=1, reps=5, load=asked), kind)

    expected = {} if weight is None else {"weight": Decimal(weight[0]), "unit": weight[1]}
    assert found == {"reps": 0, **expected}


@pytest.mark.requirement("BEY-06")
def test_effort_time_and_distance_are_compared_where_both_are_said() -> None:
    target = SetTarget(
        number=1,
        rpe=Decimal(8),
        rir=Decimal(2),
        duration_seconds=Decimal(60),
        distance_meters=Decimal(400),
    )
    draft = SetDraft(
        rpe=Decimal("8.5"), duration_seconds=Decimal("55.5"), distance_meters=Decimal(410)
    )

    assert of(draft, target) == {
        "rpe": Decimal("0.5"),
        "duration_seconds": Decimal("-4.5"),
        "distance_meters": Decimal(10),
    }
    assert of(SetDraft(), target) == {}


loads = st.none() | st.builds(Load, st.decimals(0, 400, places=3), st.sampled_from(MeasurementUnit))
figures = st.none() | st.decimals(0, 400, places=3)
targets = st.builds(
    SetTarget,
    number=st.integers(1, 9),
    reps=st.none() | st.integers(1, 20),
    load=loads,
    rpe=st.none() | st.sampled_from([Decimal(8), Decimal("9.5")]),
    duration_seconds=figures,
    distance_meters=figures,
)


@pytest.mark.requirement("BEY-06")
@given(targets, loads, st.lists(st.booleans(), max_size=6), figures, figures)
def test_a_deviation_comes_back_as_it_was_written(
    target: SetTarget,
    load: Load | None,
    reps: list[bool],
    duration: Decimal | None,
    distance: Decimal | None,
) -> None:
    drafts = tuple(RepDraft(rep_number=n, success=ok) for n, ok in enumerate(reps, start=1))
    draft = a_draft(load=load, reps=drafts, duration_seconds=duration, distance_meters=distance)

    deviation = a_set(draft=draft, target=target).deviation

    assert deviation is not None
    assert Deviation.read(deviation.document()) == deviation


@pytest.mark.requirement("BEY-06")
@given(targets, st.lists(st.booleans(), min_size=1, max_size=6), st.booleans())
def test_one_repetition_more_counts_as_if_it_had_been_there(
    target: SetTarget, reps: list[bool], added: bool
) -> None:
    drafts = tuple(RepDraft(rep_number=n, success=ok) for n, ok in enumerate(reps, start=1))
    one = a_set(draft=a_draft(reps=drafts), target=target)
    assert one.deviation is not None
    appended = one.deviation.counting(sum(reps) + added, target)

    one.add_rep(a_rep(one, RepDraft(rep_number=len(reps) + 1, success=added)))

    assert one.deviation == appended


def test_without_a_target_there_is_no_deviation() -> None:
    assert a_set().deviation is None
    assert set(Deviation().document()) == set(NOTHING)
