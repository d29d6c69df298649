"""Tonnage, hard sets, average intensity and INOL."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workout_domain.kernel.formulas.rounding import four_places
from workout_domain.kernel.formulas.volume import (
    InolBand,
    LiftedSet,
    average_intensity,
    hard_sets,
    inol,
    inol_band,
    tonnage,
)

pytestmark = pytest.mark.requirement("BEY-04")


def a_set(load: str, reps: int, *, warm_up: bool = False, rpe: str | None = None) -> LiftedSet:
    """Make a set."""
    effort = None if rpe is None else Decimal(rpe)
    return LiftedSet(load=Decimal(load), reps=reps, is_warm_up=warm_up, rpe=effort)


SESSION = [
    a_set("60", 5, warm_up=True),
    a_set("100", 5, rpe="8"),
    a_set("100", 5, rpe="5.5"),
    a_set("102.5", 4),
]


def test_tonnage_is_load_times_repetitions_without_warm_ups() -> None:
    assert tonnage(SESSION) == 1410
    assert tonnage(SESSION, with_warm_ups=True) == 1710
    assert tonnage([]) == 0


def test_hard_sets_are_those_at_rpe_6_or_of_unknown_effort() -> None:
    assert hard_sets(SESSION) == 2
    assert hard_sets([a_set("100", 5, rpe="6")]) == 1


def test_average_intensity_weighs_loads_by_repetitions() -> None:
    average = average_intensity(SESSION, Decimal(125))

    assert average is not None
    assert four_places(average) == Decimal("0.8057")
    assert average_intensity([], Decimal(125)) is None
    assert average_intensity(SESSION, Decimal(0)) is None


@given(st.lists(st.integers(1, 300), min_size=1), st.integers(1, 500))
def test_average_intensity_lies_between_the_lightest_and_the_heaviest(
    loads: list[int], maximum: int
) -> None:
    average = average_intensity([a_set(str(load), 3) for load in loads], Decimal(maximum))

    assert average is not None
    low, high = (four_places(Decimal(one) / maximum) for one in (min(loads), max(loads)))
    assert low <= four_places(average) <= high


@pytest.mark.parametrize(
    ("sets", "reps", "percentage", "expected"),
    [(4, 4, "85", "1.0667"), (5, 5, "80", "1.2500"), (1, 5, "75", "0.2000")],
)
def test_inol_comes_out_as_published(sets: int, reps: int, percentage: str, expected: str) -> None:
    total = sum((inol(reps, Decimal(percentage)) for _ in range(sets)), Decimal())

    assert four_places(total) == Decimal(expected)


@pytest.mark.parametrize("percentage", ["99", "99.5", "100", "130"])
def test_inol_counts_99_percent_at_most(percentage: str) -> None:
    assert inol(1, Decimal(percentage)) == 1


@pytest.mark.parametrize(
    ("value", "band"),
    [
        ("0.39", InolBand.EASY),
        ("0.4", InolBand.MODERATE),
        ("0.6", InolBand.GOOD),
        ("1", InolBand.GOOD),
        ("1.01", InolBand.HARD),
        ("2", InolBand.HARD),
        ("2.01", InolBand.VERY_HARD),
    ],
)
def test_inol_has_guide_bands(value: str, band: InolBand) -> None:
    assert inol_band(Decimal(value)) is band
