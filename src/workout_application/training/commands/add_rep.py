"""An athlete adds a repetition to a set of a running session."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_application.encoding import encode
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.training.append_ports import NewRep, RepPlace, SessionAppends
from workout_application.training.appending import AppendJournal, rep_view
from workout_application.training.loads import AS_IT_IS, LoadChange
from workout_domain.kernel.errors import Invalid
from workout_domain.training.deviation import Deviation
from workout_domain.training.errors import RepNumberTaken, SetNotFound, SetRemoved
from workout_domain.training.events import SetChanged
from workout_domain.training.performed_set import MOST_REPS
from workout_domain.training.workout_session import refuse_unless_running
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@dataclass(frozen=True, slots=True)
class AddedRep:
    """A ``RepView`` as JSON, and whether an earlier request added it."""

    data: bytes
    rep_id: UUID | None
    is_repeat: bool


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class AddRep(Command[AddedRep]):
    """Without a number it is the next one; without a load it has the set's."""

    appends: ClassVar[bool] = True
    is_hot: ClassVar[bool] = True

    set_id: UUID
    rep_number: int | None = None
    load: LoadChange = AS_IT_IS
    success: bool = True
    client_generated_id: str | None = None


class AddRepHandler:
    """Appends it to the caller's own set."""

    def __init__(
        self,
        appends: SessionAppends,
        journal: AppendJournal,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._appends, self._journal = appends, journal
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: AddRep, actor: Actor) -> AddedRep:
        """Add it."""
        place = await self._appends.place_for_rep(
            command.set_id, actor.id, command.client_generated_id
        )
        if place is None:
            raise SetNotFound("No such set.")
        if place.repeated is not None:
            return AddedRep(place.repeated, None, is_repeat=True)
        if place.repeated_was_removed:
            raise SetRemoved("The set of this client_generated_id was removed.")
        refuse_unless_running(place.session.status)
        new = self._accepted(command, place, preferred=actor.preferred_unit)
        encoded = encode(rep_view(new, place.set_id))
        entry = self._journal.entry(
            place.session, "RepLogged", b'"rep":' + encoded, at=self._clock.now()
        )
        await self._appends.append_rep(
            place.session, place.set_id, new, _deviation(new, place), entry
        )
        self._journal.record(
            SetChanged, place.session, entry, set_id=place.set_id, exercise_id=place.exercise_id
        )
        return AddedRep(encoded, new.id, is_repeat=False)

    def _accepted(self, command: AddRep, place: RepPlace, *, preferred: str) -> NewRep:
        number = command.rep_number or place.next_number
        if number > MOST_REPS:
            raise Invalid.field(
                "/rep_number", "out_of_range", f"A set has at most {MOST_REPS} repetitions."
            )
        if number in place.numbers:
            raise RepNumberTaken(f"The set has a repetition number {number} already.")
        load = command.load.applied_to(place.load, preferred=preferred)
        return NewRep(
            id=self._identifiers.new(),
            rep_number=number,
            weight=None if load is None else load.amount,
            unit=None if load is None else load.unit,
            success=command.success,
            effective_kg=place.load_rule.effective_kg(load),
            client_generated_id=command.client_generated_id,
        )


def _deviation(new: NewRep, place: RepPlace) -> Deviation | None:
    if place.target is None or place.deviation is None:
        return None
    return place.deviation.counting(place.successful_reps + new.success, place.target)
