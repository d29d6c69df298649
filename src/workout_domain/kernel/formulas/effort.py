"""
Effort: rate of perceived exertion (RPE), repetitions in reserve (RIR), and what they say of a lift.

Source: RPE = 10 - RIR, M. C. Zourdos et al., JSCR 30(1), 2016 (resistance-training RPE). The chart
is the widely used one of Reactive Training Systems (M. Tuchscherer), as public transcriptions give
it; the book itself was not at hand.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from workout_domain.kernel.errors import Invalid

LOWEST_RPE: Final = Decimal(1)
HIGHEST_RPE: Final = Decimal(10)
MOST_COLUMNS: Final = 36
_HALF: Final = Decimal("0.5")
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortChart:
    """
    Percentages of the one-repetition maximum by repetitions and RPE; another may replace it.

    ``at_10`` and ``at_9_5`` are its two base rows, for 1, 2, 3 … repetitions. Every whole RPE
    less shifts a row by one column, so the two define all of it.

    Raises:
        Invalid: rows of different lengths, empty or too long, not falling, or not within 0 to 100.
    """

    name: str
    version: str
    at_10: tuple[Decimal, ...]
    at_9_5: tuple[Decimal, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.at_10) == len(self.at_9_5) <= MOST_COLUMNS:
            raise Invalid.field(
                "/chart", "length", f"Both rows need the same 1 to {MOST_COLUMNS} columns."
            )
        if not all(one.is_finite() and 0 < one <= _HUNDRED for one in self.at_10 + self.at_9_5):
            raise Invalid.field("/chart", "out_of_range", "Percentages lie above 0, up to 100.")
        falling = [one for pair in zip(self.at_10, self.at_9_5, strict=True) for one in pair]
        if any(later > earlier for earlier, later in pairwise(falling)):
            raise Invalid.field("/chart", "not_falling", "Percentages must fall with effort.")

    def percentage(self, repetitions: int, rpe: Decimal) -> Decimal | None:
        """Return the percentage of the maximum; None outside the chart or between its halves."""
        reserve = reps_in_reserve(rpe)
        whole, is_half = divmod(reserve, 1)
        column = repetitions + int(whole) - 1
        if repetitions < 1 or is_half not in {0, _HALF} or column >= len(self.at_10):
            return None
        return (self.at_9_5 if is_half else self.at_10)[column]

    def estimate(self, load: Decimal, repetitions: int, rpe: Decimal) -> Decimal | None:
        """Return the one-repetition maximum the chart reads of a set; None outside of it."""
        percentage = self.percentage(repetitions, rpe)
        return None if percentage is None else load * _HUNDRED / percentage


def _row(*percentages: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(one) for one in percentages)


# Columns 1 to 12 are printed, 13 and the half row's 13 to 15 follow by the shift. The rest goes on
# by the 2.7 points a repetition that the printed tail has; transcriptions differ there by 0.2.
RTS: Final = EffortChart(
    name="rts",
    version="1",
    at_10=_row(
        "100", "95.5", "92.2", "89.2", "86.3", "83.7", "81.1", "78.6", "76.2",
        "73.9", "70.7", "68.0", "65.3", "62.6", "59.9", "57.2", "54.5", "51.8",
    ),
    at_9_5=_row(
        "97.8", "93.9", "90.7", "87.8", "85.0", "82.4", "79.9", "77.4", "75.1",
        "72.3", "69.4", "66.7", "64.0", "61.3", "58.6", "55.9", "53.2", "50.5",
    ),
)  # fmt: skip


def reps_in_reserve(rpe: Decimal) -> Decimal:
    """Return how many more repetitions an RPE says were left: 2 at RPE 8."""
    return HIGHEST_RPE - rpe


def rpe_of_reserve(rir: Decimal) -> Decimal:
    """Return the RPE of so many repetitions left; it ends at 1."""
    return max(LOWEST_RPE, HIGHEST_RPE - rir)


def repetitions_to_failure(repetitions: int, rpe: Decimal) -> Decimal:
    """Return the repetitions done plus those left: what the formulas ask for."""
    return repetitions + reps_in_reserve(rpe)


def closed_form(repetitions: int, rpe: Decimal) -> Decimal:
    """
    Return the percentage of the maximum by a curve through the chart, for any RPE.

    Source: OpenPowerlifting's calculator, and liftosaur's ``Weight_rpeMultiplier``.
    """
    x = reps_in_reserve(rpe) + repetitions - 1
    if x >= _CLOSED_FORM_ENDS:
        return Decimal(50)
    if x <= _CLOSED_FORM_BENDS:
        return Decimal("0.347619") * x * x - Decimal("4.60714") * x + Decimal("99.9667")
    return Decimal("-2.64249") * x + Decimal("97.0955")


_CLOSED_FORM_BENDS: Final = Decimal("2.92")
_CLOSED_FORM_ENDS: Final = 16
