"""Weights a plan leaves open: filled by what programs ask for, and by nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.workouts import NOON, a_plan, a_prescription
from tests.domain.training.test_targets import targets
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.load import Load
from workout_domain.training.blocks import Block, BlockKind
from workout_domain.training.progression import Progression
from workout_domain.training.resolving import ExerciseLoads, FoundLoad, resolved
from workout_domain.training.session_time import SessionTime
from workout_domain.training.targets import SetTarget
from workout_domain.training.workout import Workout

pytestmark = pytest.mark.requirement("BEY-07")

BY_RULE = Progression(reason="from_load", rule_id=uuid4())
OF_MAXIMUM = Progression(reason="from_training_max", training_max_id=uuid4())


def found(amount: int, progression: Progression = BY_RULE) -> FoundLoad:
    """Ask for a weight."""
    return FoundLoad(Load(Decimal(amount)), progression)


def loads() -> st.SearchStrategy[ExerciseLoads]:
    """Make anything programs may ask for."""
    maybe = st.none() | st.integers(0, 300).map(found)
    percentages = st.integers(1, 2000).map(lambda tenths: Decimal(tenths) / 10)
    return st.builds(
        ExerciseLoads,
        of_percentages=st.dictionaries(
            percentages, st.integers(0, 300).map(lambda amount: found(amount, OF_MAXIMUM))
        ),
        in_turn=st.lists(maybe, max_size=5).map(tuple),
        beyond=maybe,
    )


@given(st.lists(targets(), max_size=8), loads(), st.booleans())
def test_only_the_weight_of_an_open_target_is_filled(
    planned: list[SetTarget], asked: ExerciseLoads, judged: bool
) -> None:
    after = resolved(planned, asked, lambda _: judged)

    assert len(after) == len(planned)
    for old, new in zip(planned, after, strict=True):
        percentage = old.percent_of_training_max
        assert replace(new, load=None, progression=None) == replace(
            old, load=None, progression=None
        )
        if old.load is not None or not (judged or percentage):
            assert new == old
        elif percentage is not None and new != old:
            assert new.load == asked.of_percentages[percentage].load
            assert new.progression is OF_MAXIMUM
    assert resolved(after, asked, lambda _: judged) == after


def test_a_rule_s_loads_go_to_the_sets_it_judges_in_turn() -> None:
    heavy = Load(Decimal(140))
    planned = [
        SetTarget(number=1, reps=5, set_type="warm_up"),
        SetTarget(number=2, reps=5),
        SetTarget(number=3, reps=5, load=heavy),
        SetTarget(number=4, reps=5, percent_of_training_max=Decimal(50)),
        SetTarget(number=5, reps=5),
        SetTarget(number=6, reps=5),
        SetTarget(number=7, reps=5),
    ]
    asked = ExerciseLoads(
        of_percentages={Decimal("50.0"): found(55, OF_MAXIMUM)},
        in_turn=(found(1), found(2), found(3), None),
        beyond=found(9),
    )

    after = resolved(planned, asked, lambda one: one.set_type == "normal")

    weights = [None if one.load is None else one.load.amount for one in after]
    assert weights == [None, 1, 140, 55, None, 9, 9]
    assert [one.progression for one in after] == [
        None, BY_RULE, None, OF_MAXIMUM, None, BY_RULE, BY_RULE
    ]  # fmt: skip


def test_what_drops_from_a_set_is_known_by_its_number() -> None:
    squat, press = uuid4(), uuid4()
    asked = [
        a_prescription(squat, sets=2, block=0),
        a_prescription(press, sets=1, block=0),
        a_prescription(squat, sets=3, block=1),
        a_prescription(press, sets=2, block=2),
        a_prescription(squat, sets=2, block=3),
    ]
    blocks = (
        Block(kind=BlockKind.SUPERSET, rounds=2),
        Block(kind=BlockKind.DROP),
        Block(kind=BlockKind.CLUSTER),
        Block(kind=BlockKind.DROP),
    )
    workout = Workout.draft(
        workout_id=uuid4(),
        trainer_id=uuid4(),
        plan=a_plan(),
        exercises=[(uuid4(), one) for one in asked],
        blocks=blocks,
        at=NOON,
    )

    assert workout.planned_drops() == {squat: {6, 7, 9}}
    assert len(workout.planned_targets()[squat]) == 9


def test_a_session_of_today_stands_where_it_begins_and_another_at_its_date() -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    earlier, before = late - timedelta(hours=3), late - timedelta(days=1)

    today = SessionTime.of(earlier, "UTC", now=late)
    past = SessionTime.of(before, "UTC", now=late)
    elsewhere = SessionTime.of(earlier, "Pacific/Auckland", now=late)

    assert (today.local_date, today.place) == (date(2026, 3, 2), late)
    assert (past.local_date, past.place) == (date(2026, 3, 1), before)
    assert (elsewhere.local_date, elsewhere.place) == (date(2026, 3, 3), late)


@pytest.mark.parametrize(
    ("session_date", "time_zone"), [(NOON + timedelta(days=2), "UTC"), (NOON, "Mars/Olympus")]
)
def test_a_session_has_a_time_and_a_place(session_date: datetime, time_zone: str) -> None:
    with pytest.raises(Invalid):
        SessionTime.of(session_date, time_zone, now=NOON)
