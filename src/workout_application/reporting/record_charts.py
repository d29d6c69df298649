"""Charts of personal records: one exercise over time, or what stands in each exercise."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from workout_application.reporting.series import (
    ChartKind,
    ChartSeries,
    LabelType,
    Series,
    XAxis,
    YAxis,
)
from workout_application.reporting.views import PersonalRecordView
from workout_domain.reporting.records import RecordKind

MOST_POINTS: Final = 2_000
"""A line shows the newest so many records."""

BAR_SORT: Final = "-value"
_NAMES: Final = {
    RecordKind.WEIGHT: "Heaviest repetition",
    RecordKind.REPS: "Heaviest set",
    RecordKind.E1RM: "Estimated maximum",
    RecordKind.SET_VOLUME: "Volume of a set",
    RecordKind.SESSION_VOLUME: "Volume of a session",
    RecordKind.MOST_REPS: "Most repetitions",
    RecordKind.DURATION: "Longest set",
    RecordKind.DISTANCE: "Farthest set",
}
# What one scale can show together; the first of which there is anything is shown.
_TOGETHER: Final = (
    (RecordKind.WEIGHT, RecordKind.E1RM),
    (RecordKind.MOST_REPS,),
    (RecordKind.DURATION,),
    (RecordKind.DISTANCE,),
    *((one,) for one in (RecordKind.REPS, RecordKind.SET_VOLUME, RecordKind.SESSION_VOLUME)),
)
_LEVELS: Final = (1, 3, 5, 8, 10)
Line = dict[date, Decimal]


def chart_of_exercises(views: Sequence[PersonalRecordView]) -> ChartSeries:
    """Show records of one kind, a bar for each."""
    name = _NAMES[views[0].kind] if views else "Records"
    unit = views[0].unit if views else None
    values = tuple(one.value for one in views)
    return ChartSeries(
        title=f"Personal records: {name.lower()}" if views else "Personal records",
        kind=ChartKind.BAR,
        x=XAxis(label="Exercise", type=LabelType.CATEGORY),
        y=YAxis(label=name, unit=unit),
        labels=tuple(_label(one) for one in views),
        series=(Series(name=name, values=values, unit=unit),),
    )


def chart_of_exercise(views: Sequence[PersonalRecordView]) -> ChartSeries:
    """
    Show the records of one exercise over time, a line for each kind.

    Of several kinds those are shown that one scale can show: loads before repetitions, time and
    distance. By repetitions there is a line for sets of at least 1, 3, 5, 8 and 10.
    """
    earliest_first = list(reversed(views))
    kinds = _shown_kinds({one.kind for one in views})
    lines = dict(_lines(earliest_first, kinds))
    days = tuple(sorted({day for line in lines.values() for day in line}))
    unit = next((one.unit for one in views if one.kind in kinds), None)
    return ChartSeries(
        title=f"Personal records: {views[0].exercise_name}" if views else "Personal records",
        kind=ChartKind.LINE,
        x=XAxis(label="Day", type=LabelType.DATE),
        y=YAxis(label=_NAMES[kinds[0]] if len(kinds) == 1 else "Load", unit=unit),
        labels=days,
        series=tuple(_series(name, line, days, unit) for name, line in lines.items()),
    )


def _shown_kinds(there: set[RecordKind]) -> tuple[RecordKind, ...]:
    for together in _TOGETHER:
        shown = tuple(kind for kind in together if kind in there)
        if shown:
            return shown
    return ()


def _lines(
    views: Sequence[PersonalRecordView], kinds: tuple[RecordKind, ...]
) -> Iterator[tuple[str, Line]]:
    for kind in kinds:
        of_kind = [one for one in views if one.kind is kind]
        if kind is not RecordKind.REPS:
            yield _NAMES[kind], {one.date: one.value for one in of_kind}
            continue
        for level in _LEVELS:
            line = _rising(one for one in of_kind if one.reps is not None and one.reps >= level)
            if line:
                yield f"{level} or more", line


def _rising(views: Iterable[PersonalRecordView]) -> Line:
    """Return what was better than all before: a set of five is also one of at least three."""
    line: Line = {}
    best = Decimal()
    for one in views:
        if one.value > best:
            line[one.date] = best = one.value
    return line


def _series(
    name: str, line: Mapping[date, Decimal], days: Sequence[date], unit: str | None
) -> Series:
    return Series(name=name, values=tuple(line.get(day) for day in days), unit=unit)


def _label(view: PersonalRecordView) -> str:
    of_reps = "" if view.reps is None else f" x {view.reps}"
    return f"{view.exercise_name}{of_reps}"
