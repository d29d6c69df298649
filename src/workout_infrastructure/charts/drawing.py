"""Draws with matplotlib; importing this module takes a second and fifty megabytes."""

import io
import textwrap
import warnings
from typing import Any, Final
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import FuncFormatter, MaxNLocator

from workout_application.reporting.series import ChartSeries
from workout_infrastructure.charts.axes import draw_labels
from workout_infrastructure.charts.foot import MARGIN, PALE, Foot
from workout_infrastructure.charts.labels import LONGEST_NAME, ROUND_STEPS, one_line, with_unit
from workout_infrastructure.charts.plots import plot, positions_of

WIDTH: Final = 8.0
HEIGHT: Final = 4.5
DOTS_PER_INCH: Final = 144
LONGEST_TITLE: Final = 110
TITLE_LETTERS: Final = 62
LONGEST_AXIS: Final = 60
INK: Final = "#222222"
FAINT: Final = "#E3E3E3"

_LOOKS: Final[Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.color": INK,
    # A dollar sign in a name is a dollar sign.
    "text.parse_math": False,
    "axes.edgecolor": "#888888",
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "hatch.color": "white",
    "hatch.linewidth": 0.6,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.fonttype": "none",
    # Ids of clips and markers are made from it, so the same chart has the same ones.
    "svg.hashsalt": "workout",
}
_FONT: Final = "font-family: 'DejaVu Sans'"
_NO_METADATA: Final = dict.fromkeys(("Creator", "Date", "Format", "Type"))


def draw_svg(chart: ChartSeries) -> bytes:
    """Draw as SVG: text stays text, with a title and a description for who cannot see it."""
    drawn = io.StringIO()
    with mpl.rc_context(_LOOKS):
        canvas = FigureCanvasSVG(_figure_of(chart))
        canvas.print_svg(drawn, metadata=_NO_METADATA)
    return _described(drawn.getvalue(), chart).encode()


def draw_png(chart: ChartSeries) -> bytes:
    """Draw as PNG, fine enough to be printed."""
    drawn = io.BytesIO()
    with mpl.rc_context(_LOOKS):
        figure = _figure_of(chart)
        figure.set_dpi(DOTS_PER_INCH)
        FigureCanvasAgg(figure).print_png(drawn, metadata={"Software": None})
    return drawn.getvalue()


def _figure_of(chart: ChartSeries) -> Figure:
    # What the font lacks, such as emoji, the reader's own fonts show; the filter is set anew each
    # time because others may have reset it, and stands once in the list however often it is set.
    warnings.filterwarnings("ignore", message=r"Glyph \d+ .* missing", category=UserWarning)
    foot = Foot.of(chart)
    height = HEIGHT + foot.height
    below = foot.height / height
    layout = ConstrainedLayoutEngine(h_pad=MARGIN, w_pad=MARGIN, rect=(0, below, 1, 1 - below))
    figure = Figure(figsize=(WIDTH, height), layout=layout, facecolor="white")
    axes = figure.add_subplot()
    title = textwrap.fill(one_line(chart.title, LONGEST_TITLE), TITLE_LETTERS)
    axes.set_title(title, loc="left", fontsize=12, weight="bold")
    axes.set_xlabel(one_line(with_unit(chart.x.label, chart.x.unit), LONGEST_AXIS))
    axes.set_ylabel(one_line(with_unit(chart.y.label, chart.y.unit), LONGEST_AXIS))
    foot.draw(figure, _say_empty(axes) if chart.is_empty else _draw(axes, chart))
    return figure


def _draw(axes: Axes, chart: ChartSeries) -> list[Artist]:
    axes.set_axisbelow(True)
    axes.grid(axis="y", color=FAINT, linewidth=0.8)
    positions = positions_of(chart)
    handles = plot(axes, chart, positions)
    draw_labels(axes, chart, positions)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=7, steps=ROUND_STEPS, integer=_counts(chart)))
    axes.yaxis.set_major_formatter(FuncFormatter(_amount))
    return handles


def _counts(chart: ChartSeries) -> bool:
    """Whether the values count something, so that there is nothing between 1 and 2."""
    return all(isinstance(value, int | None) for series in chart.series for value in series.values)


def _amount(value: float, _place: int) -> str:
    return format(value, ",.10g").replace("-", "−")


def _say_empty(axes: Axes) -> list[Artist]:
    axes.set_xticks([])
    axes.set_yticks([])
    axes.text(
        0.5, 0.5, "No data", transform=axes.transAxes, ha="center", va="center",
        fontsize=14, color=PALE,
    )  # fmt: skip
    return []


def _described(svg: str, chart: ChartSeries) -> str:
    """
    Name the picture for screen readers.

    The document type goes, since it asks for a far file; where the font is not installed, one of
    the same widths takes its place.
    """
    opening, start, rest = svg[svg.index("<svg ") :].partition(">")
    rest = rest.replace(_FONT, f"{_FONT}, Verdana, sans-serif")
    title = escape(one_line(chart.title, LONGEST_TITLE))
    said = f"\n <title>{title}</title>\n <desc>{escape(_description(chart))}</desc>"
    return f'<?xml version="1.0" encoding="utf-8"?>\n{opening} role="img"{start}{said}{rest}'


def _description(chart: ChartSeries) -> str:
    kind = chart.kind.value.replace("_", " ")
    if chart.is_empty:
        return f"An empty {kind} chart: no data."
    names = ", ".join(one_line(series.name, LONGEST_NAME) for series in chart.series)
    axes = f"{with_unit(chart.y.label, chart.y.unit)} by {chart.x.label}"
    return one_line(f"A {kind} chart of {axes}: {names}.", 1000)
