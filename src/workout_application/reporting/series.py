"""Figures in the form charts are drawn from: labels, and a value or nothing for each."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Label = str | date | Decimal
Value = Decimal | int | None


class ChartKind(StrEnum):
    """How the values are shown; lines join over labels without a value, areas break there."""

    LINE = "line"
    BAR = "bar"
    STACKED_BAR = "stacked_bar"
    AREA = "area"


class LabelType(StrEnum):
    """What the labels are: days, names, or numbers."""

    DATE = "date"
    CATEGORY = "category"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class XAxis:
    """Along the labels; ``unit`` only where a label alone does not say it."""

    label: str
    type: LabelType
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YAxis:
    """Along the values."""

    label: str
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line, or one colour of bars; a value per label of the chart, null where there is none."""

    name: str
    values: tuple[Value, ...]
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSeries:
    """
    A chart without its looks, drawn as it is: nothing is left to calculate.

    Labels of type date and number ascend; every series has as many values as there are labels.
    Encoded, days are ``YYYY-MM-DD`` and numbers are numbers.
    """

    title: str
    kind: ChartKind
    x: XAxis
    y: YAxis
    labels: tuple[Label, ...]
    series: tuple[Series, ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """
        Refuse a chart that cannot be drawn.

        Raises:
            ValueError: a series has another number of values than there are labels, or a label
                is not of the axis' type.
        """
        for series in self.series:
            if len(series.values) != len(self.labels):
                raise ValueError(
                    f"{series.name}: {len(series.values)} values for {len(self.labels)} labels."
                )
        form = _FORMS[self.x.type]
        if not all(isinstance(label, form) for label in self.labels):
            raise ValueError(f"Labels must be {self.x.type.value}.")

    @property
    def is_empty(self) -> bool:
        """Whether there is no value at all."""
        return all(value is None for series in self.series for value in series.values)


_FORMS: dict[LabelType, type[str] | type[date] | type[Decimal]] = {
    LabelType.DATE: date,
    LabelType.CATEGORY: str,
    LabelType.NUMBER: Decimal,
}
