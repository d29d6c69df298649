"""
Powerlifting points: one figure that makes lifters of different body weights comparable.

The scales must never be compared with one another. Body weights and totals are in kilograms;
points come unrounded. Source: see ``coefficients``.
"""

from dataclasses import dataclass
from decimal import Decimal

from workout_domain.kernel.errors import FieldError, Invalid
from workout_domain.strength.coefficients import (
    DOTS,
    IPF_GL,
    WILKS,
    WILKS_2,
    GoodLiftSet,
    LiftingEquipment,
    LiftingEvent,
    PolynomialSet,
    Sex,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifter:
    """
    Who lifted what: ``total`` is that of all three lifts, or the bench press alone.

    Raises:
        Invalid: a body weight that is not above zero, or a negative total.
    """

    sex: Sex
    bodyweight: Decimal
    total: Decimal
    equipment: LiftingEquipment
    event: LiftingEvent

    def __post_init__(self) -> None:
        wrong = []
        if not self.bodyweight.is_finite() or self.bodyweight <= 0:
            sentence = "bodyweight must be greater than 0."
            wrong.append(FieldError("/bodyweight", "greater_than", sentence))
        if not self.total.is_finite() or self.total < 0:
            sentence = "total must not be negative."
            wrong.append(FieldError("/total", "greater_than_equal", sentence))
        if wrong:
            raise Invalid("Points need a body weight and a total.", wrong)


@dataclass(frozen=True, slots=True)
class Score:
    """Points by one version of one system."""

    value: Decimal
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """The four systems; None where one is not defined for the event."""

    dots: Score | None
    wilks: Score | None
    wilks_2: Score | None
    ipf_gl: Score | None


def points_of(lifter: Lifter) -> Points:
    """Return the points of all systems; only IPF GL has tables of the bench press alone."""
    is_total = lifter.event is LiftingEvent.SBD
    return Points(
        dots=_score(lifter, DOTS) if is_total else None,
        wilks=_score(lifter, WILKS) if is_total else None,
        wilks_2=_score(lifter, WILKS_2) if is_total else None,
        ipf_gl=Score(good_lift_points(lifter, IPF_GL), IPF_GL.version),
    )


def polynomial_points(lifter: Lifter, coefficients: PolynomialSet) -> Decimal:
    """Return the total times the numerator over the polynomial of the body weight, clamped."""
    table = coefficients.tables[lifter.sex]
    weight = min(max(lifter.bodyweight, table.lightest), table.heaviest)
    value = Decimal()
    for term in reversed(table.terms):
        value = value * weight + term
    return lifter.total * coefficients.numerator / value


def good_lift_points(lifter: Lifter, coefficients: GoodLiftSet) -> Decimal:
    """Return 100 times the total over A - B e^(-C x); 0 below the lightest body weight."""
    if lifter.bodyweight < coefficients.lightest:
        return Decimal()
    table = coefficients.tables[lifter.sex, lifter.equipment, lifter.event]
    return 100 * lifter.total / (table.a - table.b * (-table.c * lifter.bodyweight).exp())


def _score(lifter: Lifter, coefficients: PolynomialSet) -> Score:
    return Score(polynomial_points(lifter, coefficients), coefficients.version)
