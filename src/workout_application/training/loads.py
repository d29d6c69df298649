"""Weights as corrections give them: a bare figure is in the unit of what it corrects."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from workout_domain.kernel.load import Load, MeasurementUnit
from workout_shared.unset import UNSET, Unset, given


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadChange:
    """What a request says about a weight; what is unset stays as it is."""

    weight: Decimal | Unset | None = UNSET
    unit: MeasurementUnit | None = None

    def applied_to(self, present: Load | None, *, preferred: str) -> Load | None:
        """Return the new load; where there is none yet, a bare figure is in ``preferred``."""
        weight = given(self.weight, None if present is None else present.amount)
        if weight is None:
            return None
        unit = self.unit or (preferred if present is None else present.unit)
        return Load(weight, MeasurementUnit(unit))


AS_IT_IS: Final = LoadChange()
AS_THE_SET: Final = LoadChange(weight=None)
