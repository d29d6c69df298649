"""Anybody compares lifters of different body weights by points."""

from dataclasses import dataclass
from decimal import Decimal

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.strength.views import PointsView, ScoreView
from workout_domain.kernel.formulas.rounding import four_places
from workout_domain.kernel.load import KILOGRAMS_PER_POUND, MeasurementUnit
from workout_domain.strength.coefficients import LiftingEquipment, LiftingEvent, Sex
from workout_domain.strength.points import Lifter, Score, points_of


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePoints(Query[PointsView]):
    """Answers with the points of all systems; body weight and total are in ``unit``."""

    sex: Sex
    bodyweight: Decimal
    total: Decimal
    unit: MeasurementUnit
    equipment: LiftingEquipment
    event: LiftingEvent


class ScorePointsHandler:
    """Computes, and reads nothing."""

    async def handle(self, query: ScorePoints, _actor: Actor) -> PointsView:
        """Score them."""
        points = points_of(
            Lifter(
                sex=query.sex,
                bodyweight=_kilograms(query.bodyweight, query.unit),
                total=_kilograms(query.total, query.unit),
                equipment=query.equipment,
                event=query.event,
            )
        )
        return PointsView(
            dots=_shown(points.dots),
            wilks=_shown(points.wilks),
            wilks_2=_shown(points.wilks_2),
            ipf_gl=_shown(points.ipf_gl),
        )


def _kilograms(amount: Decimal, unit: MeasurementUnit) -> Decimal:
    # Not rounded as a load would be: points to four decimals would show it.
    return amount * KILOGRAMS_PER_POUND if unit is MeasurementUnit.POUNDS else amount


def _shown(score: Score | None) -> ScoreView | None:
    if score is None:
        return None
    return ScoreView(value=four_places(score.value), version=score.version)
