"""What one set is to be: said by a trainer before it is performed, kept apart from it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, Final

from workout_domain.kernel.errors import FieldError, Invalid
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.training.progression import Progression

NORMAL: Final = "normal"
MOST_SETS: Final = 1000
MOST_NUMBER: Final = 5000
MOST_REPS: Final = 1000
LONGEST_SECONDS: Final = 864_000
LONGEST_DISTANCE: Final = Decimal(10_000_000)
LONGEST_CODE: Final = 50
LARGEST_PERCENTAGE: Final = Decimal(200)
TEMPO: Final = r"^(\d{1,2}|[Xx])(-(\d{1,2}|[Xx])){2,3}$"
"""Seconds of lowering, pause, lifting and pause, ``X`` for explosively: ``3-1-X-0``, ``3-1-1``."""

_TEMPO: Final = re.compile(TEMPO, re.ASCII)
_DECIMALS: Final = frozenset(
    {"percent_of_training_max", "rpe", "rir", "duration_seconds", "distance_meters"}
)
_WORK: Final = ("reps", "reps_min", "reps_max", "duration_seconds", "distance_meters")
_LOAD: Final = ("load", "percent_of_training_max")
# Smallest, largest and step of each figure; None where it is not bound to one.
_BOUNDS: Final[Mapping[str, tuple[Decimal, Decimal, Decimal | None]]] = {
    "number": (Decimal(1), Decimal(MOST_NUMBER), Decimal(1)),
    "reps": (Decimal(1), Decimal(MOST_REPS), Decimal(1)),
    "reps_min": (Decimal(1), Decimal(MOST_REPS), Decimal(1)),
    "reps_max": (Decimal(1), Decimal(MOST_REPS), Decimal(1)),
    "percent_of_training_max": (Decimal("0.1"), LARGEST_PERCENTAGE, Decimal("0.1")),
    "rpe": (Decimal(1), Decimal(10), Decimal("0.5")),
    "rir": (Decimal(0), Decimal(20), Decimal("0.5")),
    "rest_seconds": (Decimal(0), Decimal(LONGEST_SECONDS), Decimal(1)),
    "duration_seconds": (Decimal(0), Decimal(LONGEST_SECONDS), None),
    "distance_meters": (Decimal(0), LONGEST_DISTANCE, None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTarget:
    """
    What one set is to be; ``number`` counts the sets of an exercise from 1.

    Repetitions are exact or a range, with ``is_amrap`` the least of as many as possible. The load
    is a weight as entered or a percentage (0.1 to 200) of the athlete's training max, and both
    only once the percentage was resolved; ``progression`` says why of a weight nobody entered.
    ``rpe`` runs from 1 to 10 and ``rir`` from 0 to 20, in halves; rest and duration are seconds,
    the distance metres.

    Raises:
        Invalid: a figure is out of its bounds, or two say different things; names all of them.
    """

    number: int
    set_type: str = NORMAL
    reps: int | None = None
    reps_min: int | None = None
    reps_max: int | None = None
    is_amrap: bool = False
    load: Load | None = None
    percent_of_training_max: Decimal | None = None
    progression: Progression | None = None
    rpe: Decimal | None = None
    rir: Decimal | None = None
    tempo: str | None = None
    rest_seconds: int | None = None
    duration_seconds: Decimal | None = None
    distance_meters: Decimal | None = None

    def __post_init__(self) -> None:
        said = _said(self)
        errors = [*_out_of_bounds(said), *_misspelt(said), *broken_rules(said)]
        if errors:
            raise Invalid("A target does not hold together.", errors)

    @property
    def asks_for_repetitions(self) -> bool:
        """Whether it says how many repetitions: exactly, at least, or as many as possible."""
        return self.is_amrap or self._says(("reps", "reps_min"))

    def filled_from(self, other: "SetTarget") -> "SetTarget":
        """Return this target, what it leaves open about work, load and rest taken from another."""
        taken: dict[str, Any] = {}
        for group in (_WORK, _LOAD, ("rest_seconds",)):
            if not self._says(group):
                taken.update({name: getattr(other, name) for name in group})
        return replace(self, **taken)

    def resolved_to(self, load: Load, progression: Progression) -> "SetTarget":
        """Return this target with the weight that programs ask for, and why they do."""
        return replace(self, load=load, progression=progression)

    def without_load(self) -> "SetTarget":
        """Return this target for another lift: a percentage stays one, of that lift's own max."""
        return replace(self, load=None, progression=None)

    def numbered(self, number: int) -> "SetTarget":
        """Return this target at another place."""
        return replace(self, number=number)

    def document(self) -> dict[str, Any]:
        """Return its JSON form: what it leaves open is absent, a weight stands beside its unit."""
        said = _said(self) | {"is_amrap": self.is_amrap or None}
        load, progression = said.pop("load"), said.pop("progression")
        if load is not None:
            said |= {"weight": load.amount, "unit": load.unit}
        if progression is not None:
            said["progression"] = progression.document()
        return {name: value for name, value in said.items() if value is not None}

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "SetTarget":
        """Return the target that ``document`` is the JSON form of, its figures exact."""
        said = dict(document)
        weight, unit = said.pop("weight", None), said.pop("unit", None)
        if weight is not None:
            said["load"] = Load(_exact(weight), MeasurementUnit(unit))
        if "progression" in said:
            said["progression"] = Progression.read(said["progression"])
        for name in _DECIMALS & said.keys():
            said[name] = _exact(said[name])
        return cls(**said)

    def _says(self, names: tuple[str, ...]) -> bool:
        return any(getattr(self, name) is not None for name in names)


def asks_for_work(said: Mapping[str, Any]) -> bool:
    """Tell whether a target's JSON form says what to do: repetitions, a duration, a distance."""
    return bool(said.get("is_amrap")) or any(said.get(name) is not None for name in _WORK)


def broken_rules(said: Mapping[str, Any]) -> Iterator[FieldError]:
    """
    Yield the rules across its fields that a target breaks, pointers relative to it.

    ``said`` is the JSON form, also one whose fields were not checked yet.
    """
    low, high = said.get("reps_min"), said.get("reps_max")
    if said.get("reps") is not None and (low is not None or high is not None):
        yield FieldError("/reps", "ambiguous", "Give reps or a range of them, not both.")
    if (low is None) != (high is None):
        missing = "reps_min" if low is None else "reps_max"
        yield FieldError(f"/{missing}", "required", "A range needs reps_min and reps_max.")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield FieldError("/reps_max", "out_of_order", "reps_max must not be below reps_min.")
    if said.get("weight") is not None and said.get("percent_of_training_max") is not None:
        sentence = "Give a weight or a percentage of the training max, not both."
        yield FieldError("/percent_of_training_max", "ambiguous", sentence)


def _said(target: SetTarget) -> dict[str, Any]:
    return {field.name: getattr(target, field.name) for field in fields(target)}


def _out_of_bounds(said: Mapping[str, Any]) -> Iterator[FieldError]:
    for name, (smallest, largest, step) in _BOUNDS.items():
        value = said[name]
        if value is None:
            continue
        within = Decimal(value).is_finite() and smallest <= value <= largest
        if not within or (step is not None and value % step):
            steps = "" if step in {None, Decimal(1)} else f", in steps of {step}"
            sentence = f"{name} must lie between {smallest} and {largest}{steps}."
            yield FieldError(f"/{name}", "out_of_range", sentence)


def _misspelt(said: Mapping[str, Any]) -> Iterator[FieldError]:
    if said["tempo"] is not None and not _TEMPO.fullmatch(said["tempo"]):
        yield FieldError("/tempo", "tempo", "Write a tempo as 3-1-X-0.")
    if not 0 < len(said["set_type"]) <= LONGEST_CODE:
        yield FieldError("/set_type", "length", "Name a set type by its code.")


def _exact(number: Any) -> Decimal:  # noqa: ANN401 - a number as JSON readers give it
    return Decimal(str(number))
