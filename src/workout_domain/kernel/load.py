"""Weights with their unit: exact, kept as entered, converted only on request."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import ClassVar, Final

from workout_domain.kernel.errors import Invalid

KILOGRAMS_PER_POUND = Decimal("0.45359237")
LARGEST_LOAD = Decimal("9999.999")
_THREE_PLACES = Decimal("0.001")


class MeasurementUnit(StrEnum):
    """The units a weight may be given in."""

    KILOGRAMS = "kilograms"
    POUNDS = "pounds"


KILOGRAMS: Final = MeasurementUnit.KILOGRAMS.value


class UnitsNotConvertible(Invalid):
    """There is no conversion between the two units."""

    code: ClassVar[str] = "units_not_convertible"


class LoadNotAllowed(Invalid):
    """A weight must be zero or more, finite, and below ten thousand."""

    code: ClassVar[str] = "load_not_allowed"


@dataclass(frozen=True, slots=True)
class Load:
    """
    A weight as it was entered: at most three decimals, never negative.

    Raises:
        LoadNotAllowed: negative, not finite or too large.

    Source: the international pound of 1959 is exactly 0.45359237 kg.
    """

    amount: Decimal
    unit: MeasurementUnit = MeasurementUnit.KILOGRAMS

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or not 0 <= self.amount <= LARGEST_LOAD:
            raise LoadNotAllowed.field(
                "/weight", "out_of_range", f"A weight lies between 0 and {LARGEST_LOAD}."
            )

    @property
    def exact_kilograms(self) -> Decimal:
        """The same weight in kilograms, with every decimal a pound has."""
        if self.unit == MeasurementUnit.POUNDS:
            return self.amount * KILOGRAMS_PER_POUND
        return self.amount

    def to(self, unit: str) -> "Load":
        """
        Return the same weight in ``unit``, rounded to three decimals; its own unit gives itself.

        Raises:
            UnitsNotConvertible: ``unit`` is no unit of weight.
        """
        if unit == self.unit:
            return self
        if unit == MeasurementUnit.KILOGRAMS:
            amount = self.amount * KILOGRAMS_PER_POUND
        elif unit == MeasurementUnit.POUNDS:
            amount = self.amount / KILOGRAMS_PER_POUND
        else:
            raise UnitsNotConvertible(f"Cannot convert from {self.unit} to {unit}")
        rounded = amount.quantize(_THREE_PLACES, rounding=ROUND_HALF_EVEN)
        return Load(rounded, MeasurementUnit(unit))


def shown_in(unit: str, exact_kilograms: Decimal) -> Decimal:
    """Return exact kilograms in ``unit`` to three decimals, half away from zero as in the reads."""
    per_unit = KILOGRAMS_PER_POUND if unit == MeasurementUnit.POUNDS else 1
    return (exact_kilograms / per_unit).quantize(_THREE_PLACES, rounding=ROUND_HALF_UP)
