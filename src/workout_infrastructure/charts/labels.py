"""Names and numbers as they are written on charts and pages."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from workout_application.reporting.documents import Cell

# Zero-width joiners hold an emoji together; embeddings and overrides only turn text around.
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNPRINTABLE: Final = frozenset({"Cc", "Cs", "Cn", "Co"})
LONGEST_NAME: Final = 40
# Distances between ticks that people count in.
ROUND_STEPS: Final = (1, 2, 2.5, 5, 10)
_JOINING: Final = frozenset({"Mn", "Me", "Cf"})


def one_line(text: str, longest: int) -> str:
    """Return what people wrote as one printable line of at most ``longest`` characters."""
    line = printable(" ".join(text.split()))
    if len(line) <= longest:
        return line
    kept = line[: longest - 1]
    # What only belongs to the character after it does not stand alone.
    while kept and unicodedata.category(kept[-1]) in _JOINING:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def printable(text: str) -> str:
    """Drop what no page shows: control characters, lone surrogates, marks that turn text around."""
    return "".join(
        character
        for character in text
        if unicodedata.category(character) not in _UNPRINTABLE and character not in _TURNING
    )


def with_unit(label: str, unit: str | None) -> str:
    """Name an axis and its unit."""
    return f"{label} ({unit})" if unit else label


def shown(cell: Cell) -> str:
    """Write a cell for people: digits in groups, days by their numbers."""
    if cell is None:
        return "–"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | Decimal):
        return number(Decimal(cell))
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    return printable(" ".join(cell.split()))


def number(value: Decimal) -> str:
    """Write a number without an exponent and without zeros at its end."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
