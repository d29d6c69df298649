"""DOTS, Wilks, Wilks-2 and IPF GL, against the published figures to four decimals."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.formulas.rounding import four_places
from workout_domain.strength.coefficients import (
    DOTS,
    IPF_GL,
    WILKS,
    WILKS_2,
    LiftingEquipment,
    LiftingEvent,
    PolynomialSet,
    Sex,
)
from workout_domain.strength.points import Lifter, good_lift_points, points_of, polynomial_points

pytestmark = pytest.mark.requirement("BEY-04")

TOTALS = {
    ("male", "93", "700"): "445.3758 439.7331 528.0867 91.5748 75.9133",
    ("male", "83", "600"): "405.0524 400.4997 480.9857 83.0559 69.2864",
    ("male", "100", "1000"): "615.5158 608.5891 729.3620 126.3292 104.5747",
    ("male", "74", "500"): "361.8260 359.6568 429.9743 73.4049 61.9637",
    ("male", "250", "700"): "346.9345 372.0520 428.5270 63.7987 57.7333",
    ("female", "63", "400"): "430.2060 429.5830 511.4489 87.5133 72.2140",
    ("female", "60", "500"): "554.2728 557.4434 659.5164 113.0201 92.8688",
    ("female", "52", "350"): "426.6155 436.3229 511.8787 88.3777 71.2793",
    ("female", "200", "400"): "308.3027 307.2597 385.0795 65.7923 53.2372",
}
GOOD_LIFTS = [
    ("male", "93", "200", "classic", "bench", "94.8879"),
    ("female", "63", "110", "classic", "bench", "91.7895"),
    ("male", "105", "250", "equipped", "bench", "77.6263"),
    ("female", "76", "150", "equipped", "bench", "81.7370"),
    # The federation's own examples.
    ("male", "92.04", "1035", "equipped", "sbd", "112.8549"),
    ("female", "70.50", "122.5", "classic", "bench", "96.7835"),
]


def a_lifter(
    sex: str = "male",
    weight: str = "93",
    total: str = "700",
    equipment: str = "classic",
    event: str = "sbd",
) -> Lifter:
    """Make a lifter."""
    return Lifter(
        sex=Sex(sex),
        bodyweight=Decimal(weight),
        total=Decimal(total),
        equipment=LiftingEquipment(equipment),
        event=LiftingEvent(event),
    )


@pytest.mark.parametrize(("sex", "weight", "total"), TOTALS)
def test_totals_score_as_published(sex: str, weight: str, total: str) -> None:
    classic = points_of(a_lifter(sex, weight, total))
    equipped = points_of(a_lifter(sex, weight, total, "equipped"))

    scores = (classic.dots, classic.wilks, classic.wilks_2, classic.ipf_gl, equipped.ipf_gl)
    values = [four_places(score.value) for score in scores if score is not None]
    assert values == [Decimal(value) for value in TOTALS[sex, weight, total].split()]
    assert (equipped.dots, equipped.wilks) == (classic.dots, classic.wilks)


@pytest.mark.parametrize(("sex", "weight", "total", "equipment", "event", "expected"), GOOD_LIFTS)
def test_ipf_gl_scores_as_published(
    sex: str, weight: str, total: str, equipment: str, event: str, expected: str
) -> None:
    lifter = a_lifter(sex, weight, total, equipment, event)

    assert four_places(good_lift_points(lifter, IPF_GL)) == Decimal(expected)


def test_every_score_says_its_version() -> None:
    points = points_of(a_lifter())

    assert points.dots is not None
    assert points.dots.version == DOTS.version == "2019"
    assert points.wilks is not None
    assert points.wilks.version == WILKS.version == "1994"
    assert points.wilks_2 is not None
    assert points.wilks_2.version == WILKS_2.version == "2020"
    assert points.ipf_gl is not None
    assert points.ipf_gl.version == IPF_GL.version == IPF_GL.in_force_from.isoformat()


def test_only_ipf_gl_knows_the_bench_press_alone() -> None:
    points = points_of(a_lifter(total="200", event="bench"))

    assert (points.dots, points.wilks, points.wilks_2) == (None, None, None)
    assert points.ipf_gl is not None


@pytest.mark.parametrize("sex", Sex)
@pytest.mark.parametrize("coefficients", [DOTS, WILKS, WILKS_2], ids=["dots", "wilks", "wilks_2"])
def test_body_weights_out_of_a_table_count_as_its_ends(
    coefficients: PolynomialSet, sex: Sex
) -> None:
    def points(weight: Decimal) -> Decimal:
        return polynomial_points(a_lifter(sex, str(weight)), coefficients)

    table = coefficients.tables[sex]
    assert points(table.lightest - 5) == points(table.lightest)
    assert points(table.heaviest + 100) == points(table.heaviest)
    assert points(table.lightest) != points(table.lightest + 1)


@pytest.mark.parametrize("weight", ["10", "34.999"])
def test_ipf_gl_has_no_points_below_35_kilograms(weight: str) -> None:
    points = points_of(a_lifter(weight=weight))

    assert points.ipf_gl is not None
    assert points.ipf_gl.value == 0


def test_nothing_lifted_is_worth_nothing() -> None:
    points = points_of(a_lifter(total="0"))

    assert points.dots is not None
    assert points.dots.value == 0


def test_there_is_a_table_for_everybody() -> None:
    assert set(IPF_GL.tables) == set(product(Sex, LiftingEquipment, LiftingEvent))
    assert all(set(one.tables) == set(Sex) for one in (DOTS, WILKS, WILKS_2))


@given(
    st.sampled_from(Sex),
    st.sampled_from(LiftingEquipment),
    st.decimals("0.001", "9999.999", places=3),
    st.decimals("0.001", "9999.999", places=3),
)
def test_points_exist_for_every_body_weight_and_grow_with_the_total(
    sex: Sex, equipment: LiftingEquipment, weight: Decimal, total: Decimal
) -> None:
    less = points_of(a_lifter(sex, str(weight), str(total), equipment))
    more = points_of(a_lifter(sex, str(weight), str(total * 2), equipment))

    for one, other in zip(
        (less.dots, less.wilks, less.wilks_2), (more.dots, more.wilks, more.wilks_2), strict=True
    ):
        assert one is not None
        assert other is not None
        assert 0 < one.value < other.value


@pytest.mark.parametrize(
    ("weight", "total", "pointers"),
    [
        ("0", "700", ["/bodyweight"]),
        ("NaN", "700", ["/bodyweight"]),
        ("93", "-1", ["/total"]),
        ("-1", "Infinity", ["/bodyweight", "/total"]),
    ],
)
def test_what_cannot_be_is_refused(weight: str, total: str, pointers: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        a_lifter(weight=weight, total=total)

    assert [error.pointer for error in refused.value.errors] == pointers
