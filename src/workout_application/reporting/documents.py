"""Tables and documents without their looks, for files people keep and print."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from workout_application.reporting.series import ChartSeries

Cell = str | int | Decimal | date | datetime | bool | None


class Alignment(StrEnum):
    """Where the text of a column stands."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``width`` is its share of the table's, relative to the others."""

    header: str
    alignment: Alignment = Alignment.LEFT
    width: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with as many cells as there are columns."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        """
        Refuse a table with holes.

        Raises:
            ValueError: a row has another number of cells than there are columns.
        """
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"Row {number} of {self.title} has {len(row)} cells.")


@dataclass(frozen=True, slots=True)
class Heading:
    """Begins a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


Part = Heading | Paragraph | Table | ChartSeries


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDocument:
    """
    A document from top to bottom.

    The same document gives the same file: ``created_at`` is all a file says of its own making.
    """

    title: str
    subtitle: str
    author: str
    created_at: datetime
    parts: tuple[Part, ...]
