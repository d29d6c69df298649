"""What a progression rule says: its scheme and figures, as data that is checked as a whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final

from workout_domain.kernel.errors import FieldError, Invalid
from workout_domain.kernel.formulas.effort import RTS
from workout_domain.kernel.load import LARGEST_LOAD, MeasurementUnit
from workout_domain.programs.loading import Loading, LoadKind

MOST_SETS: Final = 50
MOST_REPS: Final = 100
MOST_WEEKS: Final = 26
MOST_DAYS: Final = 7
MOST_TIMES: Final = 20
LARGEST_PERCENT: Final = Decimal(200)
SMALLEST_STEP: Final = Decimal("0.001")
LARGEST_STEP: Final = Decimal(100)


class RuleKind(StrEnum):
    """By what a rule decides about the next load."""

    LINEAR = "linear"
    DOUBLE_PROGRESSION = "double_progression"
    TRAINING_MAX_PERCENTAGE = "training_max_percentage"
    RPE = "rpe"


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentageSet:
    """One set at a percentage of the training max; ``is_amrap`` asks for at least ``reps``."""

    percent: Decimal
    reps: int
    is_amrap: bool = False

    def __post_init__(self) -> None:
        _refuse(
            "percentages",
            *_outside("percent", self.percent, Decimal("0.1"), LARGEST_PERCENT),
            *_outside("reps", self.reps, 1, MOST_REPS),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingDay:
    """The sets of one day of a cycle, in their order."""

    sets: tuple[PercentageSet, ...]

    def __post_init__(self) -> None:
        _refuse("percentages", *_outside("sets", len(self.sets), 1, MOST_SETS))

    @property
    def top_percent(self) -> Decimal:
        """The highest percentage of the day."""
        return max(one.percent for one in self.sets)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingWeek:
    """The days of one week of a cycle on which the exercise is done."""

    days: tuple[TrainingDay, ...]

    def __post_init__(self) -> None:
        _refuse("percentages", *_outside("days", len(self.days), 1, MOST_DAYS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Deload:
    """
    What follows after ``after_failures`` failures: the load falls by a percentage or an amount.

    With ``reset_on_success`` a success forgets the failures before it; a deload always does.
    """

    after_failures: int
    percent: Decimal | None = None
    amount: Decimal | None = None
    reset_on_success: bool = True

    def __post_init__(self) -> None:
        _refuse(
            "deload",
            *_outside("after_failures", self.after_failures, 1, MOST_TIMES),
            *deload_rules_broken_by({"percent": self.percent, "amount": self.amount}),
            *_outside("percent", self.percent, Decimal("0.1"), Decimal(90)),
            *_outside("amount", self.amount, SMALLEST_STEP, LARGEST_LOAD),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """
    All a rule says, in the words of its ``kind``; loads are in the unit of ``loading``.

    Which fields a kind needs and takes stands in ``NEEDED`` and ``TAKEN``.

    Raises:
        Invalid: a field is missing, not of this kind, out of bounds, or two contradict each other.
    """

    kind: RuleKind
    loading: Loading
    start: Decimal | None = None
    sets: int | None = None
    reps: int | None = None
    reps_min: int | None = None
    reps_max: int | None = None
    increment: Decimal | None = None
    every_n_successes: int | None = None
    target_rpe: Decimal | None = None
    step_cap: Decimal | None = None
    weeks: tuple[TrainingWeek, ...] | None = None
    training_max_increment: Decimal | None = None
    deload: Deload | None = None

    def __post_init__(self) -> None:
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        loading = {field.name: getattr(self.loading, field.name) for field in fields(Loading)}
        flat = {**said, "minimum": loading["minimum"], "maximum": loading["maximum"]}
        _refuse(
            "parameters",
            *_out_of_bounds({**flat, "step": loading["step"]}),
            *rules_broken_by({**flat, "rounding": {"step": loading["step"]}}),
        )

    @property
    def unit(self) -> MeasurementUnit:
        """The unit of every load the rule says or decides."""
        return self.loading.unit

    def refuse_for(self, load_kind: LoadKind) -> None:
        """
        Refuse a kind of rule that cannot be meant for a lift.

        Raises:
            Invalid: percentages of a maximum say nothing about assistance.
        """
        by_maximum = {RuleKind.TRAINING_MAX_PERCENTAGE, RuleKind.RPE}
        if load_kind is LoadKind.ASSISTED and self.kind in by_maximum:
            sentence = "An assisted lift progresses by linear or double_progression."
            raise Invalid.field("/parameters/kind", "assisted", sentence)


NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    RuleKind.LINEAR: ("start", "sets", "reps", "increment"),
    RuleKind.DOUBLE_PROGRESSION: ("start", "sets", "reps_min", "reps_max", "increment"),
    RuleKind.TRAINING_MAX_PERCENTAGE: ("weeks",),
    RuleKind.RPE: ("start", "sets", "reps", "target_rpe"),
}
"""The fields each kind needs."""

TAKEN: Final[Mapping[str, tuple[str, ...]]] = {
    RuleKind.LINEAR: ("every_n_successes",),
    RuleKind.DOUBLE_PROGRESSION: (),
    RuleKind.TRAINING_MAX_PERCENTAGE: ("training_max_increment",),
    RuleKind.RPE: ("step_cap",),
}
"""The fields each kind takes beside; unit, rounding, limits and deload every kind takes."""

_OF_SOME_KIND: Final = sorted(
    {name for names in (*NEEDED.values(), *TAKEN.values()) for name in names}
)
_BOUNDS: Final[Mapping[str, tuple[Decimal | int, Decimal | int]]] = {
    "start": (0, LARGEST_LOAD),
    "sets": (1, MOST_SETS),
    "reps": (1, MOST_REPS),
    "reps_min": (1, MOST_REPS),
    "reps_max": (1, MOST_REPS),
    "increment": (SMALLEST_STEP, LARGEST_STEP),
    "every_n_successes": (1, MOST_TIMES),
    "target_rpe": (1, 10),
    "step_cap": (SMALLEST_STEP, LARGEST_LOAD),
    "training_max_increment": (SMALLEST_STEP, LARGEST_STEP),
    "step": (SMALLEST_STEP, LARGEST_STEP),
    "minimum": (0, LARGEST_LOAD),
    "maximum": (0, LARGEST_LOAD),
}


def rules_broken_by(said: Mapping[str, Any]) -> Iterator[FieldError]:
    """
    Yield the rules across their fields that parameters break, pointers relative to them.

    ``said`` is their JSON form, also one whose fields were not checked yet.
    """
    kind = said.get("kind")
    if not isinstance(kind, str) or kind not in NEEDED:
        return
    for name in NEEDED[kind]:
        if said.get(name) is None:
            yield FieldError(f"/{name}", "required", f"A rule of kind {kind} needs {name}.")
    for name in _OF_SOME_KIND:
        if said.get(name) is not None and name not in (*NEEDED[kind], *TAKEN[kind]):
            yield FieldError(f"/{name}", "not_allowed", f"{name} is not of the kind {kind}.")
    yield from _out_of_order(said)
    yield from _not_loadable(said)
    yield from _not_in_the_chart(said)


def deload_rules_broken_by(said: Mapping[str, Any]) -> Iterator[FieldError]:
    """Yield the rules across its fields that a deload breaks, pointers relative to it."""
    if (said.get("percent") is None) == (said.get("amount") is None):
        yield FieldError("/percent", "one_of", "A deload takes off a percent or an amount.")


def _out_of_order(said: Mapping[str, Any]) -> Iterator[FieldError]:
    for low, high in (("reps_min", "reps_max"), ("minimum", "maximum")):
        least, most = figure(said.get(low)), figure(said.get(high))
        if least is not None and most is not None and least > most:
            yield FieldError(f"/{high}", "out_of_order", f"{high} must not be below {low}.")
    start = figure(said.get("start"))
    least, most = figure(said.get("minimum")), figure(said.get("maximum"))
    if start is not None and (start < (least or 0) or start > (most or LARGEST_LOAD)):
        sentence = "start must lie between minimum and maximum."
        yield FieldError("/start", "out_of_range", sentence)


def _not_loadable(said: Mapping[str, Any]) -> Iterator[FieldError]:
    rounding = said.get("rounding")
    step = figure(rounding.get("step") if isinstance(rounding, Mapping) else None)
    if step is None or step <= 0:
        return
    least, most = figure(said.get("minimum")), figure(said.get("maximum"))
    if least is not None and most is not None and most - most % step < least <= most:
        sentence = "No multiple of the rounding step lies between minimum and maximum."
        yield FieldError("/maximum", "nothing_loadable", sentence)
    cap = figure(said.get("step_cap"))
    if cap is not None and cap < step:
        yield FieldError("/step_cap", "out_of_range", "step_cap is below the rounding step.")


def _not_in_the_chart(said: Mapping[str, Any]) -> Iterator[FieldError]:
    reps, rpe = figure(said.get("reps")), figure(said.get("target_rpe"))
    if said.get("kind") != RuleKind.RPE or reps is None or rpe is None:
        return
    if reps % 1 or RTS.percentage(int(reps), rpe) is None:
        sentence = "The effort chart has no percentage for these reps at this RPE."
        yield FieldError("/target_rpe", "not_in_chart", sentence)


def figure(value: Any) -> Decimal | None:  # noqa: ANN401 - any JSON value
    """Read a number, however it is spelt; anything else is None."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _out_of_bounds(said: Mapping[str, Any]) -> Iterator[FieldError]:
    for name, (smallest, largest) in _BOUNDS.items():
        yield from _outside(name, said[name], smallest, largest)
    if said["weeks"] is not None:
        yield from _outside("weeks", len(said["weeks"]), 1, MOST_WEEKS)


def _outside(
    name: str, value: Decimal | int | None, smallest: Decimal | int, largest: Decimal | int
) -> Iterator[FieldError]:
    if value is None:
        return
    if not Decimal(value).is_finite() or not smallest <= value <= largest:
        sentence = f"{name} must lie between {smallest} and {largest}."
        yield FieldError(f"/{name}", "out_of_range", sentence)


def _refuse(what: str, *errors: FieldError) -> None:
    if errors:
        raise Invalid(f"The {what} do not hold together.", errors)
