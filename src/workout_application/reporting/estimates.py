"""Estimated maxima as reports show them: by the median of seven formulas, or by one of them."""

from decimal import Decimal
from typing import Final

from workout_application.reporting.figures import Best
from workout_application.reporting.units import shown
from workout_application.reporting.views import BestEstimateView, BestWeightView
from workout_domain.kernel.formulas.one_rep_max import VERSIONS, Formula, factor, reliability
from workout_domain.reporting.records import MEDIAN, median_factor

_MEDIAN_VERSION: Final = "1"


def estimated_kg(load_kg: Decimal, reps: int, formula: str) -> Decimal:
    """Return what a formula makes of a set, in kilograms."""
    if formula == MEDIAN:
        return load_kg * median_factor(reps)
    return load_kg * factor(Formula(formula), reps)


def version_of(formula: str) -> str:
    """Return the version of a formula."""
    return _MEDIAN_VERSION if formula == MEDIAN else VERSIONS[Formula(formula)]


def estimate_view(best: Best | None, unit: str, formula: str) -> BestEstimateView | None:
    """Show the best estimate: sets are compared by the median, and told by the formula."""
    if best is None or best.load_kg is None or best.load_reps is None:
        return None
    return BestEstimateView(
        value=shown(estimated_kg(best.load_kg, best.load_reps, formula), unit),
        unit=unit,
        formula=formula,
        version=version_of(formula),
        reliability=reliability(best.load_reps),
        weight=shown(best.load_kg, unit),
        reps=best.load_reps,
        set_id=best.set_id,
        session_id=best.session_id,
        date=best.local_date,
    )


def weight_view(best: Best | None, unit: str) -> BestWeightView | None:
    """Show the heaviest repetition."""
    if best is None:
        return None
    return BestWeightView(
        value=shown(best.value, unit),
        unit=unit,
        set_id=best.set_id,
        session_id=best.session_id,
        date=best.local_date,
    )
