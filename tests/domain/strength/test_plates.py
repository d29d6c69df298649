"""Plates: exact, as published, and never worse than trying everything."""

from collections import Counter
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.strength.errors import BelowBar, TooManyCombinations
from workout_domain.strength.mass import amount_in, mass_of
from workout_domain.strength.plates import (
    MOST_DENOMINATIONS,
    STANDARD_BARS,
    Implement,
    Loading,
    PlateStock,
    choose_fixed,
    load_plates,
    standard_plates,
)

pytestmark = pytest.mark.requirement("STR-12", "BEY-11")

KG, LB = MeasurementUnit.KILOGRAMS, MeasurementUnit.POUNDS
GYM = {"25": 4, "20": 1, "15": 1, "10": 1, "5": 1, "2.5": 1, "1.25": 1}
POUNDS_GYM = {"45": 4, "35": 1, "25": 1, "10": 2, "5": 1, "2.5": 1}


def a_load(amount: str | Decimal, unit: MeasurementUnit = KG) -> Load:
    """Make a load."""
    return Load(Decimal(amount), unit)


def a_stock(pairs: dict[str, int], unit: MeasurementUnit = KG) -> list[PlateStock]:
    """Make a stock of plates of one unit."""
    return [PlateStock(load=a_load(weight, unit), pairs=one) for weight, one in pairs.items()]


BAR = Implement(bar=a_load("20"))
POUNDS_BAR = Implement(bar=a_load("45", LB))


def weights(loads: tuple[Load, ...]) -> list[str]:
    """Return the amounts of loads as texts."""
    return [str(load.amount) for load in loads]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("100", ["25", "15"]),
        ("102.5", ["25", "15", "1.25"]),
        ("142.5", ["25", "25", "10", "1.25"]),
        ("227.5", ["25", "25", "25", "25", "2.5", "1.25"]),
        ("20", []),
    ],
)
@pytest.mark.parametrize("stock", [a_stock(GYM), standard_plates(KG)], ids=["vectors", "standard"])
def test_the_published_loadings_come_out(
    target: str, expected: list[str], stock: list[PlateStock]
) -> None:
    loading = load_plates(a_load(target), BAR, stock)

    assert weights(loading.per_side) == expected
    assert (loading.achieved, loading.remainder, loading.loadable) == (Decimal(target), 0, True)


@pytest.mark.parametrize(
    ("target", "unit", "expected", "achieved", "remainder"),
    [
        ("101", KG, ["25", "15"], "100", "1"),
        ("225", LB, ["45", "45"], "225", "0"),
        ("187.5", LB, ["45", "25"], "185", "2.5"),
        ("100", KG, ["45", "35", "5", "2.5"], "99.7903214", "0.2096786"),
    ],
)
def test_what_cannot_be_loaded_says_what_is_missing(
    target: str, unit: MeasurementUnit, expected: list[str], achieved: str, remainder: str
) -> None:
    is_vector_in_kilograms = target == "101"
    loading = load_plates(
        a_load(target, unit),
        BAR if is_vector_in_kilograms else POUNDS_BAR,
        a_stock(GYM) if is_vector_in_kilograms else a_stock(POUNDS_GYM, LB),
    )

    assert weights(loading.per_side) == expected
    assert (loading.achieved, loading.remainder) == (Decimal(achieved), Decimal(remainder))
    assert loading.loadable is (remainder == "0")
    assert loading.unit is unit


@pytest.mark.parametrize("target", ["15", "0", "19.999"])
def test_a_target_below_the_bar_is_refused(target: str) -> None:
    with pytest.raises(BelowBar) as refused:
        load_plates(a_load(target), BAR, a_stock(GYM))

    assert [error.pointer for error in refused.value.errors] == ["/target"]


def test_where_greedy_fails_the_search_does_not() -> None:
    loading = load_plates(a_load("100"), BAR, a_stock({"25": 1, "20": 2}))

    assert weights(loading.per_side) == ["20", "20"]
    assert loading.achieved == 100


def test_of_equal_loadings_that_of_fewest_plates_wins() -> None:
    loading = load_plates(a_load("70"), BAR, a_stock({"5": 5, "10": 2, "15": 1, "25": 1}))

    assert weights(loading.per_side) == ["25"]


def test_of_as_few_plates_the_heaviest_come_first() -> None:
    loading = load_plates(a_load("80"), BAR, a_stock({"15": 2, "20": 1, "10": 1}))

    assert weights(loading.per_side) == ["20", "10"]


def test_collars_count() -> None:
    implement = Implement(bar=a_load("20"), collars=a_load("5"))

    loading = load_plates(a_load("100"), implement, a_stock(GYM))

    assert weights(loading.per_side) == ["25", "10", "2.5"]
    with pytest.raises(BelowBar):
        load_plates(a_load("24"), implement, a_stock(GYM))


def test_on_one_side_both_plates_of_a_pair_are_used() -> None:
    landmine = Implement(bar=a_load("20"), sides=1)

    loading = load_plates(a_load("70"), landmine, a_stock({"25": 1}))

    assert weights(loading.per_side) == ["25", "25"]
    assert loading.loadable


@pytest.mark.parametrize("sides", [0, 3])
def test_an_implement_has_one_side_or_two(sides: int) -> None:
    with pytest.raises(Invalid) as refused:
        Implement(bar=a_load("20"), sides=sides)

    assert [error.pointer for error in refused.value.errors] == ["/sides"]


def test_plates_of_both_units_are_added_exactly() -> None:
    stock = [*a_stock({"20": 1}), *a_stock({"45": 1}, LB)]

    loading = load_plates(a_load("101"), BAR, stock)

    assert [(str(load.amount), load.unit) for load in loading.per_side] == [("45", LB), ("20", KG)]
    assert loading.achieved == Decimal("100.8233133")


def test_plates_already_on_the_bar_stay_where_they_can() -> None:
    stock = a_stock({"25": 1, "20": 2, "15": 1, "10": 2, "5": 1})

    fresh = load_plates(a_load("100"), BAR, stock)
    changed = load_plates(a_load("100"), BAR, stock, loaded=[a_load("20")])

    assert weights(fresh.per_side) == ["25", "15"]
    assert weights(changed.per_side) == ["20", "20"]
    assert (weights(changed.put_on), weights(changed.taken_off)) == (["20"], [])
    assert changed.changes == 1


def test_a_plate_the_stock_lacks_comes_off() -> None:
    loading = load_plates(a_load("60"), BAR, a_stock({"20": 1}), loaded=[a_load("17.5")])

    assert weights(loading.per_side) == ["20"]
    assert weights(loading.taken_off) == ["17.5"]


@pytest.mark.parametrize(
    ("target", "achieved", "remainder"),
    [("102", "102.5", "-0.5"), ("101.25", "100", "1.25"), ("101", "100", "1"), ("100", "100", "0")],
)
def test_on_request_the_target_may_be_exceeded(target: str, achieved: str, remainder: str) -> None:
    loading = load_plates(a_load(target), BAR, a_stock(GYM), may_exceed=True)

    assert (loading.achieved, loading.remainder) == (Decimal(achieved), Decimal(remainder))


def test_the_same_kind_of_plate_given_twice_is_counted_together() -> None:
    stock = [*a_stock({"25": 1}), *a_stock({"25.0": 1})]

    assert load_plates(a_load("120"), BAR, stock).achieved == 120


def test_without_plates_there_is_the_bar() -> None:
    loading = load_plates(a_load("100"), BAR, a_stock({"25": 0}))

    assert (loading.per_side, loading.achieved, loading.remainder) == ((), 20, 80)


@pytest.mark.parametrize(("weight", "pairs"), [("0", 1), ("25", -1), ("25", 101)])
def test_a_stock_that_cannot_be_is_refused(weight: str, pairs: int) -> None:
    with pytest.raises(Invalid) as refused:
        PlateStock(load=a_load(weight), pairs=pairs)

    assert [error.pointer for error in refused.value.errors] == ["/plates"]


def test_too_many_kinds_of_plates_are_refused() -> None:
    stock = a_stock({str(weight): 1 for weight in range(1, MOST_DENOMINATIONS + 2)})

    with pytest.raises(Invalid) as refused:
        load_plates(a_load("100"), BAR, stock)

    assert refused.value.errors[0].code == "too_long"


def test_plates_that_make_absurdly_many_sums_are_refused() -> None:
    stock = a_stock({str(Decimal(1000 + 7 * step) / 1000): 100 for step in range(30)})

    with pytest.raises(TooManyCombinations):
        load_plates(a_load("900"), BAR, stock)


@pytest.mark.parametrize("unit", MeasurementUnit)
def test_the_standard_bar_fits_the_standard_plates(unit: MeasurementUnit) -> None:
    loading = load_plates(
        a_load("225", unit), Implement(bar=STANDARD_BARS[unit]), standard_plates(unit)
    )

    assert loading.loadable


@pytest.mark.parametrize(
    ("target", "exceed", "expected", "remainder"),
    [("23", False, "22.5", "0.5"), ("24.5", True, "25", "-0.5"), ("20", False, "20", "0")],
)
def test_of_fixed_weights_the_nearest_is_chosen(
    target: str, exceed: bool, expected: str, remainder: str
) -> None:
    dumbbells = [a_load(weight) for weight in ("20", "22.5", "25")]

    choice = choose_fixed(a_load(target), dumbbells, may_exceed=exceed)

    assert choice.chosen == a_load(expected)
    assert (choice.remainder, choice.loadable) == (Decimal(remainder), remainder == "0")


def test_a_target_below_the_lightest_fixed_weight_is_refused() -> None:
    with pytest.raises(BelowBar):
        choose_fixed(a_load("9"), [a_load("10")])

    assert choose_fixed(a_load("9"), [a_load("10")], may_exceed=True).remainder == -1


units = st.sampled_from(MeasurementUnit)
plate_loads = st.builds(
    Load, st.sampled_from(["0.5", "1.25", "2.5", "5", "7.5", "10", "20"]).map(Decimal), units
)
stocks = st.lists(
    st.builds(PlateStock, load=plate_loads, pairs=st.integers(0, 2)), min_size=1, max_size=5
)
targets = st.builds(Load, st.decimals(20, 150, places=3), st.just(KG))


def rank(target: Load, bar: int, plates: list[Load], on_now: Counter[Load], exceed: Any) -> Any:
    """Rank a loading by the order of preference; None where it is not allowed."""
    error = mass_of(target) - bar - 2 * sum(mass_of(load) for load in plates)
    if error < 0 and not exceed:
        return None
    used = Counter(plates)
    changes = ((used - on_now) + (on_now - used)).total()
    heaviest = tuple(-mass_of(load) for load in plates)
    return abs(error), error < 0, changes, len(plates), heaviest


def best_by_trying(
    target: Load, stock: list[PlateStock], on_now: Counter[Load], *, exceed: bool
) -> Any:
    """Try every combination there is, and return the rank of the best."""
    pairs: Counter[Load] = Counter()
    for one in stock:
        pairs[one.load] += one.pairs
    kinds = list(pairs)
    ranks = []
    for counts in product(*(range(pairs[kind] + 1) for kind in kinds)):
        plates = [kind for kind, count in zip(kinds, counts, strict=True) for _ in range(count)]
        plates.sort(key=mass_of, reverse=True)
        ranks.append(rank(target, mass_of(BAR.bar), plates, on_now, exceed))
    return min(one for one in ranks if one is not None)


@given(targets, stocks, st.lists(plate_loads, max_size=3), st.booleans())
def test_nothing_beats_the_loading_by_the_order_of_preference(
    target: Load, stock: list[PlateStock], loaded: list[Load], exceed: bool
) -> None:
    on_now = Counter(loaded)

    loading = load_plates(target, BAR, stock, loaded=loaded, may_exceed=exceed)

    found = rank(target, mass_of(BAR.bar), list(loading.per_side), on_now, exceed)
    assert found == best_by_trying(target, stock, on_now, exceed=exceed)


@given(targets, stocks)
def test_a_loading_uses_what_is_there_and_adds_up(target: Load, stock: list[PlateStock]) -> None:
    loading = load_plates(target, BAR, stock)

    pairs: Counter[Load] = Counter()
    for one in stock:
        pairs[one.load] += one.pairs
    assert not Counter(loading.per_side) - pairs
    assert list(loading.per_side) == sorted(loading.per_side, key=mass_of, reverse=True)
    assert loading.achieved + loading.remainder == target.amount
    assert loading.remainder >= 0
    assert loading.achieved == amount_in(loaded_mass(loading), KG)


def loaded_mass(loading: Loading) -> int:
    """Return what bar and plates weigh."""
    return mass_of(BAR.bar) + 2 * sum(mass_of(load) for load in loading.per_side)


@given(st.decimals(0, "9999.999", places=3), units)
def test_masses_are_exact_in_their_own_unit(amount: Decimal, unit: MeasurementUnit) -> None:
    load = Load(amount, unit)

    assert amount_in(mass_of(load), unit) == amount


@given(st.lists(st.decimals(0, "9999.999", places=3), max_size=5))
def test_pounds_are_exact_in_kilograms(amounts: list[Decimal]) -> None:
    masses = sum(mass_of(Load(amount, LB)) for amount in amounts)

    assert amount_in(masses, KG) == sum(amounts, Decimal()) * Decimal("0.45359237")


def test_amounts_are_written_plainly() -> None:
    assert str(amount_in(mass_of(a_load("100")), KG)) == "100"
    assert str(amount_in(mass_of(a_load("225", LB)), KG)) == "102.05828325"
    assert str(amount_in(mass_of(a_load("100")), LB)) == "220.46226218"
