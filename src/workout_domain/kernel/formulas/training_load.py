"""
Load over weeks: what each session took, how evenly, and where it is going.

Daily loads come oldest first, one figure a calendar day, zero on days of rest. The ratio of acute
to chronic load is a trend of the load and nothing else: it has no meaningful prediction of injury
(F. M. Impellizzeri et al., Sports Medicine, 2020, doi 10.1007/s40279-020-01378-6).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import mean, stdev
from typing import Final

ACUTE_DAYS: Final = 7
CHRONIC_DAYS: Final = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadTrend:
    """
    Acute against chronic load by three readings, which may well disagree about the same days.

    ``acute`` and ``chronic`` are means per day; a ratio is None where the chronic load is zero.
    """

    acute: Decimal
    chronic: Decimal
    coupled: Decimal | None
    uncoupled: Decimal | None
    ewma_acute: Decimal
    ewma_chronic: Decimal
    ewma: Decimal | None


def session_load(rpe: Decimal, minutes: Decimal) -> Decimal:
    """
    Return the load of one session in arbitrary units: its RPE times its minutes.

    Source: C. Foster et al., JSCR 15(1), 2001 (session RPE).
    """
    return rpe * minutes


def monotony(daily: Sequence[Decimal]) -> Decimal | None:
    """
    Return the mean daily load over its sample standard deviation; None where days are all alike.

    Source: C. Foster, Med Sci Sports Exerc 30(7), 1998; it leaves open which deviation, and the
    sample's (n - 1) is taken here everywhere.
    """
    if len(daily) < 2:  # noqa: PLR2004 - one day has no deviation
        return None
    deviation = stdev(daily)
    return None if deviation == 0 else mean(daily) / deviation


def strain(daily: Sequence[Decimal]) -> Decimal | None:
    """Return the summed load times its monotony; None where that is None. Source: as there."""
    evenness = monotony(daily)
    return None if evenness is None else sum(daily, Decimal()) * evenness


def exponential_averages(daily: Sequence[Decimal], days: int) -> list[Decimal]:
    """
    Return for each day the average that forgets by 2/(days + 1) a day.

    It begins with the first day's load. Source: S. Williams et al., BJSM 51(3), 2017.
    """
    weight = Decimal(2) / (days + 1)
    averages: list[Decimal] = []
    for load in daily:
        before = averages[-1] if averages else load
        averages.append(before + weight * (load - before))
    return averages


def exponential_average(daily: Sequence[Decimal], days: int) -> Decimal:
    """Return that average of the last day. ``daily`` must not be empty. Source: as there."""
    return exponential_averages(daily, days)[-1]


def coupled_ratio(daily: Sequence[Decimal]) -> Decimal | None:
    """Return the last 7 days' mean over the last 28 days', which hold those 7; None if it is 0."""
    return _ratio(mean(daily[-ACUTE_DAYS:]), mean(daily[-CHRONIC_DAYS:]))


def uncoupled_ratio(daily: Sequence[Decimal]) -> Decimal | None:
    """Return the last 7 days' mean over that of the 21 days before them; None if it is 0."""
    return _ratio(mean(daily[-ACUTE_DAYS:]), mean(daily[-CHRONIC_DAYS:-ACUTE_DAYS]))


def ewma_ratio(daily: Sequence[Decimal]) -> Decimal | None:
    """Return the ratio of the exponential averages of 7 and 28 days; None if the latter is 0."""
    return _ratio(exponential_average(daily, ACUTE_DAYS), exponential_average(daily, CHRONIC_DAYS))


def load_trend(daily: Sequence[Decimal]) -> LoadTrend | None:
    """Return all three readings; None with fewer than 28 days, of which nothing can be said."""
    if len(daily) < CHRONIC_DAYS:
        return None
    return LoadTrend(
        acute=mean(daily[-ACUTE_DAYS:]),
        chronic=mean(daily[-CHRONIC_DAYS:]),
        coupled=coupled_ratio(daily),
        uncoupled=uncoupled_ratio(daily),
        ewma_acute=exponential_average(daily, ACUTE_DAYS),
        ewma_chronic=exponential_average(daily, CHRONIC_DAYS),
        ewma=ewma_ratio(daily),
    )


def _ratio(acute: Decimal, chronic: Decimal) -> Decimal | None:
    return None if chronic == 0 else acute / chronic
