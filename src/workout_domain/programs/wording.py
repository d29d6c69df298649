"""How figures are written in sentences for people."""

from decimal import Decimal
from typing import Final

from workout_domain.kernel.load import MeasurementUnit

_SHORT: Final = {MeasurementUnit.KILOGRAMS: "kg", MeasurementUnit.POUNDS: "lb"}


def plain(number: Decimal) -> str:
    """Write a number without zeros that say nothing: 82.5, 80."""
    return f"{number.normalize():f}"


def weight(amount: Decimal, unit: MeasurementUnit) -> str:
    """Write a weight: 82.5 kg."""
    return f"{plain(amount)} {_SHORT[unit]}"


def counted(number: int, thing: str) -> str:
    """Write how many: 1 failure, 2 failures."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}{_plural(thing)}"


def _plural(thing: str) -> str:
    return "es" if thing.endswith("s") else "s"
