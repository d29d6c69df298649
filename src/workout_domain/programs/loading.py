"""Which loads may be put on: unit, step, limits, and which way is harder."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import Final

from workout_domain.kernel.load import KILOGRAMS_PER_POUND, LARGEST_LOAD, MeasurementUnit
from workout_domain.programs.reckoning import Operation, Reckoning, worked_out


class LoadKind(StrEnum):
    """What a weight of the exercise means; the catalogue's words, as programs need them."""

    EXTERNAL = "external"
    BODYWEIGHT = "bodyweight"
    ASSISTED = "assisted"


class RoundingMode(StrEnum):
    """To which multiple of the step a load is rounded; half a step goes up to the nearest."""

    NEAREST = "nearest"
    DOWN = "down"


STEPS: Final = {
    MeasurementUnit.KILOGRAMS: Decimal("2.5"),
    MeasurementUnit.POUNDS: Decimal(5),
}
"""The smallest steps where nothing else is said: a pair of the lightest usual plates."""


def converted(amount: Decimal, unit: MeasurementUnit, to: MeasurementUnit) -> Decimal:
    """Return a weight in another unit, not rounded; its own unit gives it back as it is."""
    if unit is to:
        return amount
    if to is MeasurementUnit.KILOGRAMS:
        return amount * KILOGRAMS_PER_POUND
    return amount / KILOGRAMS_PER_POUND


@dataclass(frozen=True, slots=True, kw_only=True)
class Loading:
    """
    The loads of one rule: multiples of ``step`` in ``unit``, from ``minimum`` to ``maximum``.

    Of an assisted lift the figures are the assistance: less is harder, and down rounds to more.
    """

    unit: MeasurementUnit
    step: Decimal
    rounding: RoundingMode = RoundingMode.NEAREST
    minimum: Decimal = Decimal(0)
    maximum: Decimal = LARGEST_LOAD

    @property
    def least(self) -> Decimal:
        """The smallest multiple of the step within the limits."""
        return (self.minimum / self.step).quantize(Decimal(1), ROUND_CEILING) * self.step

    @property
    def most(self) -> Decimal:
        """The largest multiple of the step within the limits."""
        return (self.maximum / self.step).quantize(Decimal(1), ROUND_FLOOR) * self.step

    def within(self, reckoning: Reckoning) -> Reckoning:
        """Keep a figure within the limits."""
        capped = reckoning.unless_kept(Operation.AT_MOST, self.maximum, "maximum")
        return capped.unless_kept(Operation.AT_LEAST, self.minimum, "minimum")

    def loadable(self, reckoning: Reckoning, *, kind: LoadKind) -> Reckoning:
        """Round a figure to a load that may be put on."""
        return self.limited(self.rounded(reckoning, kind=kind))

    def rounded(self, reckoning: Reckoning, *, kind: LoadKind) -> Reckoning:
        """Round a figure to a multiple of the step, whatever the limits."""
        return reckoning.unless_kept(self._rounding(kind), self.step, "rounding_step")

    def limited(self, reckoning: Reckoning) -> Reckoning:
        """Keep a multiple of the step among those within the limits."""
        capped = reckoning.unless_kept(Operation.AT_MOST, self.most, "maximum")
        return capped.unless_kept(Operation.AT_LEAST, self.least, "minimum")

    def nearest(self, amount: Decimal) -> Decimal:
        """Return the multiple of the step that is nearest to a weight."""
        return worked_out(Operation.ROUND_NEAREST, amount, self.step)

    def _rounding(self, kind: LoadKind) -> Operation:
        if self.rounding is RoundingMode.NEAREST:
            return Operation.ROUND_NEAREST
        return Operation.ROUND_UP if kind is LoadKind.ASSISTED else Operation.ROUND_DOWN


def harder(reckoning: Reckoning, amount: Decimal, what: str, *, kind: LoadKind) -> Reckoning:
    """Make a load harder: more weight, or less assistance."""
    is_assisted = kind is LoadKind.ASSISTED
    return reckoning.then(Operation.SUBTRACT if is_assisted else Operation.ADD, amount, what)


def easier(reckoning: Reckoning, amount: Decimal, what: str, *, kind: LoadKind) -> Reckoning:
    """Make a load easier: less weight, or more assistance."""
    is_assisted = kind is LoadKind.ASSISTED
    return reckoning.then(Operation.ADD if is_assisted else Operation.SUBTRACT, amount, what)


def easier_by_percent(reckoning: Reckoning, percent: Decimal, *, kind: LoadKind) -> Reckoning:
    """Make a load easier by a share of itself."""
    share = percent / 100
    factor = 1 + share if kind is LoadKind.ASSISTED else 1 - share
    return reckoning.then(Operation.MULTIPLY, factor, "deload_factor")


def is_as_hard(done: Decimal, asked: Decimal, *, kind: LoadKind) -> bool:
    """Tell whether a load is at least as hard as the one that was asked for."""
    return done <= asked if kind is LoadKind.ASSISTED else done >= asked
