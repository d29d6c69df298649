"""Puts the values of a chart on its axes, each kind in its own way."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.dates import date2num

from workout_application.reporting.series import ChartKind, ChartSeries, LabelType, Value
from workout_infrastructure.charts.marks import Mark, mark_of

BAR_SHARE: Final = 0.8
MOST_MARKED: Final = 60


def positions_of(chart: ChartSeries) -> list[float]:
    """Return where each label stands: days and numbers to scale, names one after another."""
    if chart.x.type is LabelType.CATEGORY:
        return [float(place) for place in range(len(chart.labels))]
    if chart.x.type is LabelType.DATE:
        return [float(date2num(label)) for label in chart.labels]
    return [float(str(label)) for label in chart.labels]


def plot(axes: Axes, chart: ChartSeries, positions: Sequence[float]) -> list[Artist]:
    """Draw every series and return what stands for each in the legend."""
    marks = [mark_of(place) for place in range(len(chart.series))]
    values = [[_drawn(value) for value in series.values] for series in chart.series]
    if chart.kind is ChartKind.BAR:
        return _bars(axes, positions, values, marks)
    if chart.kind is ChartKind.STACKED_BAR:
        return _stacked(axes, positions, values, marks)
    draw = _area if chart.kind is ChartKind.AREA else _line
    return [draw(axes, positions, *of_one) for of_one in zip(values, marks, strict=True)]


def bar_width(positions: Sequence[float]) -> float:
    """Return how wide the bars of one label may be together, so that none covers another's."""
    gaps = [after - before for before, after in pairwise(positions)]
    return BAR_SHARE * min((gap for gap in gaps if gap > 0), default=1.0)


def _drawn(value: Value) -> float:
    number = math.nan if value is None else float(value)
    return number if math.isfinite(number) else math.nan


def _line(axes: Axes, positions: Sequence[float], values: Sequence[float], mark: Mark) -> Artist:
    # Nothing recorded is no break: the line goes on to the next value.
    known = [(x, y) for x, y in zip(positions, values, strict=True) if not math.isnan(y)]
    [line] = axes.plot(
        [x for x, _ in known],
        [y for _, y in known],
        color=mark.colour,
        linestyle=mark.dashes,
        linewidth=1.8,
        marker=mark.marker if len(known) <= MOST_MARKED else "",
        markersize=4.5,
    )
    return line


def _area(axes: Axes, positions: Sequence[float], values: Sequence[float], mark: Mark) -> Artist:
    marker = mark.marker if len(positions) <= MOST_MARKED else ""
    axes.plot(positions, values, color=mark.colour, linewidth=1.6, marker=marker, markersize=3.5)
    return axes.fill_between(
        positions, values, color=mark.colour, alpha=0.25, hatch=mark.hatch, linewidth=0
    )


def _bars(
    axes: Axes,
    positions: Sequence[float],
    values: Sequence[Sequence[float]],
    marks: Sequence[Mark],
) -> list[Artist]:
    width = bar_width(positions) / len(values)
    handles: list[Artist] = []
    for place, (heights, mark) in enumerate(zip(values, marks, strict=True)):
        offset = (place - (len(values) - 1) / 2) * width
        at = [position + offset for position in positions]
        bars = axes.bar(at, _filled(heights), width, color=mark.colour, hatch=mark.hatch)
        handles.append(bars.patches[0])
    return handles


def _stacked(
    axes: Axes,
    positions: Sequence[float],
    values: Sequence[Sequence[float]],
    marks: Sequence[Mark],
) -> list[Artist]:
    width = bar_width(positions)
    tops = [0.0] * len(positions)
    depths = [0.0] * len(positions)
    handles: list[Artist] = []
    for series, mark in zip(values, marks, strict=True):
        heights = _filled(series)
        # What is below zero is stacked downwards, so that neither hides the other.
        starts = [
            top if height >= 0 else depth
            for height, top, depth in zip(heights, tops, depths, strict=True)
        ]
        bars = axes.bar(
            positions, heights, width, bottom=starts, color=mark.colour, hatch=mark.hatch
        )
        handles.append(bars.patches[0])
        tops = [top + max(height, 0) for top, height in zip(tops, heights, strict=True)]
        depths = [depth + min(height, 0) for depth, height in zip(depths, heights, strict=True)]
    return handles


def _filled(values: Sequence[float]) -> list[float]:
    return [0.0 if math.isnan(value) else value for value in values]
