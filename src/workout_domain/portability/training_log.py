"""A training log as another product wrote it, before anything of ours is made of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

LoggedSetType = Literal["normal", "warm_up", "drop_set", "failure"]
"""Code of the kind of a set; the same words as our own set types."""

LoggedUnit = Literal["kilograms", "pounds"]
"""Unit a weight was entered in."""


class LogSource(StrEnum):
    """The product that wrote a log."""

    STRONG = "strong"
    HEVY = "hevy"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedSet:
    """
    One performed set.

    `line` is the 1-based physical line of the file on which the row starts. A `weight` of None
    means body weight, and then there is no unit either. Every measure that is present is positive,
    except that a weight may be zero; at least one of reps, duration and distance is present.
    """

    line: int
    exercise_name: str
    set_type: LoggedSetType = "normal"
    weight: Decimal | None = None
    unit: LoggedUnit | None = None
    reps: int | None = None
    duration_seconds: int | Decimal | None = None
    distance_meters: Decimal | None = None
    rpe: Decimal | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedRest:
    """A rest timer that ran between two sets of an exercise."""

    line: int
    exercise_name: str
    seconds: int | Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedExercise:
    """
    A contiguous run of rows of one exercise.

    The same exercise may come back later in a workout as another run. `superset` is a label that
    means something only inside its workout: runs with the same label were done in turns.
    """

    name: str
    superset: str | None = None
    notes: str | None = None
    entries: tuple[LoggedSet | LoggedRest, ...] = ()

    @property
    def sets(self) -> tuple[LoggedSet, ...]:
        """The sets of this run, in order, without the rests."""
        return tuple(entry for entry in self.entries if isinstance(entry, LoggedSet))


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedWorkout:
    """
    One training session.

    Instants are aware and in UTC. `duration_minutes` is what the file says, however absurd: some
    products let a forgotten session run for days.
    """

    name: str
    started_at: datetime
    ended_at: datetime | None = None
    duration_minutes: Decimal | None = None
    notes: str | None = None
    exercises: tuple[LoggedExercise, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedLine:
    """
    A row that could not be taken over, and why.

    `reason` is a stable code, `message` a sentence for people, `raw` the text as it stands in the
    file (shortened when very long).
    """

    line: int
    reason: str
    message: str
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingLog:
    """
    Everything one file says: workouts in file order, and the rows that were not understood.

    `rows` counts data rows: neither the header nor blank lines.
    """

    source: LogSource
    dialect: str
    workouts: tuple[LoggedWorkout, ...]
    reported: tuple[ReportedLine, ...]
    rows: int

    @property
    def sets(self) -> int:
        """How many performed sets were read."""
        return sum(isinstance(entry, LoggedSet) for entry in self._entries())

    @property
    def rests(self) -> int:
        """How many rest timers were read."""
        return sum(isinstance(entry, LoggedRest) for entry in self._entries())

    @property
    def accounts_for_every_row(self) -> bool:
        """Every data row became exactly one of a set, a rest timer or a reported line."""
        return self.rows == self.sets + self.rests + len(self.reported)

    def _entries(self) -> Iterator[LoggedSet | LoggedRest]:
        for workout in self.workouts:
            for exercise in workout.exercises:
                yield from exercise.entries
