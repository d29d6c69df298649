"""Weights: exact, kept as entered, converted on request."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workout_domain.kernel.load import (
    KILOGRAMS_PER_POUND,
    LARGEST_LOAD,
    Load,
    LoadNotAllowed,
    MeasurementUnit,
    UnitsNotConvertible,
)

pytestmark = pytest.mark.requirement("TRN-23")

KG, LB = MeasurementUnit.KILOGRAMS, MeasurementUnit.POUNDS
amounts = st.decimals(min_value=0, max_value=4000, places=3)


@pytest.mark.parametrize(
    ("kilograms", "pounds"),
    [
        ("0", "0.000"),
        ("1", "2.205"),
        ("100", "220.462"),
        ("20", "44.092"),
        ("142.5", "314.159"),
        ("0.454", "1.001"),
    ],
)
def test_kilograms_become_pounds(kilograms: str, pounds: str) -> None:
    assert Load(Decimal(kilograms), KG).to(LB) == Load(Decimal(pounds), LB)


@pytest.mark.parametrize(
    ("pounds", "kilograms"),
    [
        ("220.462", "100.000"),
        ("1", "0.454"),
        ("45", "20.412"),
        ("225", "102.058"),
        ("1000", "453.592"),
        ("100000", None),
    ],
)
def test_pounds_become_kilograms(pounds: str, kilograms: str | None) -> None:
    if kilograms is None:
        with pytest.raises(LoadNotAllowed):
            Load(Decimal(pounds), LB)
        return

    assert Load(Decimal(pounds), LB).to(KG) == Load(Decimal(kilograms), KG)


def test_the_pound_is_the_exact_international_one_and_not_its_rounding() -> None:
    exact = Load(Decimal("2204.623"), LB).to(KG)
    rounded = Decimal("2204.623") / Decimal("2.20462")

    assert Decimal("0.45359237") == KILOGRAMS_PER_POUND
    assert exact.amount == Decimal("1000.000")
    assert rounded.quantize(Decimal("0.001")) == Decimal("1000.001")


@given(amounts, st.sampled_from(MeasurementUnit))
def test_the_same_unit_gives_the_load_itself(amount: Decimal, unit: MeasurementUnit) -> None:
    load = Load(amount, unit)

    assert load.to(unit) is load


@given(amounts)
def test_there_and_back_is_off_by_a_gram_at_most(amount: Decimal) -> None:
    back = Load(amount, KG).to(LB).to(KG)

    assert abs(back.amount - amount) <= Decimal("0.001")


@given(amounts, amounts)
def test_conversion_keeps_the_order(first: Decimal, second: Decimal) -> None:
    small, large = sorted([first, second])

    assert Load(small, KG).to(LB).amount <= Load(large, KG).to(LB).amount


@pytest.mark.parametrize("unit", [KG, LB])
@pytest.mark.parametrize("target", ["stone", "", "KILOGRAMS"])
def test_any_other_unit_is_refused_by_name(unit: MeasurementUnit, target: str) -> None:
    with pytest.raises(UnitsNotConvertible) as refused:
        Load(Decimal(1), unit).to(target)

    assert refused.value.message == f"Cannot convert from {unit} to {target}"


@pytest.mark.parametrize(
    "amount", ["-0.001", "-1", "NaN", "sNaN", "Infinity", "-Infinity", "10000"]
)
def test_what_is_no_weight_is_refused(amount: str) -> None:
    with pytest.raises(LoadNotAllowed) as refused:
        Load(Decimal(amount))

    assert refused.value.errors[0].pointer == "/weight"


@pytest.mark.parametrize("amount", [Decimal(0), LARGEST_LOAD])
def test_both_ends_are_weights(amount: Decimal) -> None:
    assert Load(amount).amount == amount
