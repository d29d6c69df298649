"""Tables as CSV by RFC 4180: commas, quotes where they are needed, lines ending in CR LF."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from workout_application.reporting.documents import Cell, Table

# Spreadsheets take text for a formula if it begins so, or so after blanks, full-width included.
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_LEADING: Final = ("\t", "\r", "\n")


class CsvTables:
    """Implements the table writer."""

    def csv(self, *tables: Table) -> bytes:
        """Return the tables as text."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        for row in _rows(tables):
            writer.writerow(row)
        return text.getvalue().encode()


def _rows(tables: tuple[Table, ...]) -> Iterator[list[str]]:
    for place, table in enumerate(tables):
        if place:
            yield []
        if len(tables) > 1:
            yield [_harmless(table.title)]
        yield [_harmless(column.header) for column in table.columns]
        for row in table.rows:
            yield [_written(cell) for cell in row]


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | Decimal):
        return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return _harmless(cell)


def _harmless(text: str) -> str:
    """
    Put an apostrophe before text that a spreadsheet would run.

    Source: OWASP, CSV Injection. Numbers are written from numbers and need no guard.
    """
    if text.startswith(_LEADING) or text.lstrip().startswith(_FORMULA):
        return f"'{text}"
    return text
