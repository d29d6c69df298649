"""An estimated single: which estimate of what set somebody wants to keep."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Final

from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.formulas.one_rep_max import VERSIONS, Formula, estimate_all
from workout_domain.kernel.load import Load, MeasurementUnit

MEDIAN: Final = "median"
AVERAGE: Final = "average"
_THREE_PLACES: Final = Decimal("0.001")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSet:
    """
    The set an estimate comes from: ``body`` is what the body added to the weight.

    ``reserve`` are repetitions left, which formulas count as done.
    """

    weight: Decimal
    reps: int
    body: Decimal = Decimal(0)
    reserve: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimatedSingle:
    """
    ``choice`` is a formula, ``median`` or ``average``; ``value`` an estimate computed elsewhere.

    Exactly one of ``value`` and ``source`` is given.
    """

    choice: str
    unit: MeasurementUnit
    value: Decimal | None = None
    source: SourceSet | None = None

    @property
    def version(self) -> str | None:
        """The version of the formula; None of the median and the mean of all."""
        return VERSIONS[Formula(self.choice)] if self.choice in list(Formula) else None

    def load(self) -> Load:
        """
        Return the weight that could be on the bar once, to three decimals.

        Raises:
            Invalid: the load or the repetitions are out of bounds, or nothing could be added to the
                body.
        """
        if self.value is not None or self.source is None:
            return Load(self.value or Decimal(0), self.unit)
        found = estimate_all(
            self.source.weight + self.source.body, self.source.reps + self.source.reserve
        )
        if self.choice == MEDIAN:
            total = found.median
        elif self.choice == AVERAGE:
            total = found.average
        else:
            total = found.of(Formula(self.choice))
        added = total - self.source.body
        if added <= 0:
            raise Invalid.field(
                "/weight", "nothing_added", "Nothing could be added to the body: no weight to keep."
            )
        return Load(added.quantize(_THREE_PLACES, rounding=ROUND_HALF_EVEN), self.unit)

    def origin(self) -> dict[str, Any]:
        """Return where the estimate comes from, for the session's summary."""
        source = self.source
        return {
            "formula": self.choice,
            "version": self.version,
            "unit": self.unit.value,
            "weight": None if source is None else source.weight,
            "reps": None if source is None else source.reps,
            "body": None if source is None else source.body,
            "reserve": None if source is None else source.reserve,
        }

    def sentence(self) -> str:
        """Say where the estimate comes from."""
        name = self.choice if self.version is None else f"{self.choice} {self.version}"
        if self.source is None:
            return f"Estimated one-rep max ({name})."
        weight = f"{self.source.weight.normalize():f} {self.unit}"
        return f"Estimated one-rep max ({name}), from {self.source.reps} x {weight}."
