"""What clients send about bars and plates."""

from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints

from workout_application.messaging.actor import Actor
from workout_application.strength.commands.create_plate_inventory import CreatePlateInventory
from workout_application.strength.commands.replace_plate_inventory import (
    ReplacePlateInventory,
)
from workout_application.strength.gear import GearAsked
from workout_application.strength.queries.calculate_plates import CalculatePlates
from workout_application.strength.queries.list_plate_inventories import ListPlateInventories
from workout_application.strength.queries.plan_warm_up import PlanWarmUp
from workout_domain.kernel.guards import required_text
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.strength.plate_inventory import (
    LONGEST_NAME,
    MOST_FIXED_WEIGHTS,
    MOST_IMPLEMENTS,
    Bar,
    Contents,
    FixedWeights,
)
from workout_domain.strength.plates import (
    BOTH_SIDES,
    MOST_DENOMINATIONS,
    MOST_PAIRS,
    PlateStock,
)
from workout_domain.strength.warm_up import MOST_REPS
from workout_presentation.api.fields import Body, Number, RuledBody, Weight, by_rule
from workout_presentation.api.v1.strength.calculator_models import PositiveWeight, unit_of
from workout_shared.pages import (
    DEFAULT_PAGE_SIZE,
    LARGEST_PAGE,
    MAXIMUM_PAGE_SIZE,
    PageRequest,
)

GearName = Annotated[
    str,
    StringConstraints(max_length=LONGEST_NAME, strip_whitespace=True),
    by_rule(lambda name: required_text(name, field="name", longest=LONGEST_NAME)),
]
Sides = Literal[1, 2]
Pairs = Annotated[int, Field(ge=0, le=MOST_PAIRS), Number]
_OWN: Final = "Default: the unit of the whole."


class WeightBody(Body):
    """A weight with its unit."""

    weight: PositiveWeight = Field(examples=[20])
    unit: MeasurementUnit | None = Field(None, description=_OWN)

    def load(self, unit: MeasurementUnit) -> Load:
        """Read the weight."""
        return Load(self.weight, self.unit or unit)


class PlateBody(WeightBody):
    """A kind of plate, and how many pairs of it there are."""

    pairs: Pairs = Field(examples=[2])

    def stock(self, unit: MeasurementUnit) -> PlateStock:
        """Read the stock."""
        return PlateStock(load=self.load(unit), pairs=self.pairs)


Plates = Annotated[list[PlateBody], Field(max_length=MOST_DENOMINATIONS)]
Weights = Annotated[list[WeightBody], Field(min_length=1, max_length=MOST_FIXED_WEIGHTS)]


class GearBody(RuledBody):
    """A target, and what to load it with: given here, of an inventory, or of a usual gym."""

    target: PositiveWeight = Field(examples=[100])
    unit: MeasurementUnit | None = Field(
        None, description="Default: the unit you prefer.", examples=["kilograms"]
    )
    bar: Weight | None = Field(None, description="What the empty bar weighs.", examples=[20])
    collars: Weight | None = Field(None, description="What both collars weigh together.")
    sides: Sides | None = Field(
        None, description="1 for what is loaded on one side; then `per_side` is that side."
    )
    plates: Plates | None = Field(None, description="Default: those of the inventory.")
    inventory_id: UUID | None = Field(None, description="Default: your default inventory.")
    implement: GearName | None = Field(
        None, description="A bar, or fixed weights, of the inventory by name."
    )

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        """Gear comes from one place."""
        given = {name for name, value in sent.items() if value is not None}
        for name in sorted({"inventory_id", "implement"} & given):
            if "plates" in given:
                yield name, "ambiguous", f"Give plates or {name}, not both."
        if {"implement", "bar"} <= given:
            yield "implement", "ambiguous", "Give bar or implement, not both."

    def wanted(self, actor: Actor) -> Load:
        """Read the target."""
        return Load(self.target, unit_of(self.unit, actor))

    def gear(self, actor: Actor) -> GearAsked:
        """Read what to load."""
        unit = unit_of(self.unit, actor)
        return GearAsked(
            bar=None if self.bar is None else Load(self.bar, unit),
            collars=None if self.collars is None else Load(self.collars, unit),
            sides=self.sides,
            plates=None if self.plates is None else tuple(one.stock(unit) for one in self.plates),
            inventory_id=self.inventory_id,
            implement=self.implement,
        )


class PlatesBody(GearBody):
    """A target, what to load it with, and what is loaded now."""

    fixed: Weights | None = Field(
        None, description="Choose one of these instead: dumbbells, a stack."
    )
    loaded: Annotated[list[WeightBody], Field(max_length=MOST_PAIRS)] | None = Field(
        None, description="The plates on each side now; of equal loadings few changes win."
    )
    may_exceed: StrictBool = Field(
        False, description="The nearest loading counts, also one above the target."
    )

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        """Fixed weights are not loaded."""
        yield from super().broken_rules(sent)
        if sent.get("fixed") is not None:
            for name in (
                "bar",
                "collars",
                "sides",
                "plates",
                "inventory_id",
                "implement",
                "loaded",
            ):
                if sent.get(name) is not None:
                    yield name, "ambiguous", f"Give fixed or {name}, not both."

    def to_query(self, actor: Actor) -> CalculatePlates:
        """Make the query."""
        unit = unit_of(self.unit, actor)
        return CalculatePlates(
            target=self.wanted(actor),
            gear=self.gear(actor),
            fixed=tuple(one.load(unit) for one in self.fixed or ()),
            loaded=tuple(one.load(unit) for one in self.loaded or ()),
            may_exceed=self.may_exceed,
        )


class WarmUpBody(GearBody):
    """The working set to warm up for."""

    reps: Annotated[int, Field(ge=1, le=MOST_REPS), Number] = Field(examples=[5])

    def to_query(self, actor: Actor) -> PlanWarmUp:
        """Make the query."""
        return PlanWarmUp(target=self.wanted(actor), reps=self.reps, gear=self.gear(actor))


class BarBody(Body):
    """Something plates go on; without a name it is called a bar, and numbered."""

    name: GearName | None = Field(None, examples=["Olympic bar"])
    weight: Weight = Field(examples=[20])
    unit: MeasurementUnit | None = Field(None, description=_OWN)
    sides: Sides = BOTH_SIDES

    def bar(self, unit: MeasurementUnit, number: int) -> Bar:
        """Read the bar."""
        name = self.name or ("Bar" if number == 1 else f"Bar {number}")
        return Bar(name=name, load=Load(self.weight, self.unit or unit), sides=self.sides)


class FixedWeightsBody(Body):
    """Weights that take no plates."""

    name: GearName = Field(examples=["Dumbbells"])
    weights: Weights

    def fixed(self, unit: MeasurementUnit) -> FixedWeights:
        """Read the weights."""
        return FixedWeights(name=self.name, weights=tuple(one.load(unit) for one in self.weights))


class PlateInventoryBody(Body):
    """What one gym has; all of it is said anew each time."""

    name: GearName = Field(examples=["Home gym"])
    unit: MeasurementUnit = Field(examples=["kilograms"])
    is_default: StrictBool | None = Field(
        None, description="The one calculators use; your first one is, unless you say otherwise."
    )
    bars: Annotated[list[BarBody], Field(max_length=MOST_IMPLEMENTS)] = Field(
        [], examples=[[{"name": "Olympic bar", "weight": 20}]]
    )
    collars: Weight | None = Field(None, description="What both collars weigh together.")
    plates: Plates = Field([], examples=[[{"weight": 20, "pairs": 2}, {"weight": 2.5, "pairs": 1}]])
    fixed: Annotated[list[FixedWeightsBody], Field(max_length=MOST_IMPLEMENTS)] = Field([])

    def contents(self) -> Contents:
        """
        Read what is there.

        Raises:
            Invalid: something stands twice.
        """
        return Contents(
            unit=self.unit,
            bars=tuple(bar.bar(self.unit, n) for n, bar in enumerate(self.bars, start=1)),
            collars=None if self.collars is None else Load(self.collars, self.unit),
            plates=tuple(one.stock(self.unit) for one in self.plates),
            fixed=tuple(one.fixed(self.unit) for one in self.fixed),
        )

    def to_create(self) -> CreatePlateInventory:
        """Make the command that creates it."""
        return CreatePlateInventory(
            name=self.name, contents=self.contents(), is_default=self.is_default
        )

    def to_replace(
        self, inventory_id: UUID, expected_revision: int | None
    ) -> ReplacePlateInventory:
        """Make the command that replaces it."""
        return ReplacePlateInventory(
            inventory_id=inventory_id,
            name=self.name,
            contents=self.contents(),
            is_default=self.is_default,
            expected_revision=expected_revision,
        )


class PlateInventoryListQuery(BaseModel):
    """Which page of the inventories is asked for."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    page: int = Field(1, ge=1, le=LARGEST_PAGE)
    page_size: int = Field(DEFAULT_PAGE_SIZE, ge=1, le=MAXIMUM_PAGE_SIZE)
    sort: Literal["name", "-name", "created_at", "-created_at"] = "name"

    def to_query(self) -> ListPlateInventories:
        """Make the query."""
        return ListPlateInventories(
            page=PageRequest(page=self.page, page_size=self.page_size, sort=self.sort)
        )
