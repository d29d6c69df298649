"""Progression rules as data, and sessions for them: what tests of programs share."""

from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from workout_domain.kernel.load import MeasurementUnit
from workout_domain.programs.loading import Loading, LoadKind, RoundingMode
from workout_domain.programs.parameters import (
    Deload,
    Parameters,
    PercentageSet,
    RuleKind,
    TrainingDay,
    TrainingWeek,
)
from workout_domain.programs.performance import Performance, Work
from workout_domain.programs.prescribing import Scheme
from workout_domain.programs.steps import State, Step

KG: Final = MeasurementUnit.KILOGRAMS
LB: Final = MeasurementUnit.POUNDS


def d(figure: str | int) -> Decimal:
    """Read a figure."""
    return Decimal(figure)


def loading(
    step: str = "2.5",
    *,
    unit: MeasurementUnit = KG,
    mode: RoundingMode = RoundingMode.NEAREST,
    minimum: str = "0",
    maximum: str = "9999.999",
) -> Loading:
    """Say which loads may be put on."""
    return Loading(unit=unit, step=d(step), rounding=mode, minimum=d(minimum), maximum=d(maximum))


def linear(start: str = "80", increment: str = "2.5", **fields: Any) -> Parameters:
    """Five sets of five, a little more each time."""
    said: dict[str, Any] = {"sets": 5, "reps": 5, "loading": loading(), **fields}
    return Parameters(kind=RuleKind.LINEAR, start=d(start), increment=d(increment), **said)


def double(start: str = "20", increment: str = "2.5", **fields: Any) -> Parameters:
    """Three sets of eight to twelve: repetitions first, then the load."""
    said: dict[str, Any] = {
        "sets": 3,
        "reps_min": 8,
        "reps_max": 12,
        "loading": loading(),
        **fields,
    }
    return Parameters(
        kind=RuleKind.DOUBLE_PROGRESSION, start=d(start), increment=d(increment), **said
    )


def rpe(start: str = "100", **fields: Any) -> Parameters:
    """Sets of five at RPE 8."""
    said: dict[str, Any] = {
        "sets": 1,
        "reps": 5,
        "target_rpe": d(8),
        "loading": loading(),
        **fields,
    }
    return Parameters(kind=RuleKind.RPE, start=d(start), **said)


def day(*sets: tuple[int, int], amrap: bool = True) -> TrainingDay:
    """Percentages with repetitions; of the last set as many as possible."""
    return TrainingDay(
        sets=tuple(
            PercentageSet(
                percent=Decimal(percent),
                reps=reps,
                is_amrap=amrap and number == len(sets),
            )
            for number, (percent, reps) in enumerate(sets, start=1)
        )
    )


FOUR_WEEKS: Final = tuple(
    TrainingWeek(days=(one,))
    for one in (
        day((65, 5), (75, 5), (85, 5)),
        day((70, 3), (80, 3), (90, 3)),
        day((75, 5), (85, 3), (95, 1)),
        day((40, 5), (50, 5), (60, 5), amrap=False),
    )
)
"""Fives, threes, singles and an easy week, as percentages of a training max of 90 %."""


def percentages(**fields: Any) -> Parameters:
    """Four weeks of percentages; after a good cycle the training max may rise by 2.5."""
    said: dict[str, Any] = {
        "weeks": FOUR_WEEKS,
        "training_max_increment": d("2.5"),
        "loading": loading(),
        **fields,
    }
    return Parameters(kind=RuleKind.TRAINING_MAX_PERCENTAGE, **said)


def deload(after: int = 3, percent: str | None = "10", **fields: Any) -> Deload:
    """Say what follows after failures."""
    return Deload(after_failures=after, percent=None if percent is None else d(percent), **fields)


def scheme(parameters: Parameters, kind: LoadKind = LoadKind.EXTERNAL) -> Scheme:
    """Say what decides."""
    return Scheme(parameters=parameters, load_kind=kind)


def work(weight: str | None, reps: int, *, number: int = 1, **fields: Any) -> Work:
    """Perform a set."""
    return Work(number=number, weight=None if weight is None else d(weight), reps=reps, **fields)


def session(*works: Work) -> Performance:
    """Perform a session; its sets are numbered in order."""
    return Performance(
        works=tuple(replace(one, number=number) for number, one in enumerate(works, start=1))
    )


def sets_of(count: int, weight: str | None, reps: int, **fields: Any) -> Performance:
    """Perform equal sets."""
    return session(*(work(weight, reps, **fields) for _ in range(count)))


def as_asked(step: Step, *, short: int = 0, extra: int = 0) -> Performance:
    """Do what is asked for, or so many repetitions less or more in every set."""
    return session(
        *(
            Work(
                number=one.number,
                weight=one.load,
                unit=step.unit,
                reps=(one.reps_max or one.reps) - short + extra,
                failed_reps=min(short, 1),
                rpe=one.rpe,
            )
            for one in step.sets
        )
    )


def loads(scheme: Scheme, state: State, training_max: str | None = None) -> list[Decimal | None]:
    """Return the loads that are asked for."""
    step = scheme.prescribe(state, None if training_max is None else d(training_max))
    return [one.load for one in step.sets]
