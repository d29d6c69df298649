"""The neutral form of a chart."""

from datetime import date
from decimal import Decimal

import pytest

from tests.builders.charts import a_chart
from workout_application.encoding import decode, encode
from workout_application.reporting.documents import Column, Table
from workout_application.reporting.series import ChartKind, ChartSeries, LabelType, XAxis, YAxis


def test_encoded_it_is_drawn_without_further_calculation() -> None:
    chart = a_chart({"Squat": [Decimal("102.5"), None]}, notes=["By Brzycki's formula."])

    assert decode(encode(chart)) == {
        "title": "Weight progression: Back squat",
        "kind": "line",
        "x": {"label": "Day", "type": "date", "unit": None},
        "y": {"label": "Estimated 1RM", "unit": "kg"},
        "labels": ["2026-01-05", "2026-01-06"],
        "series": [{"name": "Squat", "unit": "kg", "values": [102.5, None]}],
        "notes": ["By Brzycki's formula."],
    }


def test_number_labels_are_numbers() -> None:
    chart = a_chart({"Reps": [5]}, labels=[Decimal("60.5")], label_type=LabelType.NUMBER)

    assert decode(encode(chart))["labels"] == [60.5]


def test_a_series_has_a_value_for_each_label() -> None:
    with pytest.raises(ValueError, match="Bench: 1 values for 2 labels"):
        a_chart({"Squat": [1, 2], "Bench": [1]})


@pytest.mark.parametrize(
    ("label_type", "label"),
    [
        (LabelType.DATE, "2026-01-05"),
        (LabelType.CATEGORY, date(2026, 1, 5)),
        (LabelType.NUMBER, "5"),
    ],
)
def test_labels_are_of_the_type_of_their_axis(label_type: LabelType, label: str | date) -> None:
    with pytest.raises(ValueError, match="Labels must be"):
        a_chart({"Squat": [1]}, labels=[label], label_type=label_type)


def test_without_a_value_a_chart_is_empty() -> None:
    nothing = ChartSeries(
        title="Nothing",
        kind=ChartKind.BAR,
        x=XAxis(label="Day", type=LabelType.DATE),
        y=YAxis(label="Sets"),
        labels=(),
        series=(),
    )

    assert nothing.is_empty
    assert a_chart({"Squat": [None]}).is_empty
    assert not a_chart({"Squat": [0]}).is_empty


def test_a_row_of_a_table_has_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="Row 2 of Sets has 1 cells"):
        Table("Sets", (Column("Day"), Column("Sets")), (("Monday", 3), ("Tuesday",)))
