"""From a logged workout to what a coach would have assigned, and how it is trained."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any, Final, TypeVar

from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.portability.training_log import (
    LoggedExercise,
    LoggedRest,
    LoggedSet,
    LoggedWorkout,
)
from workout_presentation.demo.answers import json_number

NAMELESS: Final = "Workout"
LONGEST_NAME: Final = 200
LONGEST_TEXT: Final = 10_000
LONGEST_MINUTES: Final = Decimal(100_000)
# Beyond it nobody trained: the session was forgotten, and its sets are taken to follow briskly.
_LONGEST_TRAINING: Final = timedelta(hours=12)
_BETWEEN_SETS: Final = timedelta(minutes=3)
_THOUSANDTH: Final = Decimal("0.001")

ExerciseOf = Callable[[LoggedSet], str]
V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStep:
    """A set to log; ``body`` is what is sent."""

    line: int
    body: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestStep:
    """A rest timer to start."""

    line: int
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressStep:
    """How many sets of an exercise are done, to be told after its sets."""

    exercise_id: str
    completed_sets: int


Step = SetStep | RestStep | ProgressStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """
    One logged workout: ``workout`` is the plan the coach posts, ``steps`` what the athlete does.

    `duration_minutes` is None where the log says nothing about it.
    """

    workout: dict[str, Any]
    steps: tuple[Step, ...]
    notes: str | None
    duration_minutes: Decimal | None

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.workout["name"])

    @property
    def session_date(self) -> str:
        """When it was."""
        return str(self.workout["scheduled_date"])

    @property
    def summary(self) -> dict[str, Any]:
        """What the athlete says at the end."""
        minutes = self.duration_minutes
        duration = {} if minutes is None else {"duration_minutes": json_number(minutes)}
        return {"notes": self.notes, **duration}


def training_of(logged: LoggedWorkout, exercise_of: ExerciseOf) -> Training:
    """Make the plan and the steps; sets keep the order, the words and the units of the log."""
    minutes = duration_of(logged)
    return Training(
        workout={
            "name": logged.name.strip()[:LONGEST_NAME].rstrip() or NAMELESS,
            "type": "strength",
            "scheduled_date": _instant(logged.started_at),
            "estimated_duration_minutes": int(minutes or 0),
            "exercises": [
                prescription(exercise, exercise_id, sets)
                for exercise in logged.exercises
                for exercise_id, sets in _by_exercise(exercise, exercise_of).items()
            ],
        },
        steps=tuple(_steps(logged, exercise_of)),
        notes=_text(logged.notes),
        duration_minutes=minutes,
    )


def prescription(
    exercise: LoggedExercise, exercise_id: str, sets: Sequence[LoggedSet]
) -> dict[str, Any]:
    """
    Ask for what was done: the working sets, the usual repetitions, the heaviest weight.

    Times, distances and rests are the most frequent ones too; on a tie the earlier one counts.
    """
    working = working_sets(sets)
    rests = [_whole(one.seconds) for one in exercise.entries if isinstance(one, LoggedRest)]
    asked = {
        "exercise_id": exercise_id,
        "sets": len(working),
        "reps": _usual([one.reps for one in working]),
        "duration_seconds": _usual([_number(one.duration_seconds) for one in working]),
        "distance_meters": _usual([_number(one.distance_meters) for one in working]),
        "rest_time_seconds": _usual(rests),
        "notes": _text(exercise.notes),
        **_load(_heaviest(working)),
    }
    return _given(asked)


def working_sets(sets: Sequence[LoggedSet]) -> list[LoggedSet]:
    """Leave the warm-up out, unless there was nothing else."""
    return [one for one in sets if one.set_type != "warm_up"] or list(sets)


def duration_of(logged: LoggedWorkout) -> Decimal | None:
    """Return the minutes a workout took: as the log says, or from its start to its end."""
    minutes = logged.duration_minutes
    if minutes is None and logged.ended_at is not None:
        seconds = (logged.ended_at - logged.started_at).total_seconds()
        minutes = (Decimal(seconds) / 60).quantize(_THOUSANDTH)
    return None if minutes is None else min(minutes, LONGEST_MINUTES)


def _steps(logged: LoggedWorkout, exercise_of: ExerciseOf) -> Iterator[Step]:
    moments = _moments(logged)
    done: Counter[str] = Counter()
    for exercise in logged.exercises:
        for entry in exercise.entries:
            if isinstance(entry, LoggedRest):
                yield RestStep(line=entry.line, seconds=_whole(entry.seconds))
            else:
                yield SetStep(
                    line=entry.line, body=_set_body(entry, exercise_of(entry), next(moments))
                )
        for exercise_id, sets in _by_exercise(exercise, exercise_of).items():
            done[exercise_id] += len(working_sets(sets))
            yield ProgressStep(exercise_id=exercise_id, completed_sets=done[exercise_id])


def _set_body(one: LoggedSet, exercise_id: str, performed_at: datetime) -> dict[str, Any]:
    body = {
        "exercise_id": exercise_id,
        "set_type": one.set_type,
        **_load(one),
        "number_reps": one.reps,
        "duration_seconds": _number(one.duration_seconds),
        "distance_meters": _number(one.distance_meters),
        "rpe": _number(one.rpe),
        "notes": _text(one.notes),
        "performed_at": _instant(performed_at),
        "client_generated_id": f"line-{one.line}",
    }
    return _given(body)


def _moments(logged: LoggedWorkout) -> Iterator[datetime]:
    """Spread the sets over the workout: the last one ends it."""
    count = sum(len(exercise.sets) for exercise in logged.exercises)
    minutes = duration_of(logged)
    span = None if minutes is None else timedelta(minutes=float(minutes))
    if span is None or span > _LONGEST_TRAINING:
        span = _BETWEEN_SETS * count
    for number in range(1, count + 1):
        yield (logged.started_at + span * number / count).replace(microsecond=0)


def _by_exercise(exercise: LoggedExercise, exercise_of: ExerciseOf) -> dict[str, list[LoggedSet]]:
    """Sets of one run may belong to two exercises, such as a carry also noted in repetitions."""
    found: dict[str, list[LoggedSet]] = {}
    for one in exercise.sets:
        found.setdefault(exercise_of(one), []).append(one)
    return found


def _heaviest(sets: Sequence[LoggedSet]) -> LoggedSet | None:
    loaded = [one for one in sets if one.weight is not None]
    return max(loaded, key=_kilograms, default=None)


def _kilograms(one: LoggedSet) -> Decimal:
    unit = MeasurementUnit(one.unit or MeasurementUnit.KILOGRAMS)
    return Load(one.weight or Decimal(0), unit).to(MeasurementUnit.KILOGRAMS).amount


def _load(one: LoggedSet | None) -> dict[str, Any]:
    if one is None or one.weight is None:
        return {}
    return {"weight": json_number(one.weight), "unit": one.unit}


def _usual(values: Sequence[V | None]) -> V | None:
    counted = Counter(value for value in values if value is not None).most_common(1)
    return counted[0][0] if counted else None


def _given(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value is not None}


def _number(value: Decimal | int | None) -> int | float | None:
    return None if value is None else json_number(value)


def _whole(seconds: Decimal | int) -> int:
    return int(Decimal(seconds).to_integral_value(ROUND_CEILING))


def _text(text: str | None) -> str | None:
    return text[:LONGEST_TEXT] if text else None


def _instant(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
