"""Exact kilograms as clients see them: converted and rounded once, at the door."""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from workout_domain.kernel.load import KILOGRAMS_PER_POUND, MeasurementUnit

_THREE: Final = Decimal("0.001")
_FOUR: Final = Decimal("0.0001")


def shown(kilograms: Decimal, unit: str) -> Decimal:
    """Return a load in the unit asked for, with at most three decimals."""
    amount = kilograms if unit == MeasurementUnit.KILOGRAMS else kilograms / KILOGRAMS_PER_POUND
    return three_places(amount)


def shown_or_none(kilograms: Decimal | None, unit: str) -> Decimal | None:
    """Return a load in the unit asked for, or None where it is not known."""
    return None if kilograms is None else shown(kilograms, unit)


def three_places(value: Decimal) -> Decimal:
    """Round to three decimals, without zeros that say nothing."""
    return _plain(value.quantize(_THREE, rounding=ROUND_HALF_EVEN))


def share(value: Decimal | None) -> Decimal | None:
    """Round a share or ratio to four decimals."""
    return None if value is None else _plain(value.quantize(_FOUR, rounding=ROUND_HALF_EVEN))


def _plain(value: Decimal) -> Decimal:
    # normalize() alone writes 100 as 1E+2.
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()
