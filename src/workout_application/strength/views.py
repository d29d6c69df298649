"""What the strength tools answer with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from workout_domain.kernel.formulas.one_rep_max import Formula, Reliability
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.strength.plate_inventory import Contents, PlateInventory


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadView:
    """A weight with its unit."""

    weight: Decimal
    unit: MeasurementUnit

    @classmethod
    def of(cls, load: Load) -> "LoadView":
        """Show a load."""
        return cls(weight=load.amount, unit=load.unit)


def shown(loads: Iterable[Load]) -> list[LoadView]:
    """Show several loads, in their order."""
    return [LoadView.of(load) for load in loads]


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateView:
    """
    One formula's estimate, to four decimals.

    ``external`` is what may be added to the body once, of a lift that moves the body; else null.
    """

    formula: Formula
    version: str
    value: Decimal
    external: Decimal | None
    unit: MeasurementUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartEstimateView:
    """What the chart of effort says of the set: the percentage of the maximum, and the maximum."""

    name: str
    version: str
    percentage: Decimal
    value: Decimal
    external: Decimal | None
    unit: MeasurementUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class OneRepMaxView:
    """
    All seven estimates of a set; ``median`` and ``average`` are of the seven.

    ``repetitions_to_failure`` are the repetitions done and those left in reserve: what the formulas
    were given. ``body_load`` is the part of the load that is the lifter's body. ``chart`` is null
    without an RPE, and where the chart ends.
    """

    weight: Decimal
    unit: MeasurementUnit
    reps: int
    repetitions_to_failure: Decimal
    body_load: Decimal
    estimates: list[EstimateView]
    median: Decimal
    average: Decimal
    is_actual_single: bool
    reliability: Reliability
    chart: ChartEstimateView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSetView:
    """The set an estimate comes from."""

    set_id: UUID
    session_id: UUID
    performed_at: datetime
    weight: Decimal | None
    unit: str | None
    reps: int
    rpe: Decimal | None
    rir: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionView:
    """What somebody could lift once in an exercise, by their best recent set of it."""

    exercise_id: UUID
    exercise_name: str
    source_set: SourceSetView
    one_rep_max: OneRepMaxView


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreView:
    """Points, to four decimals, and the version of the coefficients."""

    value: Decimal
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsView:
    """Four scales that must not be compared with one another; null where one is not defined."""

    dots: ScoreView | None
    wilks: ScoreView | None
    wilks_2: ScoreView | None
    ipf_gl: ScoreView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatesView:
    """
    What to load: ``per_side`` has one entry per plate, heaviest first.

    ``achieved`` and ``remainder`` are in the unit of the target. ``put_on`` and ``taken_off`` are
    the changes per side of what was loaded before. Of fixed weights, ``fixed`` is the one to take.
    """

    target: Decimal
    unit: MeasurementUnit
    bar: LoadView | None
    collars: LoadView | None
    sides: int
    per_side: list[LoadView]
    fixed: LoadView | None
    achieved: Decimal
    remainder: Decimal
    loadable: bool
    put_on: list[LoadView]
    taken_off: list[LoadView]
    inventory_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RampSetView:
    """One set of a warm-up; ``percentage`` is of the working weight, changes are per side."""

    number: int
    weight: Decimal
    unit: MeasurementUnit
    reps: int
    percentage: Decimal
    per_side: list[LoadView]
    put_on: list[LoadView]
    taken_off: list[LoadView]


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmUpView:
    """
    A ramp of sets, lightest first, up to the working set.

    ``remainder`` is what the working set lacks of the target, ``changes`` how many plates go on or
    come off per side in all.
    """

    target: Decimal
    unit: MeasurementUnit
    scheme: str
    version: str
    bar: LoadView
    collars: LoadView | None
    sets: list[RampSetView]
    work_set: RampSetView
    remainder: Decimal
    loadable: bool
    changes: int
    inventory_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BarView:
    """Something plates go on, on two sides or on one."""

    name: str
    weight: Decimal
    unit: MeasurementUnit
    sides: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlateStockView:
    """How many pairs of a plate there are."""

    weight: Decimal
    unit: MeasurementUnit
    pairs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedWeightsView:
    """Weights that take no plates."""

    name: str
    weights: list[LoadView]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlateInventoryView:
    """What one gym of a user has to load; ``collars`` are both together, in ``unit``."""

    id: UUID
    name: str
    unit: MeasurementUnit
    is_default: bool
    bars: list[BarView]
    collars: Decimal | None
    plates: list[PlateStockView]
    fixed: list[FixedWeightsView]
    created_at: datetime
    updated_at: datetime
    revision: int

    @classmethod
    def of(cls, inventory: PlateInventory) -> "PlateInventoryView":
        """Show an inventory."""
        return cls.showing(
            inventory.contents,
            id=inventory.id,
            name=inventory.name,
            is_default=inventory.is_default,
            created_at=inventory.created_at,
            updated_at=inventory.updated_at,
            revision=inventory.revision,
        )

    @classmethod
    def showing(
        cls,
        contents: Contents,
        *,
        id: UUID,  # noqa: A002 - the field's name
        name: str,
        is_default: bool,
        created_at: datetime,
        updated_at: datetime,
        revision: int,
    ) -> "PlateInventoryView":
        """Show what an inventory holds, beside what else is known of it."""
        return cls(
            id=id,
            name=name,
            unit=contents.unit,
            is_default=is_default,
            bars=[
                BarView(name=bar.name, weight=bar.load.amount, unit=bar.load.unit, sides=bar.sides)
                for bar in contents.bars
            ],
            collars=None if contents.collars is None else contents.collars.amount,
            plates=[
                PlateStockView(weight=one.load.amount, unit=one.load.unit, pairs=one.pairs)
                for one in contents.plates
            ],
            fixed=[
                FixedWeightsView(name=one.name, weights=shown(one.weights))
                for one in contents.fixed
            ],
            created_at=created_at,
            updated_at=updated_at,
            revision=revision,
        )
