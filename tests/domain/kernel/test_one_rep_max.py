"""Seven formulas, against the published vectors to four decimals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.formulas.one_rep_max import (
    VERSIONS,
    Formula,
    Reliability,
    estimate,
    estimate_all,
    estimate_with_body_weight,
    factor,
    unclamped_factor,
)
from workout_domain.kernel.formulas.rounding import four_places

# Without the rule that a single is its own estimate, so that the formulas themselves show.
RAW = {
    ("100", 1): "100.0000 103.3300 101.3903 100.0000 108.8640 102.5000 101.3042",
    ("100", 3): "105.8824 109.9900 107.1969 111.6123 113.9903 107.5000 108.9797",
    ("100", 5): "112.5000 116.6500 113.7089 117.4619 119.0107 112.5000 116.5825",
    ("100", 8): "124.1379 126.6400 125.1092 123.1144 126.2863 120.0000 127.6714",
    ("100", 10): "133.3333 133.3000 134.0704 125.8925 130.9343 125.0000 134.7467",
    ("100", 12): "144.0000 139.9600 144.4143 128.2089 135.3985 130.0000 141.4959",
    ("82.5", 6): "95.8065 98.9835 96.7485 98.6891 100.2151 94.8750 99.2727",
    ("225", 5): "253.1250 262.4625 255.8451 264.2893 267.7740 253.1250 262.3106",
}
loads = st.decimals("0.001", "9999.999", places=3)
formulas = st.sampled_from(Formula)


@pytest.mark.requirement("BEY-04")
@pytest.mark.parametrize(("load", "reps"), RAW)
@pytest.mark.parametrize(
    "formula",
    [
        pytest.param(Formula.BRZYCKI, marks=pytest.mark.requirement("STR-01")),
        pytest.param(Formula.EPLEY, marks=pytest.mark.requirement("STR-02")),
        pytest.param(Formula.LANDER, marks=pytest.mark.requirement("STR-03")),
        pytest.param(Formula.LOMBARDI, marks=pytest.mark.requirement("STR-04")),
        pytest.param(Formula.MAYHEW, marks=pytest.mark.requirement("STR-05")),
        pytest.param(Formula.OCONNER, marks=pytest.mark.requirement("STR-06")),
        pytest.param(Formula.WATHAN, marks=pytest.mark.requirement("STR-07")),
    ],
)
def test_the_published_vectors_come_out(formula: Formula, load: str, reps: int) -> None:
    expected = Decimal(RAW[load, reps].split()[list(Formula).index(formula)])
    raw = Decimal(load) * unclamped_factor(formula, Decimal(reps))

    assert four_places(raw) == expected
    if reps > 1:
        assert four_places(estimate(Decimal(load), reps, formula)) == expected


@pytest.mark.requirement("STR-04")
def test_lombardi_is_not_the_misprint() -> None:
    misprint = (Decimal(100) * 5) ** Decimal("0.1")

    assert four_places(misprint) == Decimal("1.8616")
    assert estimate(Decimal(100), 5, Formula.LOMBARDI) > 100


@pytest.mark.requirement("STR-02", "BEY-04")
def test_epley_is_the_rounded_one_and_says_so() -> None:
    assert VERSIONS[Formula.EPLEY] == "0.0333"
    assert four_places(estimate(Decimal(100), 5, Formula.EPLEY)) != Decimal("116.6667")


@pytest.mark.requirement("STR-08", "BEY-04")
@given(loads, formulas)
def test_a_lifted_single_is_the_estimate(load: Decimal, formula: Formula) -> None:
    assert estimate(load, 1, formula) == load


@pytest.mark.requirement("STR-08", "BEY-04")
@pytest.mark.parametrize(
    ("reps", "average", "median"), [(5, "115.4877", "116.5825"), (10, "131.0396", "133.3000")]
)
def test_all_seven_come_with_mean_and_median(reps: int, average: str, median: str) -> None:
    estimates = estimate_all(Decimal(100), reps)

    assert [one.formula for one in estimates.estimates] == list(Formula)
    assert all(one.version == VERSIONS[one.formula] for one in estimates.estimates)
    assert four_places(estimates.average) == Decimal(average)
    assert four_places(estimates.median) == Decimal(median)
    assert not estimates.is_actual_single


@pytest.mark.requirement("STR-08", "BEY-04")
@pytest.mark.parametrize(("reps", "expected"), [(1, "high"), (10, "high"), (11, "low")])
def test_above_ten_repetitions_estimates_are_little_reliable(reps: int, expected: str) -> None:
    assert estimate_all(Decimal(100), reps).reliability is Reliability(expected)


@pytest.mark.requirement("STR-08")
@pytest.mark.parametrize("reps", [-1, 0, 37, 38, 1000])
@pytest.mark.parametrize("formula", Formula)
def test_repetitions_outside_of_1_to_36_are_refused(formula: Formula, reps: int) -> None:
    with pytest.raises(Invalid) as refused:
        estimate(Decimal(100), reps, formula)

    assert [error.pointer for error in refused.value.errors] == ["/reps"]


@pytest.mark.requirement("STR-08")
@pytest.mark.parametrize("load", ["0", "-1", "NaN", "Infinity"])
def test_a_load_that_is_not_above_zero_is_refused(load: str) -> None:
    with pytest.raises(Invalid) as refused:
        estimate_all(Decimal(load), 5)

    assert [error.pointer for error in refused.value.errors] == ["/weight"]


@given(formulas, st.integers(1, 35))
def test_more_repetitions_mean_a_larger_maximum(formula: Formula, reps: int) -> None:
    assert factor(formula, reps) < factor(formula, reps + 1)


@given(loads, formulas, st.integers(1, 36))
def test_an_estimate_is_never_below_what_was_lifted(
    load: Decimal, formula: Formula, reps: int
) -> None:
    assert estimate(load, reps, formula) >= load


@given(loads, st.integers(1, 36))
def test_mean_and_median_lie_among_the_seven(load: Decimal, reps: int) -> None:
    estimates = estimate_all(load, reps)
    values = [four_places(one.value) for one in estimates.estimates]

    assert min(values) <= four_places(estimates.median) <= max(values)
    assert min(values) <= four_places(estimates.average) <= max(values)


@pytest.mark.requirement("BEY-04")
@pytest.mark.parametrize(
    ("external", "total", "part"),
    [("22", "129.1728", "49.1728"), ("-30", "63.3200", "-16.6800")],
)
def test_a_lift_that_moves_the_body_is_estimated_as_a_whole(
    external: str, total: str, part: str
) -> None:
    estimated = estimate_with_body_weight(
        body=Decimal(80), external=Decimal(external), repetitions=8, formula=Formula.EPLEY
    )

    assert four_places(estimated.total) == Decimal(total)
    assert four_places(estimated.external) == Decimal(part)
    naive = Decimal(external) * factor(Formula.EPLEY, 8)
    assert four_places(naive) in {Decimal("27.8608"), Decimal("-37.9920")}
    assert estimated.external != naive
