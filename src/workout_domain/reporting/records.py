"""Personal records: in what somebody can be better than ever, and what an estimate is made of."""

from decimal import Decimal
from enum import StrEnum
from statistics import median
from typing import Final

from workout_domain.kernel.formulas.one_rep_max import MOST_REPETITIONS, Formula, factor

MOST_COUNTED_REPS: Final = MOST_REPETITIONS
"""Sets of more successful repetitions give no estimate, and no record by repetitions."""

MEDIAN: Final = "median_of_seven"
"""The formula that estimates are compared by, unless a report is asked for another."""


class RecordKind(StrEnum):
    """
    What a record is held in.

    ``WEIGHT`` is the heaviest successful repetition, ``REPS`` the heaviest set of at least so many,
    ``E1RM`` the highest estimated maximum. ``SET_VOLUME`` and ``SESSION_VOLUME`` are load times
    repetitions. ``MOST_REPS`` counts the repetitions of one set whatever the load, ``DURATION`` is
    the longest set and ``DISTANCE`` the farthest.
    """

    WEIGHT = "weight"
    REPS = "reps"
    E1RM = "e1rm"
    SET_VOLUME = "set_volume"
    SESSION_VOLUME = "session_volume"
    MOST_REPS = "most_reps"
    DURATION = "duration"
    DISTANCE = "distance"


MEASURED_IN_LOAD: Final = frozenset(
    {
        RecordKind.WEIGHT,
        RecordKind.REPS,
        RecordKind.E1RM,
        RecordKind.SET_VOLUME,
        RecordKind.SESSION_VOLUME,
    }
)


def median_factor(repetitions: int) -> Decimal:
    """
    Return what the median of the seven formulas multiplies a load with.

    All seven are a factor of the repetitions times the load, so the median is one as well.

    Raises:
        Invalid: fewer than 1 or more than 36 repetitions.
    """
    return median(factor(formula, repetitions) for formula in Formula)
