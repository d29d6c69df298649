"""Targets of single sets: their bounds, their JSON form, and how they fill one another."""

import json
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.workouts import HUNDRED, a_prescription, a_target
from workout_application.encoding import encode
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.training.progression import Progression
from workout_domain.training.targets import SetTarget, broken_rules

KEYS = {"number", "set_type"}


def pointers(refused: pytest.ExceptionInfo[Invalid]) -> list[str]:
    """Return what the refusal points at."""
    return [error.pointer for error in refused.value.errors]


@st.composite
def targets(draw: st.DrawFn) -> SetTarget:
    """Make any target there may be."""
    exact = draw(st.none() | st.integers(1, 1000))
    low = None if exact is not None else draw(st.none() | st.integers(1, 999))
    high = None if low is None else draw(st.integers(low, 1000))
    places = st.decimals(0, 9999, places=3)
    halves = st.integers(2, 20).map(lambda twice: Decimal(twice) / 2)
    return SetTarget(
        number=draw(st.integers(1, 5000)),
        set_type=draw(st.sampled_from(["normal", "warm_up", "drop_set"])),
        reps=exact,
        reps_min=low,
        reps_max=high,
        is_amrap=draw(st.booleans()),
        load=draw(st.none() | st.builds(Load, places, st.sampled_from(MeasurementUnit))),
        percent_of_training_max=draw(
            st.none() | st.integers(1, 2000).map(lambda tenths: Decimal(tenths) / 10)
        ),
        progression=draw(
            st.none()
            | st.builds(
                Progression,
                reason=st.just("from_load"),
                rule_id=st.none() | st.uuids(),
                training_max_id=st.none() | st.uuids(),
            )
        ),
        rpe=draw(st.none() | halves),
        rir=draw(st.none() | halves),
        tempo=draw(st.none() | st.sampled_from(["3-1-X-0", "2-0-1", "10-x-1-0"])),
        rest_seconds=draw(st.none() | st.integers(0, 864_000)),
        duration_seconds=draw(st.none() | places),
        distance_meters=draw(st.none() | places),
    )


@pytest.mark.requirement("BEY-06")
@given(targets())
def test_a_target_survives_its_way_through_json(target: SetTarget) -> None:
    written = encode(target.document())

    assert SetTarget.read(json.loads(written)) == target


@pytest.mark.requirement("BEY-06")
@given(targets())
def test_the_json_form_holds_only_what_is_said(target: SetTarget) -> None:
    document = target.document()

    assert document.keys() >= KEYS
    assert None not in document.values()
    assert ("weight" in document) == ("unit" in document) == (target.load is not None)


def test_the_json_form_is_the_documented_one() -> None:
    target = SetTarget(number=2, reps=5, load=HUNDRED, rpe=Decimal("8.5"), rest_seconds=180)

    assert json.loads(encode(target.document())) == {
        "number": 2,
        "set_type": "normal",
        "reps": 5,
        "weight": 100,
        "unit": "kilograms",
        "rpe": 8.5,
        "rest_seconds": 180,
    }


@pytest.mark.requirement("BEY-06")
@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"number": 0}, "/number"),
        ({"reps": 0}, "/reps"),
        ({"reps_min": 0, "reps_max": 5}, "/reps_min"),
        ({"reps_min": 8, "reps_max": 6}, "/reps_max"),
        ({"reps_min": 8}, "/reps_max"),
        ({"reps_max": 8}, "/reps_min"),
        ({"reps": 5, "reps_min": 4, "reps_max": 6}, "/reps"),
        ({"percent_of_training_max": Decimal(0)}, "/percent_of_training_max"),
        ({"percent_of_training_max": Decimal("200.1")}, "/percent_of_training_max"),
        ({"percent_of_training_max": Decimal("82.55")}, "/percent_of_training_max"),
        ({"rpe": Decimal("0.5")}, "/rpe"),
        ({"rpe": Decimal("8.3")}, "/rpe"),
        ({"rpe": Decimal("NaN")}, "/rpe"),
        ({"rir": Decimal("20.5")}, "/rir"),
        ({"tempo": "slow"}, "/tempo"),
        ({"tempo": "3-1"}, "/tempo"),
        ({"rest_seconds": -1}, "/rest_seconds"),
        ({"duration_seconds": Decimal(-1)}, "/duration_seconds"),
        ({"distance_meters": Decimal("Infinity")}, "/distance_meters"),
        ({"set_type": ""}, "/set_type"),
    ],
)
def test_a_target_keeps_to_its_bounds(said: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        SetTarget(**{"number": 1, **said})

    assert pointers(refused) == [pointer]


@pytest.mark.requirement("BEY-06")
def test_everything_wrong_with_a_target_is_said_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        SetTarget(number=0, reps=5, reps_min=8, rpe=Decimal(11), tempo="?")

    assert pointers(refused) == ["/number", "/rpe", "/tempo", "/reps", "/reps_max"]


def test_the_rules_bear_input_that_nobody_checked() -> None:
    sent = {"reps_min": "8", "reps_max": [], "weight": {}, "percent_of_training_max": True}

    assert [error.code for error in broken_rules(sent)] == ["ambiguous"]


@pytest.mark.requirement("BEY-06")
def test_what_a_prescription_says_is_derived_into_one_target_per_set() -> None:
    planned = a_prescription().planned_targets()

    assert planned == tuple(
        SetTarget(number=number, reps=5, load=HUNDRED, rest_seconds=180) for number in (1, 2, 3)
    )


@pytest.mark.requirement("BEY-06")
def test_a_target_leaves_open_what_the_prescription_says_for_all() -> None:
    heavy = Load(Decimal(110))
    said = (
        SetTarget(number=1, rpe=Decimal(7)),
        SetTarget(number=2, reps_min=3, reps_max=5, load=heavy),
        SetTarget(number=3, is_amrap=True, percent_of_training_max=Decimal(85), rest_seconds=0),
    )

    first, second, third = a_prescription(targets=said).planned_targets()

    assert first == SetTarget(number=1, reps=5, load=HUNDRED, rpe=Decimal(7), rest_seconds=180)
    assert (second.reps, second.reps_min, second.load) == (None, 3, heavy)
    assert (third.reps, third.is_amrap, third.load, third.rest_seconds) == (5, True, None, 0)


@pytest.mark.requirement("BEY-06")
def test_a_percentage_is_resolved_beside_itself() -> None:
    because = Progression(reason="from_training_max", training_max_id=uuid4())
    target = SetTarget(number=1, percent_of_training_max=Decimal(75))
    resolved = target.resolved_to(HUNDRED, because)

    assert resolved.percent_of_training_max == Decimal(75)
    assert resolved.document()["progression"] == {
        "training_max_id": str(because.training_max_id),
        "reason": "from_training_max",
    }
    assert SetTarget.read(resolved.document()).load == HUNDRED


@pytest.mark.requirement("BEY-06")
@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"sets": 3, "targets": (a_target(),)}, "/sets"),
        ({"sets": 1, "targets": ()}, "/sets"),
        ({"sets": 1, "targets": (a_target(2),)}, "/targets/0/number"),
        (
            {"sets": 1, "reps": None, "targets": (SetTarget(number=1, rpe=Decimal(8)),)},
            "/targets/0/reps",
        ),
        (
            {
                "sets": 1,
                "targets": (a_target(load=HUNDRED, percent_of_training_max=Decimal(80)),),
            },
            "/targets/0/percent_of_training_max",
        ),
        ({"block": -1}, "/block"),
        ({"reps": None}, "/reps"),
    ],
)
def test_targets_fit_their_prescription(fields: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        a_prescription(**fields)

    assert pointers(refused) == [pointer]


@given(targets(), targets())
def test_filling_takes_only_what_is_open(target: SetTarget, other: SetTarget) -> None:
    filled = target.filled_from(other)

    said, whole = target.document(), filled.document()
    assert said.items() <= whole.items()
    assert filled.filled_from(other) == filled
    assert (filled.number, filled.set_type) == (target.number, target.set_type)
