"""Writes documents as PDF with fpdf2; importing this module reads matplotlib too."""

import io
from datetime import UTC
from pathlib import Path
from typing import Final, cast

import matplotlib as mpl
from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace, TTFFont

from workout_application.reporting.documents import (
    Alignment,
    Cell,
    Heading,
    Paragraph,
    Part,
    ReportDocument,
    Table,
)
from workout_application.reporting.series import ChartSeries
from workout_infrastructure.charts.drawing import draw_png
from workout_infrastructure.charts.labels import one_line, printable, shown

FONT: Final = "DejaVu"
MARGIN: Final = 18.0
FOOT: Final = 14.0
LINE: Final = 5.5
LONGEST_CELL: Final = 200
INK: Final = 34
PALE: Final = 110
LINES: Final = 190
MISSING: Final = "□"
# So much room a heading needs below it, or it goes to the next page with what it names.
KEPT_TOGETHER: Final = 30.0
_HEADINGS: Final = FontFace(emphasis="BOLD", fill_color=(235, 239, 244))
_ALIGNED: Final = {Alignment.LEFT: "LEFT", Alignment.RIGHT: "RIGHT"}


def write_pdf(document: ReportDocument) -> bytes:
    """Write a document on A4 pages, numbered; long tables go on under their header."""
    page = _Pages(document)
    page.begin()
    for part in document.parts:
        page.add(part)
    return bytes(page.output())


class _Pages(FPDF):
    """The pages of one document."""

    def __init__(self, document: ReportDocument) -> None:
        super().__init__(format="A4")
        self._document = document
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN + FOOT / 2)
        # Its letters are Latin, Greek, Cyrillic, Hebrew, Arabic; matplotlib brings it along.
        fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
        self.add_font(FONT, "", fonts / "DejaVuSans.ttf")
        self.add_font(FONT, "B", fonts / "DejaVuSans-Bold.ttf")
        self._letters = frozenset(cast("TTFFont", self.fonts[FONT.lower()]).cmap)
        self.set_draw_color(LINES)
        self.set_title(printable(document.title))
        self.set_author(printable(document.author))
        self.set_creator("Workout")
        self.set_producer("Workout")
        self.set_lang("en")
        self.set_creation_date(document.created_at.astimezone(UTC))

    def begin(self) -> None:
        """Write the head of the first page."""
        self.add_page()
        self._write(self._document.title, size=18, bold=True)
        self._write(self._document.subtitle, size=11, grey=PALE)
        self.ln(LINE)

    def footer(self) -> None:
        """Number the page; fpdf2 calls it at the end of each."""
        self.set_y(-FOOT)
        self.set_font(FONT, size=8)
        self.set_text_color(PALE)
        title = self._lettered(one_line(self._document.title, LONGEST_CELL // 2))
        self.cell(0, LINE, f"{title} · {self.page_no()} / {{nb}}", align="C")
        self.set_text_color(INK)

    def add(self, part: Part) -> None:
        """Write one part below the others."""
        match part:
            case Heading():
                self._head(part.text)
            case Paragraph():
                self._write(part.text, size=10)
                self.ln(LINE / 2)
            case ChartSeries():
                self._picture(part)
            case Table():
                self._table(part)

    def _head(self, text: str) -> None:
        if self.will_page_break(KEPT_TOGETHER):
            self.add_page()
        self.ln(LINE / 2)
        self._write(text, size=13, bold=True)
        self.ln(LINE / 3)

    def _write(self, text: str, *, size: int, bold: bool = False, grey: int = INK) -> None:
        self.set_font(FONT, style="B" if bold else "", size=size)
        self.set_text_color(grey)
        lines = "\n".join(self._lettered(printable(line)) for line in text.splitlines())
        self.multi_cell(0, size * 0.5, lines, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _picture(self, chart: ChartSeries) -> None:
        self.image(
            io.BytesIO(draw_png(chart)), w=self.epw, alt_text=one_line(chart.title, LONGEST_CELL)
        )
        self.ln(LINE)

    def _table(self, table: Table) -> None:
        self._head(table.title)
        if not table.rows:
            self._write("Nothing to show.", size=10, grey=PALE)
            return
        self.set_font(FONT, size=9)
        with self.table(
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=_HEADINGS,
            col_widths=[column.width for column in table.columns],
            text_align=[_ALIGNED[column.alignment] for column in table.columns],
            line_height=LINE,
            padding=0.8,
        ) as drawn:
            drawn.row([self._cell(column.header) for column in table.columns])
            for row in table.rows:
                drawn.row([self._cell(cell) for cell in row])
        self.ln(LINE)

    def _cell(self, cell: Cell) -> str:
        return self._lettered(one_line(shown(cell), LONGEST_CELL))

    def _lettered(self, text: str) -> str:
        """Put a box for what the font has no letter for, which would be left out otherwise."""
        return "".join(letter if ord(letter) in self._letters else MISSING for letter in text)
