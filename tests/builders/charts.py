"""Charts of every shape, for tests that draw them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from workout_application.reporting.series import (
    ChartKind,
    ChartSeries,
    Label,
    LabelType,
    Series,
    Value,
    XAxis,
    YAxis,
)

MONDAY: Final = date(2026, 1, 5)
HOSTILE: Final = (
    "$x^2$ \\frac{1}{0}",
    "_hidden",
    "<script>alert(1)</script> & ]]>",
    "שלום עולם",
    "مرحبا بالعالم",
    "💪🏽 lift 日本語",
    "x\x00y\x08z\n\tend",
    "\u202egnp.exe",
    "a lone \ud83d surrogate",
    "long " * 100,
    "%s {0} \\n",
    "",
)


def a_chart(
    values: Mapping[str, Sequence[Value]],
    *,
    kind: ChartKind = ChartKind.LINE,
    labels: Sequence[Label] | None = None,
    label_type: LabelType = LabelType.DATE,
    title: str = "Weight progression: Back squat",
    notes: Sequence[str] = (),
) -> ChartSeries:
    """Make a chart; its labels are days in a row unless told."""
    length = max((len(of_one) for of_one in values.values()), default=0)
    days: Sequence[Label] = [MONDAY + timedelta(days=day) for day in range(length)]
    return ChartSeries(
        title=title,
        kind=kind,
        x=XAxis(label="Day", type=label_type),
        y=YAxis(label="Estimated 1RM", unit="kg"),
        labels=tuple(days if labels is None else labels),
        series=tuple(
            Series(name=name, values=tuple(of_one), unit="kg") for name, of_one in values.items()
        ),
        notes=tuple(notes),
    )


def rising(count: int, start: int = 100) -> list[Value]:
    """Return as many values, each higher than the last."""
    return [Decimal(start) + Decimal(step) / 4 for step in range(count)]


def of_every_shape() -> dict[str, ChartSeries]:
    """Return charts few and many, dense and sparse, of each kind."""
    names = [f"Muscle {place}" for place in range(500)]
    return {
        "one point": a_chart({"Squat": rising(1)}),
        "two points": a_chart({"Squat": rising(2)}, notes=["By Brzycki's formula. " * 20, "Two."]),
        "500 days": a_chart({"Squat": rising(500), "Bench press": rising(500, 50)}),
        "gaps": a_chart({"Squat": [Decimal(1), None, Decimal(3)], "Bench": [None, None, 2]}),
        "weeks": a_chart(
            {"Volume": rising(30)},
            kind=ChartKind.BAR,
            labels=[MONDAY + timedelta(weeks=week) for week in range(30)],
        ),
        "one bar": a_chart({"Volume": [7]}, kind=ChartKind.BAR),
        "500 names": a_chart(
            {"Sets": list(range(500))},
            kind=ChartKind.BAR,
            labels=names,
            label_type=LabelType.CATEGORY,
        ),
        "stacked": a_chart(
            {name: [3, None, -2, 5] for name in names[:20]}, kind=ChartKind.STACKED_BAR
        ),
        "grouped": a_chart({name: [3, None, 5] for name in names[:3]}, kind=ChartKind.BAR),
        "area": a_chart({"Load": [1, 2, None, 4], "Rest": rising(4)}, kind=ChartKind.AREA),
        "numbers": a_chart(
            {"Repetitions": [12, 8, 1]},
            labels=[Decimal(40), Decimal("60.5"), Decimal(100)],
            label_type=LabelType.NUMBER,
        ),
        "30 lines": a_chart({f"Exercise {place}": rising(9, place) for place in range(30)}),
        "no labels": a_chart({}),
        "no values": a_chart({"Squat": [None, None]}),
        "not finite": a_chart({"Squat": [Decimal("NaN"), Decimal("Infinity"), Decimal(1)]}),
    }
