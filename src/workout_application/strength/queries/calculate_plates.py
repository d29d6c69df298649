"""Anybody asks which plates to put on the bar."""

from dataclasses import dataclass, field

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.strength.gear import Gear, GearAsked, GearRoom
from workout_application.strength.ports import CalculatorTelemetry
from workout_application.strength.views import LoadView, PlatesView, shown
from workout_domain.kernel.load import Load
from workout_domain.strength.events import PlatesCalculated
from workout_domain.strength.plate_inventory import FixedWeights
from workout_domain.strength.plates import Implement, choose_fixed, load_plates
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class CalculatePlates(Query[PlatesView]):
    """
    Answers with the best loading, also where it lacks something of the target.

    ``loaded`` are the plates on each side now; with ``may_exceed`` the nearest loading may be
    heavier than the target.
    """

    target: Load
    gear: GearAsked = field(default_factory=GearAsked)
    fixed: tuple[Load, ...] = ()
    loaded: tuple[Load, ...] = ()
    may_exceed: bool = False


class CalculatePlatesHandler:
    """Computes with the caller's gear, and tells telemetry where it is on."""

    def __init__(self, room: GearRoom, telemetry: CalculatorTelemetry, clock: Clock) -> None:
        self._room, self._telemetry, self._clock = room, telemetry, clock

    async def handle(self, query: CalculatePlates, actor: Actor) -> PlatesView:
        """Calculate them."""
        gear = await self._gear(query, actor)
        if isinstance(gear.implement, FixedWeights):
            plates = _of_fixed(query, gear, gear.implement)
        else:
            plates = _on_a_bar(query, gear, gear.implement)
        await self._telemetry.plates_calculated(
            PlatesCalculated(
                occurred_at=self._clock.now(),
                user_id=actor.id,
                target=plates.target,
                unit=plates.unit,
                achieved=plates.achieved,
                loadable=plates.loadable,
                source=gear.source,
                inventory_id=gear.inventory_id,
            ),
            actor,
        )
        return plates

    async def _gear(self, query: CalculatePlates, actor: Actor) -> Gear:
        if query.fixed:
            weights = FixedWeights(name="fixed", weights=query.fixed)
            return Gear(implement=weights, plates=(), source="given")
        return await self._room.find(query.gear, query.target.unit, actor)


def _of_fixed(query: CalculatePlates, gear: Gear, weights: FixedWeights) -> PlatesView:
    choice = choose_fixed(query.target, weights.weights, may_exceed=query.may_exceed)
    return PlatesView(
        target=query.target.amount,
        unit=query.target.unit,
        bar=None,
        collars=None,
        sides=0,
        per_side=[],
        fixed=LoadView.of(choice.chosen),
        achieved=choice.achieved,
        remainder=choice.remainder,
        loadable=choice.loadable,
        put_on=[],
        taken_off=[],
        inventory_id=gear.inventory_id,
    )


def _on_a_bar(query: CalculatePlates, gear: Gear, implement: Implement) -> PlatesView:
    loading = load_plates(
        query.target, implement, gear.plates, loaded=query.loaded, may_exceed=query.may_exceed
    )
    return PlatesView(
        target=query.target.amount,
        unit=query.target.unit,
        bar=LoadView.of(implement.bar),
        collars=None if implement.collars is None else LoadView.of(implement.collars),
        sides=implement.sides,
        per_side=shown(loading.per_side),
        fixed=None,
        achieved=loading.achieved,
        remainder=loading.remainder,
        loadable=loading.loadable,
        put_on=shown(loading.put_on),
        taken_off=shown(loading.taken_off),
        inventory_id=gear.inventory_id,
    )
