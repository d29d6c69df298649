"""What an inventory holds, as one JSON document: it is read and replaced as a whole."""

from decimal import Decimal
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.strength.plate_inventory import Bar, Contents, FixedWeights
from workout_domain.strength.plates import PlateStock


class ContentsColumn(TypeDecorator[Contents]):
    """Stores what an inventory holds; amounts are texts, so that they stay as entered."""

    impl = JSONB
    cache_ok = True

    def process_bind_param(self, value: Contents | None, _dialect: Dialect) -> Any:  # noqa: ANN401 - JSON
        """Write the document."""
        return None if value is None else packed(value)

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> Contents | None:  # noqa: ANN401 - JSON
        """Read the document."""
        return None if value is None else unpacked(value)


def packed(contents: Contents) -> dict[str, Any]:
    """Write what an inventory holds."""
    return {
        "unit": contents.unit.value,
        "bars": [
            {"name": bar.name, "sides": bar.sides, **_load(bar.load)} for bar in contents.bars
        ],
        "collars": None if contents.collars is None else _load(contents.collars),
        "plates": [{"pairs": one.pairs, **_load(one.load)} for one in contents.plates],
        "fixed": [
            {"name": one.name, "weights": [_load(load) for load in one.weights]}
            for one in contents.fixed
        ],
    }


def unpacked(document: Any) -> Contents:  # noqa: ANN401 - JSON
    """Read what an inventory holds."""
    collars = document["collars"]
    return Contents(
        unit=MeasurementUnit(document["unit"]),
        bars=tuple(
            Bar(name=bar["name"], load=_read(bar), sides=bar["sides"]) for bar in document["bars"]
        ),
        collars=None if collars is None else _read(collars),
        plates=tuple(PlateStock(load=_read(one), pairs=one["pairs"]) for one in document["plates"]),
        fixed=tuple(
            FixedWeights(name=one["name"], weights=tuple(_read(load) for load in one["weights"]))
            for one in document["fixed"]
        ),
    )


def _load(load: Load) -> dict[str, str]:
    return {"weight": str(load.amount), "unit": load.unit.value}


def _read(document: Any) -> Load:  # noqa: ANN401 - JSON
    return Load(Decimal(document["weight"]), MeasurementUnit(document["unit"]))
