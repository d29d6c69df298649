"""An estimate that is kept: which weight, and what is said of it."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests.builders.workouts import NOON, a_session, a_set
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.formulas.one_rep_max import Formula
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.training.effective_load import ONLY_COMPUTED
from workout_domain.training.errors import SessionNotInProgress
from workout_domain.training.estimate import EstimatedSingle, SourceSet
from workout_domain.training.workout_session import SessionStatus, SessionSummary

pytestmark = pytest.mark.requirement("STR-11")

KG = MeasurementUnit.KILOGRAMS
FIVES = SourceSet(weight=Decimal(100), reps=5)


def an_estimate(**fields: Any) -> EstimatedSingle:
    """Choose an estimate."""
    return EstimatedSingle(**{"choice": "epley", "unit": KG, "source": FIVES, **fields})


@pytest.mark.parametrize(
    ("choice", "expected"),
    [("epley", "116.650"), ("lombardi", "117.462"), ("median", "116.583"), ("average", "115.488")],
)
def test_the_chosen_estimate_is_kept_to_three_decimals(choice: str, expected: str) -> None:
    assert an_estimate(choice=choice).load() == Load(Decimal(expected), KG)


@pytest.mark.parametrize("formula", Formula)
def test_a_single_is_kept_as_it_is(formula: Formula) -> None:
    single = SourceSet(weight=Decimal("102.5"), reps=1)

    assert an_estimate(choice=formula.value, source=single).load() == Load(Decimal("102.5"), KG)


def test_what_was_left_counts_as_done() -> None:
    easy = SourceSet(weight=Decimal(100), reps=5, reserve=Decimal(2))

    assert an_estimate(source=easy).load() == Load(Decimal("123.310"), KG)


def test_of_a_lift_that_moves_the_body_what_may_be_added_is_kept() -> None:
    pull_up = SourceSet(weight=Decimal(22), reps=8, body=Decimal(80))
    assisted = SourceSet(weight=Decimal(-30), reps=8, body=Decimal(80))

    assert an_estimate(source=pull_up).load() == Load(Decimal("49.173"), KG)
    with pytest.raises(Invalid) as refused:
        an_estimate(source=assisted).load()
    assert [error.pointer for error in refused.value.errors] == ["/weight"]


def test_a_value_computed_elsewhere_is_kept_as_it_is() -> None:
    given = an_estimate(source=None, value=Decimal("116.65"))

    assert given.load() == Load(Decimal("116.65"), KG)
    assert given.sentence() == "Estimated one-rep max (epley 0.0333)."


def test_an_estimate_says_where_it_comes_from() -> None:
    assert an_estimate().sentence() == (
        "Estimated one-rep max (epley 0.0333), from 5 x 100 kilograms."
    )
    assert an_estimate(choice="median").sentence().startswith("Estimated one-rep max (median),")
    assert an_estimate().origin() == {
        "formula": "epley",
        "version": "0.0333",
        "unit": "kilograms",
        "weight": 100,
        "reps": 5,
        "body": 0,
        "reserve": 0,
    }


def test_a_session_that_holds_an_estimate_is_over_and_nothing_was_moved_in_it() -> None:
    session = a_session()
    single = a_set(session.id, sequence=2, load_rule=ONLY_COMPUTED)

    session.end_with_estimate(single, log_id=uuid4(), summary=SessionSummary(), at=NOON)

    assert session.status is SessionStatus.COMPLETED
    assert session.sets == (single,)
    assert [log.exercise_id for log in session.exercise_logs] == [single.exercise_id]
    assert [event.kind for event in session.take_events()] == [
        "workout.started",
        "workout.set.logged",
        "workout.completed",
    ]
    assert session.sequence == 3
    assert (single.effective_kg, single.volume_kg) == (None, None)
    single.weigh(Load(Decimal(80)))
    assert single.effective_kg is None
    with pytest.raises(SessionNotInProgress):
        session.end_with_estimate(single, log_id=uuid4(), summary=SessionSummary(), at=NOON)
