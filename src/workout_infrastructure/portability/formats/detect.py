"""Which product wrote a file, judged by the names of its columns alone."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from workout_domain.portability.training_log import LoggedUnit, TrainingLog
from workout_infrastructure.portability.formats.columns import Columns
from workout_infrastructure.portability.formats.hevy import hevy_columns, read_hevy
from workout_infrastructure.portability.formats.reading import (
    Table,
    UnknownLogFormat,
    open_table,
)
from workout_infrastructure.portability.formats.strong import (
    read_strong,
    strong_columns,
)
from workout_infrastructure.portability.formats.wall_clock import (
    WallClock,
    settle_day_order,
)

_UNITS: dict[str, LoggedUnit] = {"kilograms": "kilograms", "pounds": "pounds"}


def read_training_log(
    content: bytes, *, zone: ZoneInfo, default_unit: str, day_first: bool | None = None
) -> TrainingLog:
    """
    Read an export of Strong or Hevy; a row that makes no sense is reported, never dropped.

    Times are wall-clock times in `zone`. `default_unit` (kilograms or pounds) is the unit of
    weights in files that name none. `day_first` answers how `03/04/2026` is meant when the file
    itself cannot tell; leave it None until an ambiguous_dates error asks for it.

    Raises:
        UnknownLogFormat: the header is not one of these products'.
        UnreadableLog: the file cannot be read as a whole; see its code.
        ValueError: `default_unit` is not a unit.
    """
    if default_unit not in _UNITS:
        raise ValueError(f"{default_unit!r} is neither kilograms nor pounds.")
    table = open_table(content)
    if (columns := strong_columns(table)) is not None:
        clock = _clock(zone, _dates(table, columns, "date"), day_first=day_first)
        return read_strong(table, columns, clock=clock, default_unit=_UNITS[default_unit])
    if (columns := hevy_columns(table)) is not None:
        dates = _dates(table, columns, "start_time", "end_time")
        clock = _clock(zone, dates, day_first=day_first)
        return read_hevy(table, columns, clock=clock)
    raise UnknownLogFormat("unknown_format", "The columns are those of neither Strong nor Hevy.")


def _clock(zone: ZoneInfo, dates: Iterator[str], *, day_first: bool | None) -> WallClock:
    settled = settle_day_order(dates) if day_first is None else day_first
    return WallClock(zone, day_first=settled)


def _dates(table: Table, columns: Columns, *roles: str) -> Iterator[str]:
    for row in table.rows():
        if row.problem is None:
            yield from (columns.text(row, role) for role in roles)
