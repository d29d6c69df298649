"""What stands below a chart: which mark means which series, and the notes."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from workout_application.reporting.series import ChartSeries
from workout_infrastructure.charts.labels import LONGEST_NAME, one_line

MARGIN: Final = 0.12
LEGEND_LETTERS: Final = 110
LEGEND_MARK_LETTERS: Final = 8
LEGEND_ROW: Final = 0.175
LONGEST_NOTE: Final = 300
NOTE_LETTERS: Final = 125
NOTE_ROW: Final = 0.15
PALE: Final = "#666666"


@dataclass(frozen=True, slots=True)
class Foot:
    """Knows its height before it is drawn; sizes are in inches."""

    names: tuple[str, ...]
    notes: tuple[str, ...]

    @classmethod
    def of(cls, chart: ChartSeries) -> Self:
        """Make the foot of a chart; a single series is named by the chart itself."""
        has_legend = len(chart.series) > 1 and not chart.is_empty
        return cls(
            names=tuple(one_line(series.name, LONGEST_NAME) for series in chart.series)
            if has_legend
            else (),
            notes=tuple(
                line
                for note in chart.notes
                for line in textwrap.wrap(one_line(note, LONGEST_NOTE), NOTE_LETTERS)
            ),
        )

    @property
    def height(self) -> float:
        """How much room it takes, its margin included."""
        return self._notes_height + math.ceil(len(self.names) / self._columns) * LEGEND_ROW

    def draw(self, figure: Figure, handles: Sequence[Artist]) -> None:
        """Put it on the figure; ``handles`` are the marks of the names, in their order."""
        if self.names:
            self._draw_legend(figure, handles)
        width, height = figure.get_size_inches()
        figure.text(
            MARGIN / width,
            MARGIN / height,
            "\n".join(self.notes),
            va="bottom",
            fontsize=7.5,
            color=PALE,
        )

    @property
    def _columns(self) -> int:
        longest = max(map(len, self.names), default=0) + LEGEND_MARK_LETTERS
        return max(1, min(len(self.names), LEGEND_LETTERS // longest))

    @property
    def _notes_height(self) -> float:
        return MARGIN + len(self.notes) * NOTE_ROW if self.notes else MARGIN / 2

    def _draw_legend(self, figure: Figure, handles: Sequence[Artist]) -> None:
        # Names are put in afterwards: matplotlib leaves out whose name begins with an underscore.
        legend = figure.legend(
            handles,
            [str(place) for place in range(len(self.names))],
            loc="lower center",
            bbox_to_anchor=(0.5, self._notes_height / figure.get_size_inches()[1]),
            ncols=self._columns,
            frameon=False,
            fontsize=8,
            borderpad=0,
            borderaxespad=0,
        )
        legend.set_in_layout(False)
        for text, name in zip(legend.get_texts(), self.names, strict=True):
            text.set_text(name)
