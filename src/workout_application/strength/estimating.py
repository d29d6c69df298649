"""What the calculator and the suggestions have in common: all that is said of one set."""

from dataclasses import dataclass
from decimal import Decimal

from workout_application.strength.views import ChartEstimateView, EstimateView, OneRepMaxView
from workout_domain.kernel.formulas.effort import HIGHEST_RPE, EffortChart
from workout_domain.kernel.formulas.one_rep_max import estimate_all
from workout_domain.kernel.formulas.rounding import four_places
from workout_domain.kernel.load import MeasurementUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftedSet:
    """
    A set to estimate from: ``weight`` was on the bar, ``body`` is what the body added to it.

    The weight may be negative, of a lift that was assisted.
    """

    weight: Decimal
    unit: MeasurementUnit
    reps: int
    body: Decimal = Decimal(0)

    @property
    def load(self) -> Decimal:
        """The whole load moved."""
        return self.weight + self.body

    def external(self, value: Decimal) -> Decimal | None:
        """Return what of an estimate may be added to the body; None where no body was moved."""
        return four_places(value - self.body) if self.body else None


def one_rep_max(
    lifted: LiftedSet, *, reserve: Decimal = Decimal(0), chart: ChartEstimateView | None = None
) -> OneRepMaxView:
    """
    Say all of a set; ``reserve`` are repetitions left, which the formulas count as done.

    Raises:
        Invalid: the load is not above zero, or the repetitions are out of bounds.
    """
    found = estimate_all(lifted.load, lifted.reps + reserve)
    return OneRepMaxView(
        weight=four_places(lifted.weight),
        unit=lifted.unit,
        reps=lifted.reps,
        repetitions_to_failure=found.repetitions,
        body_load=four_places(lifted.body),
        estimates=[
            EstimateView(
                formula=one.formula,
                version=one.version,
                value=four_places(one.value),
                external=lifted.external(one.value),
                unit=lifted.unit,
            )
            for one in found.estimates
        ],
        median=four_places(found.median),
        average=four_places(found.average),
        is_actual_single=found.is_actual_single,
        reliability=found.reliability,
        chart=chart,
    )


def by_chart(lifted: LiftedSet, reserve: Decimal, chart: EffortChart) -> ChartEstimateView | None:
    """Say what a chart of effort makes of a set; None where the chart ends."""
    rpe = HIGHEST_RPE - reserve
    percentage = chart.percentage(lifted.reps, rpe)
    value = chart.estimate(lifted.load, lifted.reps, rpe)
    if percentage is None or value is None:
        return None
    return ChartEstimateView(
        name=chart.name,
        version=chart.version,
        percentage=percentage,
        value=four_places(value),
        external=lifted.external(value),
        unit=lifted.unit,
    )
