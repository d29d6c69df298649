"""Exact kilograms as clients see them: converted and rounded once, at the door."""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from workout_domain.kernel.load import KILOGRAMS_PER_POUND, MeasurementUnit

_THREE: Final = Decimal("0.001")
_FOUR: Final = Decimal("0.0001")


def shown(kilograms: Decimal, unit: str) -> Decimal:
    """Return a load in the unit asked for, with at most three decimals."""
    return three_places(converted(kilograms, unit))


def converted(kilograms: Decimal, unit: str) -> Decimal:
    """Return a load in the unit asked for, to be calculated with."""
    return kilograms if unit == MeasurementUnit.KILOGRAMS else kilograms / KILOGRAMS_PER_POUND


def shown_or_none(kilograms: Decimal | None, unit: str) -> Decimal | None:
    """Return a load in the unit asked for, or None where it is not known."""
    return None if kilograms is None else shown(kilograms, unit)


def three_places(value: Decimal) -> Decimal:
    """Round to three decimals, without zeros that say nothing."""
    return _plain(value.quantize(_THREE, rounding=ROUND_HALF_EVEN))


def four_places(value: Decimal) -> Decimal:
    """Round to four decimals, as formulas are published, without zeros that say nothing."""
    return _plain(value.quantize(_FOUR, rounding=ROUND_HALF_EVEN))


def share(value: Decimal | None) -> Decimal | None:
    """Round a share or ratio to four decimals."""
    return None if value is None else four_places(value)


def _plain(value: Decimal) -> Decimal:
    # normalize() alone writes 100 as 1E+2.
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()
