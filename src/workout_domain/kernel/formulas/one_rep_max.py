"""
The load somebody could lift once, estimated of a set they did: seven published formulas.

All take the load in any unit and answer in that unit, unrounded. Every formula is a factor of the
repetitions times the load, so ``factor`` alone serves those who compute many.

Source: M. Brzycki, JOPERD 64(1), 1993, 88-90; B. Epley, Boyd Epley Workout, 1985; J. Lander, NSCA
Journal 6(6), 1985, 60-61; V. P. Lombardi, Beginning Weight Training, 1989; J. L. Mayhew et al.,
J. Appl. Sport Sci. Res. 6(4), 1992, 200-206; O'Conner, Simmons, O'Shea, Weight Training Today,
1989; D. Wathan, in Baechle (ed.), NSCA Essentials, 1994. D. A. LeSuer et al., JSCR 11(4), 1997,
compared exactly these seven.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from statistics import median
from typing import Final

from workout_domain.kernel.errors import Invalid

MOST_REPETITIONS: Final = 36
MOST_RELIABLE_REPETITIONS: Final = 10
_ONE: Final = Decimal(1)
_HUNDRED: Final = Decimal(100)


class Formula(StrEnum):
    """The seven, by their authors."""

    BRZYCKI = "brzycki"
    EPLEY = "epley"
    LANDER = "lander"
    LOMBARDI = "lombardi"
    MAYHEW = "mayhew"
    OCONNER = "oconner"
    WATHAN = "wathan"


VERSIONS: Final[dict[Formula, str]] = {
    Formula.BRZYCKI: "1993",
    # The book's r/30, rounded as the product's source prints it.
    Formula.EPLEY: "0.0333",
    Formula.LANDER: "1985",
    # The published w * r^0.10: another print of it, (w * r)^0.1, makes 1.86 of 100 kg x 5.
    Formula.LOMBARDI: "1989",
    Formula.MAYHEW: "1992",
    Formula.OCONNER: "1989",
    Formula.WATHAN: "1994",
}


class Reliability(StrEnum):
    """
    How far an estimate can be trusted.

    Source: J. M. Reynolds et al., JSCR 20(3), 2006: no more than ten repetitions.
    """

    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One formula's answer, unrounded, in the unit of the load."""

    formula: Formula
    version: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimates:
    """
    All seven with their median and mean; of an actual single all are the load itself.

    ``repetitions`` are those the set would have had to failure.
    """

    estimates: tuple[Estimate, ...]
    median: Decimal
    average: Decimal
    repetitions: Decimal
    is_actual_single: bool
    reliability: Reliability

    def of(self, formula: Formula) -> Decimal:
        """Return what one formula says."""
        return next(one.value for one in self.estimates if one.formula is formula)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyWeightEstimate:
    """
    The estimate of a lift that moves the body too, in kilograms.

    ``external`` is what could be added once, negative where the lift needs assistance.
    """

    total: Decimal
    external: Decimal


def unclamped_factor(formula: Formula, repetitions: Decimal) -> Decimal:
    """Return what a formula multiplies the load with, as published: also where r is 1."""
    return _FACTORS[formula](repetitions)


@lru_cache(maxsize=1024)
def factor(formula: Formula, repetitions: Decimal | int) -> Decimal:
    """
    Return what a formula multiplies the load with; 1 of a single, which is no estimate.

    Repetitions are whole when they were counted; with repetitions in reserve they may be halves.

    Raises:
        Invalid: fewer than 1 or more than 36 repetitions (Brzycki has no value at 37).
    """
    count = Decimal(repetitions)
    if not 1 <= count <= MOST_REPETITIONS:
        raise Invalid.field(
            "/reps",
            "out_of_range",
            f"Repetitions to failure must lie between 1 and {MOST_REPETITIONS}.",
        )
    return _ONE if count == 1 else unclamped_factor(formula, count)


@lru_cache(maxsize=128)
def median_factor(repetitions: Decimal | int) -> Decimal:
    """
    Return what the median of all seven multiplies the load with: to rank sets of one exercise by.

    Raises:
        Invalid: as for ``factor``.
    """
    return median(factor(formula, repetitions) for formula in Formula)


def estimate(load: Decimal, repetitions: Decimal | int, formula: Formula) -> Decimal:
    """
    Return one formula's estimate of the one-repetition maximum, unrounded.

    ``load`` is the whole load moved, the share of the body weight included.

    Raises:
        Invalid: a load that is not above zero, or repetitions out of bounds.
    """
    if not load.is_finite() or load <= 0:
        raise Invalid.field("/weight", "greater_than", "weight must be greater than 0.")
    return load * factor(formula, repetitions)


def estimate_all(load: Decimal, repetitions: Decimal | int) -> Estimates:
    """
    Return all seven estimates, their median and their mean.

    Raises:
        Invalid: as for ``estimate``.
    """
    estimates = tuple(
        Estimate(
            formula=formula,
            version=VERSIONS[formula],
            value=estimate(load, repetitions, formula),
        )
        for formula in Formula
    )
    values = [one.value for one in estimates]
    return Estimates(
        estimates=estimates,
        median=median(values),
        average=sum(values, Decimal()) / len(values),
        repetitions=Decimal(repetitions),
        is_actual_single=repetitions == 1,
        reliability=reliability(repetitions),
    )


def estimate_with_body_weight(
    *, body: Decimal, external: Decimal, repetitions: Decimal | int, formula: Formula
) -> BodyWeightEstimate:
    """
    Return the estimate of a lift that moves the body: of the whole load, then less the body's part.

    ``body`` is body weight times the exercise's share of it; ``external`` what was added, negative
    where it assisted. To put the external load alone into a formula gives figures below what was
    lifted already.

    Raises:
        Invalid: as for ``estimate``.
    """
    total = estimate(body + external, repetitions, formula)
    return BodyWeightEstimate(total=total, external=total - body)


def reliability(repetitions: Decimal | int) -> Reliability:
    """Return how far an estimate of so many repetitions can be trusted."""
    return Reliability.HIGH if repetitions <= MOST_RELIABLE_REPETITIONS else Reliability.LOW


def _brzycki(r: Decimal) -> Decimal:
    return 36 / (37 - r)


def _epley(r: Decimal) -> Decimal:
    return 1 + Decimal("0.0333") * r


def _lander(r: Decimal) -> Decimal:
    return _HUNDRED / (Decimal("101.3") - Decimal("2.67123") * r)


def _lombardi(r: Decimal) -> Decimal:
    return r ** Decimal("0.10")


def _mayhew(r: Decimal) -> Decimal:
    return _HUNDRED / (Decimal("52.2") + Decimal("41.9") * (Decimal("-0.055") * r).exp())


def _oconner(r: Decimal) -> Decimal:
    return 1 + Decimal("0.025") * r


def _wathan(r: Decimal) -> Decimal:
    return _HUNDRED / (Decimal("48.8") + Decimal("53.8") * (Decimal("-0.075") * r).exp())


_FACTORS: Final[dict[Formula, Callable[[Decimal], Decimal]]] = {
    Formula.BRZYCKI: _brzycki,
    Formula.EPLEY: _epley,
    Formula.LANDER: _lander,
    Formula.LOMBARDI: _lombardi,
    Formula.MAYHEW: _mayhew,
    Formula.OCONNER: _oconner,
    Formula.WATHAN: _wathan,
}
