"""Warm-ups: a ramp that rises, is loadable, and changes few plates."""

from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.strength.errors import BelowBar
from workout_domain.strength.mass import mass_of
from workout_domain.strength.plates import (
    STANDARD_BARS,
    Implement,
    PlateStock,
    load_plates,
    standard_plates,
)
from workout_domain.strength.warm_up import RAMP, WarmUp, warm_up

pytestmark = pytest.mark.requirement("BEY-11")

KG, LB = MeasurementUnit.KILOGRAMS, MeasurementUnit.POUNDS


def a_ramp(target: str, reps: int = 5, unit: MeasurementUnit = KG) -> WarmUp:
    """Make the ramp to a target in a usual gym."""
    implement = Implement(bar=STANDARD_BARS[unit])
    return warm_up(Load(Decimal(target), unit), reps, implement, standard_plates(unit))


def weights(ramp: WarmUp) -> list[str]:
    """Return what the sets weigh, the working set last."""
    return [str(one.loading.achieved) for one in (*ramp.sets, ramp.work_set)]


def test_a_ramp_begins_with_the_bar_and_ends_with_the_working_set() -> None:
    ramp = a_ramp("100")

    assert weights(ramp) == ["20", "40", "60", "80", "100"]
    assert [one.reps for one in ramp.sets] == [10, 5, 3, 2]
    assert [str(one.percentage) for one in ramp.sets] == ["20.0", "40.0", "60.0", "80.0"]
    assert (ramp.work_set.reps, ramp.work_set.percentage) == (5, 100)


def test_steps_move_a_little_where_that_saves_plates() -> None:
    ramp = a_ramp("225", unit=LB)

    assert weights(ramp) == ["45", "95", "135", "185", "225"]
    assert [[str(load.amount) for load in one.loading.per_side] for one in ramp.sets] == [
        [],
        ["25"],
        ["45"],
        ["45", "25"],
    ]
    assert ramp.changes == 6


def test_before_few_repetitions_there_is_a_heavy_single() -> None:
    assert [one.reps for one in a_ramp("180", reps=1).sets] == [10, 5, 3, 2, 1]
    assert [one.reps for one in a_ramp("180", reps=5).sets] == [10, 5, 3, 2]


def test_light_targets_need_fewer_sets() -> None:
    assert weights(a_ramp("20")) == ["20"]
    assert weights(a_ramp("30")) == ["20", "25", "30"]


def test_a_target_that_cannot_be_loaded_is_approached() -> None:
    ramp = a_ramp("101")

    assert ramp.work_set.loading.remainder == 1
    assert ramp.work_set.percentage == 100


def test_a_target_below_the_bar_is_refused() -> None:
    with pytest.raises(BelowBar):
        a_ramp("15")


@pytest.mark.parametrize("reps", [0, 101])
def test_repetitions_out_of_bounds_are_refused(reps: int) -> None:
    with pytest.raises(Invalid) as refused:
        a_ramp("100", reps=reps)

    assert [error.pointer for error in refused.value.errors] == ["/reps"]


def test_where_only_large_plates_are_steps_are_left_out() -> None:
    bar = Implement(bar=STANDARD_BARS[KG])
    ramp = warm_up(Load(Decimal(100)), 5, bar, [PlateStock(load=Load(Decimal(20)), pairs=2)])

    assert weights(ramp) == ["20", "60", "100"]


loads = st.builds(
    Load,
    st.sampled_from(["1.25", "2.5", "5", "10", "15", "20", "25"]).map(Decimal),
    st.sampled_from(MeasurementUnit),
)
stocks = st.lists(
    st.builds(PlateStock, load=loads, pairs=st.integers(0, 4)), min_size=1, max_size=7
)


@given(st.decimals(20, 300, places=2), st.integers(1, 12), stocks)
def test_a_ramp_rises_within_its_tolerance_and_is_loadable(
    target: Decimal, reps: int, stock: list[PlateStock]
) -> None:
    bar = Implement(bar=STANDARD_BARS[KG])
    ramp = warm_up(Load(target), reps, bar, stock)

    pairs: Counter[Load] = Counter()
    for one in stock:
        pairs[one.load] += one.pairs
    loadings = [one.loading for one in (*ramp.sets, ramp.work_set)]
    assert all(not Counter(one.per_side) - pairs for one in loadings)
    assert all(earlier.achieved < later.achieved for earlier, later in pairwise(loadings))
    assert loadings[-1].achieved == load_plates(Load(target), bar, stock).achieved
    shares = [step.share for step in RAMP.steps_before(reps)]
    for loading in loadings[1:-1]:
        share = loading.achieved / loadings[-1].achieved
        assert min(abs(share - wanted) for wanted in shares) <= RAMP.tolerance + Decimal("0.000001")


@given(st.decimals(20, 300, places=2), stocks)
def test_what_goes_on_and_off_leads_from_set_to_set(
    target: Decimal, stock: list[PlateStock]
) -> None:
    ramp = warm_up(Load(target), 5, Implement(bar=STANDARD_BARS[KG]), stock)

    on_now: Counter[Load] = Counter()
    for one in (*ramp.sets, ramp.work_set):
        assert not Counter(one.loading.taken_off) - on_now
        on_now = on_now - Counter(one.loading.taken_off) + Counter(one.loading.put_on)
        assert on_now == Counter(one.loading.per_side)


@given(st.decimals(40, 300, places=0))
def test_a_ramp_changes_no_more_plates_than_loading_each_step_for_itself(target: Decimal) -> None:
    ramp = a_ramp(str(target))

    apart = 0
    before: Counter[Load] = Counter()
    for one in (*ramp.sets, ramp.work_set):
        nearest = load_plates(
            Load(one.loading.achieved), Implement(bar=STANDARD_BARS[KG]), standard_plates(KG)
        )
        plates = Counter(nearest.per_side)
        apart += (plates - before).total() + (before - plates).total()
        before = plates
    assert ramp.changes <= apart
    assert mass_of(Load(ramp.work_set.loading.achieved)) <= mass_of(Load(target))
