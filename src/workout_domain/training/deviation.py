"""How far a performed set is from what it was to be."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any, Final, Protocol

from workout_domain.kernel.load import KILOGRAMS, Load, shown_in
from workout_domain.training.effective_load import LoadKind
from workout_domain.training.targets import SetTarget

_NOTHING: Final = Decimal(0)
_FIGURES: Final = ("weight", "rpe", "rir", "duration_seconds", "distance_meters")


class Noted(Protocol):
    """What a set says of itself, as it is reported or kept."""

    @property
    def load(self) -> Load | None:
        """The weight that was noted."""
        ...

    @property
    def rpe(self) -> Decimal | None:
        """The perceived exertion."""
        ...

    @property
    def rir(self) -> Decimal | None:
        """The repetitions left."""
        ...

    @property
    def duration_seconds(self) -> Decimal | None:
        """How long it took."""
        ...

    @property
    def distance_meters(self) -> Decimal | None:
        """How far it went."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """
    Performed minus target, figure by figure; None where either of them says nothing.

    ``reps`` are successful ones, zero anywhere within a range. ``weight`` is that of the noted
    weights, in ``unit``: the set's, or kilograms where it has none.
    """

    reps: int | None = None
    weight: Decimal | None = None
    unit: str | None = None
    rpe: Decimal | None = None
    rir: Decimal | None = None
    duration_seconds: Decimal | None = None
    distance_meters: Decimal | None = None

    @classmethod
    def of(
        cls, done: Noted, target: SetTarget, *, kind: str, successful_reps: int | None
    ) -> "Deviation":
        """Compare a set of a load kind with its target; None where it is of no repetitions."""
        unit = KILOGRAMS if done.load is None else done.load.unit.value
        weight = _of_weights(done.load, target.load, kind, unit)
        return cls(
            reps=None if successful_reps is None else _of_reps(successful_reps, target),
            weight=weight,
            unit=None if weight is None else unit,
            rpe=_difference(done.rpe, target.rpe),
            rir=_difference(done.rir, target.rir),
            duration_seconds=_difference(done.duration_seconds, target.duration_seconds),
            distance_meters=_difference(done.distance_meters, target.distance_meters),
        )

    def counting(self, successful_reps: int, target: SetTarget) -> "Deviation":
        """Return the same deviation for another number of successful repetitions."""
        return replace(self, reps=_of_reps(successful_reps, target))

    def document(self) -> dict[str, Any]:
        """Return its JSON form, what is not known null."""
        return asdict(self)

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Deviation":
        """Return the deviation that ``document`` is the JSON form of, its figures exact."""
        exact = {
            name: Decimal(str(document[name])) for name in _FIGURES if document[name] is not None
        }
        return cls(**{**document, **exact})


def _of_reps(successful: int, target: SetTarget) -> int | None:
    least = target.reps if target.reps_min is None else target.reps_min
    most = target.reps if target.reps_max is None else target.reps_max
    if least is None or most is None:
        return None
    if successful < least:
        return successful - least
    return max(successful - most, 0)


def _of_weights(done: Load | None, target: Load | None, kind: str, unit: str) -> Decimal | None:
    if target is None or (done is None and kind == LoadKind.EXTERNAL):
        return None
    # A body with nothing on it carries a weight of nothing.
    noted = _NOTHING if done is None else done.exact_kilograms
    return shown_in(unit, noted - target.exact_kilograms)


def _difference(done: Decimal | None, target: Decimal | None) -> Decimal | None:
    return None if done is None or target is None else done - target
