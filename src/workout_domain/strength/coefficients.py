"""
Coefficients of powerlifting points, as versioned data: each set says what it is valid for.

Polynomials are in the body weight in kilograms, lowest power first.

Source: DOTS, T. Konertz (BVDK), 2019. Wilks, R. Wilks, 1994; Wilks-2, R. Wilks, 2020. IPF GL
points, International Powerlifting Federation, in force since 1 May 2020. All figures agree across
at least four independent public implementations, and the federation's own example lifts come out.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final


class Sex(StrEnum):
    """The two tables every system of points has."""

    MALE = "male"
    FEMALE = "female"


class LiftingEquipment(StrEnum):
    """Classic (raw) or equipped lifting."""

    CLASSIC = "classic"
    EQUIPPED = "equipped"


class LiftingEvent(StrEnum):
    """All three lifts, or the bench press alone."""

    SBD = "sbd"
    BENCH = "bench"


@dataclass(frozen=True, slots=True, kw_only=True)
class Polynomial:
    """One table: body weights outside ``lightest`` to ``heaviest`` count as the nearer of them."""

    lightest: Decimal
    heaviest: Decimal
    terms: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolynomialSet:
    """Points of a three-lift total: ``numerator`` times the total over the polynomial's value."""

    version: str
    in_force_from: date
    numerator: Decimal
    tables: dict[Sex, Polynomial]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodLift:
    """The A, B and C of one IPF GL table."""

    a: Decimal
    b: Decimal
    c: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodLiftSet:
    """IPF GL points; below ``lightest`` kilograms of body weight there are none."""

    version: str
    in_force_from: date
    lightest: Decimal
    tables: dict[tuple[Sex, LiftingEquipment, LiftingEvent], GoodLift]


def _polynomial(lightest: str, heaviest: str, *terms: str) -> Polynomial:
    return Polynomial(
        lightest=Decimal(lightest),
        heaviest=Decimal(heaviest),
        terms=tuple(Decimal(term) for term in terms),
    )


def _good_lift(a: str, b: str, c: str) -> GoodLift:
    return GoodLift(a=Decimal(a), b=Decimal(b), c=Decimal(c))


DOTS: Final = PolynomialSet(
    version="2019",
    in_force_from=date(2019, 1, 1),
    numerator=Decimal(500),
    tables={
        Sex.MALE: _polynomial(
            "40", "210",
            "-307.75076", "24.0900756", "-0.1918759221", "0.0007391293", "-0.0000010930",
        ),
        Sex.FEMALE: _polynomial(
            "40", "150",
            "-57.96288", "13.6175032", "-0.1126655495", "0.0005158568", "-0.0000010706",
        ),
    },
)  # fmt: skip

WILKS: Final = PolynomialSet(
    version="1994",
    in_force_from=date(1994, 1, 1),
    numerator=Decimal(500),
    tables={
        Sex.MALE: _polynomial(
            "40", "201.9",
            "-216.0475144", "16.2606339", "-0.002388645", "-0.00113732", "7.01863e-6", "-1.291e-8",
        ),
        Sex.FEMALE: _polynomial(
            "26.51", "154.53",
            "594.31747775582", "-27.23842536447", "0.82112226871", "-0.00930733913",
            "4.731582e-5", "-9.054e-8",
        ),
    },
)  # fmt: skip

WILKS_2: Final = PolynomialSet(
    version="2020",
    in_force_from=date(2020, 1, 1),
    numerator=Decimal(600),
    tables={
        Sex.MALE: _polynomial(
            "40", "200.95",
            "47.4617885411949", "8.47206137941125", "0.073694103462609", "-1.39583381094385e-3",
            "7.07665973070743e-6", "-1.20804336482315e-8",
        ),
        Sex.FEMALE: _polynomial(
            "40", "150.95",
            "-125.425539779509", "13.7121941940668", "-0.0330725063103405",
            "-1.0504000506583e-3", "9.38773881462799e-6", "-2.3334613884954e-8",
        ),
    },
)  # fmt: skip

IPF_GL: Final = GoodLiftSet(
    version="2020-05-01",
    in_force_from=date(2020, 5, 1),
    lightest=Decimal(35),
    tables={
        (Sex.MALE, LiftingEquipment.CLASSIC, LiftingEvent.SBD): _good_lift(
            "1199.72839", "1025.18162", "0.00921"
        ),
        (Sex.MALE, LiftingEquipment.EQUIPPED, LiftingEvent.SBD): _good_lift(
            "1236.25115", "1449.21864", "0.01644"
        ),
        (Sex.MALE, LiftingEquipment.CLASSIC, LiftingEvent.BENCH): _good_lift(
            "320.98041", "281.40258", "0.01008"
        ),
        (Sex.MALE, LiftingEquipment.EQUIPPED, LiftingEvent.BENCH): _good_lift(
            "381.22073", "733.79378", "0.02398"
        ),
        (Sex.FEMALE, LiftingEquipment.CLASSIC, LiftingEvent.SBD): _good_lift(
            "610.32796", "1045.59282", "0.03048"
        ),
        (Sex.FEMALE, LiftingEquipment.EQUIPPED, LiftingEvent.SBD): _good_lift(
            "758.63878", "949.31382", "0.02435"
        ),
        (Sex.FEMALE, LiftingEquipment.CLASSIC, LiftingEvent.BENCH): _good_lift(
            "142.40398", "442.52671", "0.04724"
        ),
        (Sex.FEMALE, LiftingEquipment.EQUIPPED, LiftingEvent.BENCH): _good_lift(
            "221.82209", "357.00377", "0.02937"
        ),
    },
)
