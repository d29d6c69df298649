"""Writes the labels under a chart, so many that none covers another."""

import math
from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, num2date
from matplotlib.ticker import FuncFormatter, MaxNLocator

from workout_application.reporting.series import ChartKind, ChartSeries, LabelType
from workout_infrastructure.charts.labels import ROUND_STEPS, one_line
from workout_infrastructure.charts.plots import bar_width

BARS: Final = frozenset({ChartKind.BAR, ChartKind.STACKED_BAR})
MOST_NAMED: Final = 30
MOST_DATED: Final = 12
LONGEST_LABEL: Final = 22
# So many letters still stand beside one another; more names are turned.
MOST_LEVEL_LETTERS: Final = 90
# Within so few days each has its label: the hours between them mean nothing.
MOST_SINGLE_DAYS: Final = 9


def draw_labels(axes: Axes, chart: ChartSeries, positions: Sequence[float]) -> None:
    """Set range, ticks and labels along x."""
    _leave_room(axes, chart, positions)
    if chart.x.type is LabelType.CATEGORY:
        _name(axes, [one_line(str(label), LONGEST_LABEL) for label in chart.labels])
    elif chart.x.type is LabelType.DATE:
        _date(axes, chart, positions)
    else:
        axes.xaxis.set_major_locator(MaxNLocator(nbins=10, steps=ROUND_STEPS))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: format(value, ",.10g")))


def _leave_room(axes: Axes, chart: ChartSeries, positions: Sequence[float]) -> None:
    first, last = positions[0], positions[-1]
    of_bars = bar_width(positions) * 0.75
    of_lines = (last - first) * 0.03 or 0.5
    room = of_bars if chart.kind in BARS else of_lines
    axes.set_xlim(first - room, last + room)


def _name(axes: Axes, names: Sequence[str]) -> None:
    every = math.ceil(len(names) / MOST_NAMED)
    shown = names[::every]
    axes.set_xticks(range(0, len(names), every), shown)
    if sum(map(len, shown)) + 2 * len(shown) > MOST_LEVEL_LETTERS:
        for text in axes.get_xticklabels():
            text.set(rotation=40, ha="right", rotation_mode="anchor", fontsize=8)


def _date(axes: Axes, chart: ChartSeries, positions: Sequence[float]) -> None:
    first, last = math.floor(positions[0]), math.floor(positions[-1])
    if chart.kind in BARS:
        every = math.ceil(len(positions) / MOST_DATED)
        _each_day(axes, positions[::every])
    elif last - first < MOST_SINGLE_DAYS:
        _each_day(axes, range(first, last + 1))
    else:
        locator = AutoDateLocator(minticks=3, maxticks=9)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))


def _each_day(axes: Axes, days: Sequence[float]) -> None:
    """Name days, and the year where it is not that of the day before."""
    names: list[str] = []
    year = 0
    for day in map(num2date, days):
        names.append(f"{day.day} {day:%b}" + (f"\n{day.year}" if day.year != year else ""))
        year = day.year
    axes.set_xticks(days, names)
