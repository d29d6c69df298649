"""
Exports of Hevy.

The units of the account are part of the column names, weight and distance independently. There is
no workout number: title and start identify a workout. Line breaks in notes are written as the two
characters backslash and n.
"""

from dataclasses import dataclass
from datetime import datetime

from workout_domain.portability.training_log import (
    LoggedSetType,
    LoggedUnit,
    LogSource,
    TrainingLog,
)
from workout_infrastructure.portability.formats.assembling import RowReading, assemble
from workout_infrastructure.portability.formats.columns import Columns, find_columns
from workout_infrastructure.portability.formats.reading import (
    Row,
    RowProblem,
    Table,
    plain,
)
from workout_infrastructure.portability.formats.sets import (
    SetCells,
    exercise_name,
    performed_set,
)
from workout_infrastructure.portability.formats.wall_clock import WallClock

_WEIGHT_COLUMNS: dict[str, LoggedUnit] = {"weight_kg": "kilograms", "weight_lbs": "pounds"}
_DISTANCE_COLUMNS = {"distance_km": "km", "distance_miles": "miles"}
_ROLES = {
    role.replace("_", " "): role
    for role in (
        *("title", "start_time", "end_time", "description"),
        *("exercise_title", "superset_id", "exercise_notes", "set_index", "set_type"),
        *(*_WEIGHT_COLUMNS, "reps", *_DISTANCE_COLUMNS, "duration_seconds", "rpe"),
    )
}
_REQUIRED = ("title", "start_time", "exercise_title", "set_type", "reps")
_SET_TYPES: dict[str, LoggedSetType] = {
    "normal": "normal",
    "warmup": "warm_up",
    "dropset": "drop_set",
    "failure": "failure",
}


def hevy_columns(table: Table) -> Columns | None:
    """Find Hevy's columns; None when the file is not one of Hevy's."""
    columns = find_columns(table.header, _ROLES)
    weights = sum(columns.has(name) for name in _WEIGHT_COLUMNS)
    distances = sum(columns.has(name) for name in _DISTANCE_COLUMNS)
    is_hevy = columns.has(*_REQUIRED) and weights == 1 and distances <= 1
    return columns if is_hevy else None


def read_hevy(table: Table, columns: Columns, *, clock: WallClock) -> TrainingLog:
    """Read an export of Hevy; its units are always known."""
    weight_column = next(name for name in _WEIGHT_COLUMNS if columns.has(name))
    distance_column = next((name for name in _DISTANCE_COLUMNS if columns.has(name)), "distance_km")
    units = (weight_column, distance_column)
    dialect = "_".join(name.partition("_")[2] for name in units)
    reader = _HevyRows(columns, clock, weight_column, distance_column)
    return assemble(table, source=LogSource.HEVY, dialect=dialect, read_row=reader.read)


@dataclass(frozen=True, slots=True)
class _HevyRows:
    columns: Columns
    clock: WallClock
    weight_column: str
    distance_column: str

    def read(self, row: Row) -> RowReading:
        title = self._text(row, "title")
        started_at = self.clock.instant(self._text(row, "start_time"))
        return RowReading(
            workout_key=(title, started_at),
            workout_name=title,
            started_at=started_at,
            ended_at=self._ended_at(row, started_at),
            workout_notes=self._prose(row, "description"),
            superset=self._text(row, "superset_id") or None,
            exercise_notes=self._prose(row, "exercise_notes"),
            entry=performed_set(
                self._set_cells(row),
                line=row.line,
                exercise_name=exercise_name(self._text(row, "exercise_title")),
                set_type=_set_type(self._text(row, "set_type")),
            ),
        )

    def _ended_at(self, row: Row, started_at: datetime) -> datetime | None:
        text = self._text(row, "end_time")
        ended_at = self.clock.instant(text) if text else None
        if ended_at is not None and ended_at < started_at:
            raise RowProblem("ends_before_start", "The workout ends before it starts.")
        return ended_at

    def _set_cells(self, row: Row) -> SetCells:
        return SetCells(
            weight=self._text(row, self.weight_column),
            weight_unit=_WEIGHT_COLUMNS[self.weight_column],
            reps=self._text(row, "reps"),
            seconds=self._text(row, "duration_seconds"),
            distance=self._text(row, self.distance_column),
            distance_unit=_DISTANCE_COLUMNS[self.distance_column],
            rpe=self._text(row, "rpe"),
        )

    def _prose(self, row: Row, role: str) -> str:
        return self._text(row, role).replace("\\n", "\n").strip()

    def _text(self, row: Row, role: str) -> str:
        return self.columns.text(row, role)


def _set_type(text: str) -> LoggedSetType:
    set_type = _SET_TYPES.get(plain(text).replace("_", "").replace("-", ""))
    if set_type is None:
        raise RowProblem("unknown_set_type", f"“{text[:40]}” is not a known kind of set.")
    return set_type
