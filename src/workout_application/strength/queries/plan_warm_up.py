"""Anybody asks for a warm-up: a ramp of sets up to a working weight."""

from dataclasses import dataclass, field

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.strength.gear import GearAsked, GearRoom
from workout_application.strength.views import LoadView, RampSetView, WarmUpView, shown
from workout_domain.kernel.load import Load
from workout_domain.strength.errors import ImplementUnknown
from workout_domain.strength.plate_inventory import FixedWeights
from workout_domain.strength.warm_up import RampSet, warm_up


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWarmUp(Query[WarmUpView]):
    """Answers with sets that change few plates on the way to ``reps`` of the target."""

    target: Load
    reps: int
    gear: GearAsked = field(default_factory=GearAsked)


class PlanWarmUpHandler:
    """Computes with the caller's gear."""

    def __init__(self, room: GearRoom) -> None:
        self._room = room

    async def handle(self, query: PlanWarmUp, actor: Actor) -> WarmUpView:
        """Plan it."""
        gear = await self._room.find(query.gear, query.target.unit, actor)
        implement = gear.implement
        if isinstance(implement, FixedWeights):
            raise ImplementUnknown.field(
                "/implement", "implement_unknown", "A ramp needs a bar, not fixed weights."
            )
        ramp = warm_up(query.target, query.reps, implement, gear.plates)
        sets = [_shown(number, one) for number, one in enumerate(ramp.sets, start=1)]
        work = ramp.work_set.loading
        return WarmUpView(
            target=query.target.amount,
            unit=query.target.unit,
            scheme=ramp.scheme.name,
            version=ramp.scheme.version,
            bar=LoadView.of(implement.bar),
            collars=None if implement.collars is None else LoadView.of(implement.collars),
            sets=sets,
            work_set=_shown(len(sets) + 1, ramp.work_set),
            remainder=work.remainder,
            loadable=work.loadable,
            changes=ramp.changes,
            inventory_id=gear.inventory_id,
        )


def _shown(number: int, one: RampSet) -> RampSetView:
    return RampSetView(
        number=number,
        weight=one.loading.achieved,
        unit=one.loading.unit,
        reps=one.reps,
        percentage=one.percentage,
        per_side=shown(one.loading.per_side),
        put_on=shown(one.loading.put_on),
        taken_off=shown(one.loading.taken_off),
    )
