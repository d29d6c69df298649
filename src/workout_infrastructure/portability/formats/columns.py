"""Which column of a file plays which role, whatever its place, language or punctuation."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workout_infrastructure.portability.formats.reading import (
    Row,
    UnknownLogFormat,
    plain,
)

_WITH_UNIT = re.compile(r"(?P<name>[^()]*)\((?P<unit>[^()]*)\)")


@dataclass(frozen=True, slots=True)
class Columns:
    """The position of every known role, and the unit a header cell carries in parentheses."""

    positions: Mapping[str, int]
    units: Mapping[str, str]

    def has(self, *roles: str) -> bool:
        """Tell whether the file has a column for every one of these roles."""
        return all(role in self.positions for role in roles)

    def text(self, row: Row, role: str) -> str:
        """Give a cell without surrounding space; empty when the file has no such column."""
        position = self.positions.get(role)
        return "" if position is None else row.cells[position].strip()


def find_columns(header: Sequence[str], roles: Mapping[str, str]) -> Columns:
    """
    Match header cells to roles by normalised name; unknown columns are left alone.

    `roles` maps a normalised name (lower case, no accents, words parted by one space) to a role.

    Raises:
        UnknownLogFormat: two columns play the same role.
    """
    positions: dict[str, int] = {}
    units: dict[str, str] = {}
    for position, cell in enumerate(header):
        name, unit = _name_and_unit(cell)
        role = roles.get(name)
        if role is None:
            continue
        if role in positions:
            raise UnknownLogFormat("duplicate_column", f"The column “{cell[:80]}” appears twice.")
        positions[role] = position
        if unit:
            units[role] = unit
    return Columns(positions, units)


def _name_and_unit(cell: str) -> tuple[str, str]:
    folded = plain(cell)
    match = _WITH_UNIT.fullmatch(folded)
    name, unit = (match["name"], match["unit"]) if match else (folded, "")
    return " ".join(re.sub(r"[^\w#]|_", " ", name).split()), unit.strip()
