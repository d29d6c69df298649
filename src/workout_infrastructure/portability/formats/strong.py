"""
Exports of Strong, in all five dialects it has written over the years.

S0 is the oldest (no duration), S1 and S1b come from iOS, S2 from Android, S3 from version 6.
S0 and S1 carry no unit: weights are in the importer's own unit, and distances in the unit that
goes with it (kilometres or miles).
"""

import re
from dataclasses import dataclass

from workout_domain.portability.training_log import (
    LoggedRest,
    LoggedSet,
    LoggedSetType,
    LoggedUnit,
    LogSource,
    TrainingLog,
)
from workout_infrastructure.portability.formats import cells
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

_ROLES = {
    **dict.fromkeys(("date", "datum"), "date"),
    "workout #": "workout_number",
    "workout name": "workout_name",
    **dict.fromkeys(("duration", "workout duration", "dauer", "workout dauer"), "duration"),
    **dict.fromkeys(("exercise name", "name der ubung"), "exercise"),
    **dict.fromkeys(("set order", "reihenfolge festlegen"), "set_order"),
    **dict.fromkeys(("weight", "gewicht"), "weight"),
    **dict.fromkeys(("weight unit", "gewichtseinheit"), "weight_unit"),
    **dict.fromkeys(("reps", "wiederh", "wiederholungen"), "reps"),
    "rpe": "rpe",
    **dict.fromkeys(("distance", "entfernung"), "distance"),
    **dict.fromkeys(("distance unit", "entfernungseinheit"), "distance_unit"),
    **dict.fromkeys(("seconds", "sekunden"), "seconds"),
    **dict.fromkeys(("notes", "notizen"), "notes"),
    **dict.fromkeys(("workout notes", "workout notizen"), "workout_notes"),
}
_REQUIRED = ("date", "workout_name", "exercise", "set_order", "weight", "reps")
_SET_TYPES: dict[str, LoggedSetType] = {"w": "warm_up", "d": "drop_set", "f": "failure"}
_SET_NUMBER = re.compile(r"\d{1,4}(?:\.0+)?", re.ASCII)
_REST_TIMER = "rest timer"


def strong_columns(table: Table) -> Columns | None:
    """Find Strong's columns; None when the file is not one of Strong's."""
    columns = find_columns(table.header, _ROLES)
    return columns if columns.has(*_REQUIRED) else None


def read_strong(
    table: Table, columns: Columns, *, clock: WallClock, default_unit: LoggedUnit
) -> TrainingLog:
    """Read an export of Strong; `default_unit` is for weights that say no unit themselves."""
    reader = _StrongRows(columns, clock, default_unit)
    dialect = _dialect(columns)
    return assemble(table, source=LogSource.STRONG, dialect=dialect, read_row=reader.read)


def _dialect(columns: Columns) -> str:
    if columns.has("workout_number") or "weight" in columns.units:
        return "S3"
    if columns.has("weight_unit"):
        return "S2"
    if not columns.has("duration"):
        return "S0"
    return "S1" if columns.has("notes") else "S1b"


@dataclass(frozen=True, slots=True)
class _StrongRows:
    columns: Columns
    clock: WallClock
    default_unit: LoggedUnit

    def read(self, row: Row) -> RowReading:
        name = self._text(row, "workout_name")
        started_at = self.clock.instant(self._text(row, "date"))
        return RowReading(
            workout_key=(self._text(row, "workout_number"), started_at, name),
            workout_name=name,
            started_at=started_at,
            entry=self._entry(row),
            duration_minutes=cells.duration_minutes(self._text(row, "duration")),
            workout_notes=self._text(row, "workout_notes"),
            exercise_notes=self._text(row, "notes"),
        )

    def _entry(self, row: Row) -> LoggedSet | LoggedRest:
        exercise = exercise_name(self._text(row, "exercise"))
        order = plain(self._text(row, "set_order"))
        if order == _REST_TIMER:
            return self._rest(row, exercise)
        return performed_set(
            self._set_cells(row), line=row.line, exercise_name=exercise, set_type=_set_type(order)
        )

    def _rest(self, row: Row, exercise: str) -> LoggedRest:
        seconds = cells.seconds(self._text(row, "seconds"))
        if seconds is None:
            raise RowProblem("empty_rest", "The rest timer ran for no time.")
        return LoggedRest(line=row.line, exercise_name=exercise, seconds=seconds)

    def _set_cells(self, row: Row) -> SetCells:
        weight_unit = self._weight_unit(row)
        usual_distance_unit = "mi" if weight_unit == "pounds" else "km"
        return SetCells(
            weight=self._text(row, "weight"),
            weight_unit=weight_unit,
            reps=self._text(row, "reps"),
            seconds=self._text(row, "seconds"),
            distance=self._text(row, "distance"),
            distance_unit=self._unit(row, "distance") or usual_distance_unit,
            rpe=self._text(row, "rpe"),
        )

    def _weight_unit(self, row: Row) -> LoggedUnit:
        written = self._unit(row, "weight")
        return cells.weight_unit(written) if written else self.default_unit

    def _unit(self, row: Row, role: str) -> str:
        return self._text(row, f"{role}_unit") or self.columns.units.get(role, "")

    def _text(self, row: Row, role: str) -> str:
        return self.columns.text(row, role)


def _set_type(order: str) -> LoggedSetType:
    if _SET_NUMBER.fullmatch(order):
        return "normal"
    if order in _SET_TYPES:
        return _SET_TYPES[order]
    raise RowProblem("unknown_set_type", f"“{order[:40]}” is not a known kind of set.")
