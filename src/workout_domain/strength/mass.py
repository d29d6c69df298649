"""
Masses as whole numbers of ten nanograms, so that sums of kilograms and pounds are exact.

That is the largest unit in which a thousandth of a kilogram and a thousandth of a pound are both
whole: 1 lb is exactly 0.45359237 kg.
"""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from workout_domain.kernel.load import KILOGRAMS_PER_POUND, Load, MeasurementUnit

_PER_KILOGRAM: Final = 10**11
_PER_POUND: Final = int(KILOGRAMS_PER_POUND * _PER_KILOGRAM)
_PER_UNIT: Final = {
    MeasurementUnit.KILOGRAMS: _PER_KILOGRAM,
    MeasurementUnit.POUNDS: _PER_POUND,
}
_EIGHT_PLACES: Final = Decimal("0.00000001")


def mass_of(load: Load) -> int:
    """Return a load in tens of nanograms."""
    return int(load.amount * _PER_UNIT[load.unit])


def amount_in(mass: int, unit: MeasurementUnit) -> Decimal:
    """Return a mass without trailing zeros: exact in kilograms, to eight decimals in pounds."""
    amount = Decimal(mass) / _PER_UNIT[unit]
    if unit is MeasurementUnit.POUNDS:
        amount = amount.quantize(_EIGHT_PLACES, rounding=ROUND_HALF_EVEN)
    # Plain notation, because JSON would show normalized hundreds as 1E+2.
    return Decimal(f"{amount.normalize():f}")
