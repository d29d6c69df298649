"""How much was lifted, and how hard that was."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

EASIEST_HARD_RPE: Final = Decimal(6)
HIGHEST_COUNTED_PERCENTAGE: Final = Decimal(99)
_HUNDRED: Final = Decimal(100)
_EASY_BELOW: Final = Decimal("0.4")
_GOOD_FROM: Final = Decimal("0.6")
_GOOD_TO: Final = Decimal(1)
_HARD_TO: Final = Decimal(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftedSet:
    """
    A set of repetitions, as volume sees it; sets of time or distance are none.

    ``load`` is the effective load in kilograms, the share of the body weight included; ``reps`` the
    successful repetitions.
    """

    load: Decimal
    reps: int
    is_warm_up: bool = False
    rpe: Decimal | None = None


class InolBand(StrEnum):
    """
    What an INOL of one lift in one session stands for.

    Source: H. Hristov's guide, which leaves 0.4 to 0.6 without a name; here it is moderate.
    """

    EASY = "easy"
    MODERATE = "moderate"
    GOOD = "good"
    HARD = "hard"
    VERY_HARD = "very_hard"


def tonnage(sets: Iterable[LiftedSet], *, with_warm_ups: bool = False) -> Decimal:
    """Return the kilograms moved: effective load times successful repetitions, summed."""
    counted = _counted(sets, with_warm_ups=with_warm_ups)
    return sum((one.load * one.reps for one in counted), Decimal())


def hard_sets(sets: Iterable[LiftedSet]) -> int:
    """Return the number of working sets at RPE 6 or above, or of unknown effort."""
    return sum(
        1 for one in sets if not one.is_warm_up and (one.rpe is None or one.rpe >= EASIEST_HARD_RPE)
    )


def average_intensity(
    sets: Iterable[LiftedSet], one_rep_max: Decimal, *, with_warm_ups: bool = False
) -> Decimal | None:
    """
    Return the mean load of a repetition as a share of the maximum, 0.8 for 80 %.

    None without repetitions or without a maximum above zero.
    """
    counted = _counted(sets, with_warm_ups=with_warm_ups)
    reps = sum(one.reps for one in counted)
    if reps == 0 or one_rep_max <= 0:
        return None
    return tonnage(counted, with_warm_ups=True) / (reps * one_rep_max)


def inol(reps: int, percentage: Decimal) -> Decimal:
    """
    Return the intensity times the number of lifts, of ``reps`` at a percentage of the maximum.

    Of several sets of one lift the figures are added. Percentages count as 99 at most.

    Source: H. Hristov, A Practical Approach to Power Lifting: INOL = NOL / (100 - intensity).
    """
    return reps / (_HUNDRED - min(percentage, HIGHEST_COUNTED_PERCENTAGE))


def inol_band(value: Decimal) -> InolBand:
    """Return what an INOL of one lift in one session stands for; 1 is good, 2 is hard."""
    if value < _EASY_BELOW:
        return InolBand.EASY
    if value < _GOOD_FROM:
        return InolBand.MODERATE
    if value <= _GOOD_TO:
        return InolBand.GOOD
    return InolBand.HARD if value <= _HARD_TO else InolBand.VERY_HARD


def _counted(sets: Iterable[LiftedSet], *, with_warm_ups: bool) -> list[LiftedSet]:
    return [one for one in sets if with_warm_ups or not one.is_warm_up]
