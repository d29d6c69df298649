"""From rows in file order to workouts made of contiguous runs of exercises."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from workout_domain.portability.training_log import (
    LoggedExercise,
    LoggedRest,
    LoggedSet,
    LoggedWorkout,
    LogSource,
    ReportedLine,
    TrainingLog,
)
from workout_infrastructure.portability.formats.reading import Row, RowProblem, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReading:
    """
    What one row says: the entry itself, and what it repeats about its exercise and its workout.

    Rows with equal `workout_key` belong to one workout.
    """

    workout_key: Hashable
    workout_name: str
    started_at: datetime
    entry: LoggedSet | LoggedRest
    ended_at: datetime | None = None
    duration_minutes: Decimal | None = None
    workout_notes: str = ""
    superset: str | None = None
    exercise_notes: str = ""


def assemble(
    table: Table, *, source: LogSource, dialect: str, read_row: Callable[[Row], RowReading]
) -> TrainingLog:
    """Read every row of a table; what `read_row` refuses with a RowProblem is reported."""
    drafts: dict[Hashable, _WorkoutDraft] = {}
    reported: list[ReportedLine] = []
    rows = 0
    for row in table.rows():
        rows += 1
        try:
            reading = _read(row, read_row)
        except RowProblem as problem:
            reported.append(
                ReportedLine(
                    line=row.line, reason=problem.reason, message=problem.message, raw=row.raw
                )
            )
        else:
            drafts.setdefault(reading.workout_key, _WorkoutDraft(reading)).add(reading)
    workouts = tuple(draft.finished() for draft in drafts.values())
    return TrainingLog(
        source=source, dialect=dialect, workouts=workouts, reported=tuple(reported), rows=rows
    )


def _read(row: Row, read_row: Callable[[Row], RowReading]) -> RowReading:
    if row.problem is not None:
        raise row.problem
    return read_row(row)


@dataclass(slots=True)
class _Run:
    """An exercise that is still being read."""

    name: str
    superset: str | None
    notes: dict[str, None] = field(default_factory=dict)
    entries: list[LoggedSet | LoggedRest] = field(default_factory=list)

    def add(self, entry: LoggedSet | LoggedRest, note: str) -> None:
        """Take a row: a first note is the exercise's, a different one later is that set's own."""
        if note and note not in self.notes:
            if self.entries and isinstance(entry, LoggedSet):
                entry = replace(entry, notes=note)
            else:
                self.notes[note] = None
        self.entries.append(entry)

    def finished(self) -> LoggedExercise:
        return LoggedExercise(
            name=self.name,
            superset=self.superset,
            notes="\n".join(self.notes) or None,
            entries=tuple(self.entries),
        )


class _WorkoutDraft:
    """A workout that is still being read."""

    def __init__(self, first: RowReading) -> None:
        self._first = first
        self._ended_at = first.ended_at
        self._duration = first.duration_minutes
        self._notes: dict[str, None] = {}  # in order, each once
        self._runs: list[_Run] = []

    def add(self, reading: RowReading) -> None:
        self._ended_at = self._ended_at or reading.ended_at
        self._duration = reading.duration_minutes if self._duration is None else self._duration
        if reading.workout_notes:
            self._notes.setdefault(reading.workout_notes)
        self._run_for(reading).add(reading.entry, reading.exercise_notes)

    def _run_for(self, reading: RowReading) -> _Run:
        name, superset = reading.entry.exercise_name, reading.superset
        last = self._runs[-1] if self._runs else None
        if last is None or (last.name, last.superset) != (name, superset):
            last = _Run(name, superset)
            self._runs.append(last)
        return last

    def finished(self) -> LoggedWorkout:
        return LoggedWorkout(
            name=self._first.workout_name,
            started_at=self._first.started_at,
            ended_at=self._ended_at,
            duration_minutes=self._duration,
            notes="\n".join(self._notes) or None,
            exercises=tuple(run.finished() for run in self._runs),
        )
