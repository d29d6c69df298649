"""How computed figures are shown: four decimals, rounded half to even, once and at the end."""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

_FOUR_PLACES: Final = Decimal("0.0001")


def four_places(value: Decimal) -> Decimal:
    """Return ``value`` with exactly four decimals."""
    return value.quantize(_FOUR_PLACES, rounding=ROUND_HALF_EVEN)
