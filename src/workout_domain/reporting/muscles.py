"""How hard sets count for the muscles an exercise works."""

from decimal import Decimal
from typing import Final

SECONDARY_SHARE: Final = Decimal("0.5")
"""A set counts in full for the muscles an exercise is for, and by half for those that help."""

SIDE_SHARE: Final = Decimal("0.5")
"""A set of one side is half of one that both sides did."""


def whole_sets(hard_sets: int, sided_hard_sets: int) -> Decimal:
    """Return how many sets it were, had both sides done each."""
    return hard_sets - sided_hard_sets * SIDE_SHARE


def weighted_sets(primary: Decimal, secondary: Decimal) -> Decimal:
    """Return the sets of a muscle: those it did itself, and a share of those it helped with."""
    return primary + secondary * SECONDARY_SHARE
