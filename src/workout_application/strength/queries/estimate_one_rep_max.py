"""Anybody estimates what they could lift once from a set they did."""

from dataclasses import dataclass
from decimal import Decimal

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.strength.estimating import LiftedSet, by_chart, one_rep_max
from workout_application.strength.views import OneRepMaxView
from workout_domain.kernel.formulas.effort import RTS, EffortChart


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateOneRepMax(Query[OneRepMaxView]):
    """
    Answers with all seven estimates; with ``reserve`` (repetitions left) also with the chart's.

    The formulas are then given the repetitions done and those left.
    """

    lifted: LiftedSet
    reserve: Decimal | None = None
    chart: EffortChart = RTS


class EstimateOneRepMaxHandler:
    """Computes, and reads nothing."""

    async def handle(self, query: EstimateOneRepMax, _actor: Actor) -> OneRepMaxView:
        """Estimate it."""
        if query.reserve is None:
            return one_rep_max(query.lifted)
        chart = by_chart(query.lifted, query.reserve, query.chart)
        return one_rep_max(query.lifted, reserve=query.reserve, chart=chart)
