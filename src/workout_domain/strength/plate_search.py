"""
What sums a stock of plates makes on one side: bounded subset sums, exact and of bounded work.

Plates of kilograms and of pounds are searched apart and joined after. Each kind has a coarse grid
of its own, and together they have hardly any; and no sum has two decompositions into a kilogram and
a pound part, because those differ by multiples of 100 000 lb.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from workout_domain.kernel.load import MeasurementUnit
from workout_domain.strength.errors import TooManyCombinations

MOST_STEPS: Final = 80_000
MOST_PAIRS_OF_SUMS: Final = 10_000

_Best = tuple[int, int, tuple[int, ...]]
"""Cost, number of plates, and negated counts: the least of them is preferred."""


@dataclass(frozen=True, slots=True)
class Denomination:
    """
    One kind of plate on one side.

    ``mass`` is in tens of nanograms; ``costs`` says what it costs to use 0, 1, 2 … of them, up to
    as many as there are.
    """

    mass: int
    unit: MeasurementUnit
    costs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Combination:
    """How many of each denomination, and what they weigh together."""

    mass: int
    counts: tuple[int, ...]


class PlateSearch:
    """
    Every sum up to ``limit`` that the denominations make, each in its best way.

    Denominations come heaviest first. Of the ways to make one sum, the cheapest is kept, then that
    of the fewest plates, then that of the heaviest.

    Raises:
        TooManyCombinations: there are too many sums to search.
    """

    def __init__(self, denominations: Sequence[Denomination], *, limit: int) -> None:
        self._steps = 0
        self._places: list[list[int]] = []
        self._families: list[dict[int, _Best]] = []
        for unit in MeasurementUnit:
            places = [place for place, one in enumerate(denominations) if one.unit is unit]
            self._places.append(places)
            self._families.append(self._reachable([denominations[p] for p in places], limit))
        self._number = len(denominations)
        self._one, self._other = (sorted(family) for family in self._families)

    def heaviest_up_to(self, mass: int) -> Combination:
        """Return the heaviest combination of at most ``mass``; nothing at all is one."""
        return self._joined(max(self._below(mass)))

    def lightest_above(self, mass: int) -> Combination | None:
        """Return the lightest combination heavier than ``mass``, or None."""
        above = list(self._above(mass))
        return self._joined(min(above)) if above else None

    def within(self, lightest: int, heaviest: int, *, around: int, most: int) -> list[Combination]:
        """
        Return at most so many combinations from ``lightest`` to ``heaviest``, those nearest first.

        Where very many lie there, only those close to ``around`` are looked at.
        """
        pairs = sum(len(self._others(one, lightest, heaviest)) for one in self._one)
        if pairs > MOST_PAIRS_OF_SUMS:
            lightest = max(lightest, around - (around - lightest) * MOST_PAIRS_OF_SUMS // pairs)
            heaviest = min(heaviest, around + (heaviest - around) * MOST_PAIRS_OF_SUMS // pairs)
        found = sorted(
            (abs(one + self._other[place] - around), one, self._other[place])
            for one in self._one
            for place in self._others(one, lightest, heaviest)
        )
        return [self._joined((one + other, one, other)) for _, one, other in found[:most]]

    def _others(self, one: int, lightest: int, heaviest: int) -> range:
        return range(
            bisect_left(self._other, lightest - one), bisect_right(self._other, heaviest - one)
        )

    def _reachable(self, denominations: Sequence[Denomination], limit: int) -> dict[int, _Best]:
        sums: dict[int, _Best] = {0: (0, 0, ())}
        for denomination in denominations:
            following: dict[int, _Best] = {}
            for mass, (cost, plates, counts) in sums.items():
                fitting = min(len(denomination.costs), (limit - mass) // denomination.mass + 1)
                self._count(fitting)
                for count in range(fitting):
                    total = mass + count * denomination.mass
                    way = (cost + denomination.costs[count], plates + count, (*counts, -count))
                    if total not in following or way < following[total]:
                        following[total] = way
            sums = following
        return sums

    def _count(self, steps: int) -> None:
        self._steps += steps
        if self._steps > MOST_STEPS:
            raise TooManyCombinations.field(
                "/plates",
                "too_many_combinations",
                "These plates make too many different sums; leave some of them out.",
            )

    def _below(self, mass: int) -> Iterable[tuple[int, int, int]]:
        for one in self._one:
            place = bisect_right(self._other, mass - one)
            if place:
                other = self._other[place - 1]
                yield one + other, one, other

    def _above(self, mass: int) -> Iterable[tuple[int, int, int]]:
        for one in self._one:
            place = bisect_right(self._other, mass - one)
            if place < len(self._other):
                other = self._other[place]
                yield one + other, one, other

    def _joined(self, parts: tuple[int, int, int]) -> Combination:
        counts = [0] * self._number
        for family, places, mass in zip(self._families, self._places, parts[1:], strict=True):
            for place, negated in zip(places, family[mass][2], strict=True):
                counts[place] = -negated
        return Combination(parts[0], tuple(counts))
