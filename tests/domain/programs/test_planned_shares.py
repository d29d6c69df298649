"""Percentages a coach plans: rounded like the rule's loads, limits apart."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.programs import KG, LB, d, day, loading, percentages, scheme
from workout_domain.kernel.load import LARGEST_LOAD, Load, MeasurementUnit
from workout_domain.programs.loading import Loading, LoadKind, RoundingMode
from workout_domain.programs.parameters import TrainingWeek
from workout_domain.programs.planning import planned_share
from workout_domain.programs.steps import State

pytestmark = pytest.mark.requirement("BEY-07")


@pytest.mark.parametrize(
    ("maximum", "rule", "expected"),
    [
        (Load(d(101)), None, Load(d("77.5"))),
        (Load(d(101), LB), None, Load(d(75), LB)),
        (Load(d(101)), loading("1"), Load(d(77))),
        (Load(d(101)), loading("1", mode=RoundingMode.DOWN), Load(d(76))),
        (Load(d(101)), loading("5", unit=LB), Load(d(170), LB)),
        (Load(d(101)), loading(minimum="80"), Load(d("77.5"))),
        (Load(d(101)), loading(maximum="60"), Load(d("77.5"))),
        (Load(d(1)), None, Load(d(0))),
    ],
)
def test_a_share_is_rounded(maximum: Load, rule: Loading | None, expected: Load) -> None:
    assert planned_share(maximum, d(76), kind=LoadKind.EXTERNAL, rule=rule) == expected


@given(
    st.decimals("0.001", "9999.999", places=3),
    st.integers(1, 2000).map(lambda tenths: Decimal(tenths) / 10),
    st.sampled_from(MeasurementUnit),
    st.sampled_from([None, loading("0.5"), loading("5", unit=LB), loading("2.5", unit=KG)]),
)
def test_a_share_is_near_and_loadable(
    amount: Decimal, percent: Decimal, unit: MeasurementUnit, rule: Loading | None
) -> None:
    maximum = Load(amount, unit)
    share = planned_share(maximum, percent, kind=LoadKind.BODYWEIGHT, rule=rule)

    assert share is not None
    step = rule.step if rule is not None else {KG: d("2.5"), LB: d(5)}[unit]
    assert share.unit is (unit if rule is None else rule.unit)
    assert share.amount % step == 0
    exact = Load(amount, unit).exact_kilograms * percent / 100
    off = abs(share.exact_kilograms - exact)
    # Only what nobody could write down is further off.
    assert off <= Load(step, share.unit).exact_kilograms / 2 or exact > LARGEST_LOAD / 3


def test_a_percentage_of_assistance_says_nothing() -> None:
    assert planned_share(Load(d(40)), d(50), kind=LoadKind.ASSISTED, rule=None) is None


@given(
    st.decimals("1", "2000", places=3),
    st.integers(1, 200),
    st.sampled_from(["0.5", "1", "2.5"]),
    st.sampled_from(RoundingMode),
)
def test_plan_and_rule_make_the_same_of_a_percentage(
    maximum: Decimal, percent: int, step: str, mode: RoundingMode
) -> None:
    weeks = (TrainingWeek(days=(day((percent, 5)),)),)
    rule = percentages(weeks=weeks, loading=loading(step, mode=mode))

    [asked] = scheme(rule).prescribe(State(), maximum).sets
    planned = planned_share(
        Load(maximum), Decimal(percent), kind=LoadKind.EXTERNAL, rule=rule.loading
    )

    assert planned is not None
    assert planned.amount == asked.load
