"""A figure and how it came about, step by step, so that it can be told and worked out again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final


class Operation(StrEnum):
    """What one step does with the figure before it and its operand."""

    TAKE = "take"
    ADD = "add"
    SUBTRACT = "subtract"
    MULTIPLY = "multiply"
    DIVIDE = "divide"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    ROUND_NEAREST = "round_nearest"
    ROUND_DOWN = "round_down"
    ROUND_UP = "round_up"


def _to_a_multiple(rounding: str) -> Callable[[Decimal, Decimal], Decimal]:
    def rounded(value: Decimal, step: Decimal) -> Decimal:
        return (value / step).quantize(Decimal(1), rounding=rounding) * step

    return rounded


_DOES: Final[Mapping[Operation, Callable[[Decimal, Decimal], Decimal]]] = {
    Operation.TAKE: lambda _, operand: operand,
    Operation.ADD: lambda value, operand: value + operand,
    Operation.SUBTRACT: lambda value, operand: value - operand,
    Operation.MULTIPLY: lambda value, operand: value * operand,
    Operation.DIVIDE: lambda value, operand: value / operand,
    Operation.AT_MOST: min,
    Operation.AT_LEAST: max,
    Operation.ROUND_NEAREST: _to_a_multiple(ROUND_HALF_UP),
    Operation.ROUND_DOWN: _to_a_multiple(ROUND_FLOOR),
    Operation.ROUND_UP: _to_a_multiple(ROUND_CEILING),
}


def worked_out(operation: Operation, value: Decimal, operand: Decimal) -> Decimal:
    """Do one step; half a step of rounding goes up."""
    return without_zeros(_DOES[operation](value, operand))


def without_zeros(value: Decimal) -> Decimal:
    """Return the same figure without zeros that say nothing: 82.5 for 82.500."""
    # Adding zero turns 1E+2, as a number without its zeros is written, into 100.
    return value.normalize() + 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReckoningStep:
    """One step: ``what`` names its operand, ``result`` is the figure after it."""

    operation: Operation
    what: str
    operand: Decimal
    result: Decimal


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A figure with the steps that led to it; it begins with one that takes a figure."""

    steps: tuple[ReckoningStep, ...]

    @classmethod
    def of(cls, value: Decimal, what: str) -> "Reckoning":
        """Begin with a figure."""
        return cls(()).then(Operation.TAKE, value, what)

    @property
    def value(self) -> Decimal:
        """The figure."""
        return self.steps[-1].result

    def then(self, operation: Operation, operand: Decimal, what: str) -> "Reckoning":
        """Go on by one step."""
        before = self.value if self.steps else Decimal(0)
        step = ReckoningStep(
            operation=operation,
            what=what,
            operand=operand,
            result=worked_out(operation, before, operand),
        )
        return Reckoning((*self.steps, step))

    def unless_kept(self, operation: Operation, operand: Decimal, what: str) -> "Reckoning":
        """Go on by one step, but only if it changes the figure: limits are told when they bind."""
        further = self.then(operation, operand, what)
        return self if further.value == self.value else further
