"""An athlete logs a set: the hottest write of the product."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from workout_application.encoding import decode, encode
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.training.append_ports import (
    NewRep,
    NewSet,
    SessionAppends,
    SetPlace,
    WantedSet,
)
from workout_application.training.appending import AppendJournal, rep_view
from workout_application.training.plan_views import SetTargetView
from workout_application.training.views import DeviationView, SetView, moved
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.guards import not_ahead
from workout_domain.kernel.load import KILOGRAMS
from workout_domain.training.deviation import Deviation
from workout_domain.training.effective_load import LoadRule, volume_of
from workout_domain.training.errors import (
    ExerciseUnknown,
    SessionNotFound,
    SetRemoved,
    SetTypeUnknown,
)
from workout_domain.training.events import SetLogged
from workout_domain.training.performed_set import SetDraft, no_such_parent, successes
from workout_domain.training.targets import SetTarget
from workout_domain.training.workout_session import refuse_unless_running
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@dataclass(frozen=True, slots=True)
class LoggedSet:
    """A ``SetView`` as JSON, and whether an earlier request logged it."""

    data: bytes
    set_id: UUID
    sequence: int
    is_repeat: bool


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class LogSet(Command[LoggedSet]):
    """
    Appends: it never collides with another append.

    A repeat by the client's id answers with what was stored, whatever it says now. Of a planned
    exercise it meets the next open target, or the one of ``target_number``.
    """

    appends: ClassVar[bool] = True
    is_hot: ClassVar[bool] = True

    session_id: UUID
    exercise_id: UUID
    set_type: str | UUID
    draft: SetDraft
    parent_set_id: UUID | None = None
    target_number: int | None = None
    performed_at: datetime | None = None
    client_generated_id: str | None = None


class LogSetHandler:
    """Two statements: lock and look, then write everything."""

    def __init__(
        self,
        appends: SessionAppends,
        journal: AppendJournal,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._appends, self._journal = appends, journal
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: LogSet, actor: Actor) -> LoggedSet:
        """Log it."""
        place = await self._appends.place_for_set(_wanted(command, actor))
        if place is None:
            raise SessionNotFound("No such session.")
        if place.repeated is not None:
            return _repeated(place.repeated)
        return await self._append(command, place)

    async def _append(self, command: LogSet, place: SetPlace) -> LoggedSet:
        new = self._accepted(command, place)
        view = _view(new, place)
        encoded = encode(view)
        entry = self._journal.entry(
            place.session, "SetLogged", b'"set":' + encoded, at=self._clock.now()
        )
        if not await self._appends.append_set(place.session, new, entry):
            return await self._stored_meanwhile(command)
        self._journal.record(
            SetLogged, place.session, entry, set_id=new.id, exercise_id=new.exercise_id
        )
        return LoggedSet(encoded, new.id, entry.sequence, is_repeat=False)

    def _accepted(self, command: LogSet, place: SetPlace) -> NewSet:
        if place.repeated_was_removed:
            raise SetRemoved("The set of this client_generated_id was removed.")
        refuse_unless_running(place.session.status)
        if place.exercise is None:
            raise ExerciseUnknown.field(
                "/exercise_id", "exercise_unknown", "There is no such exercise."
            )
        if place.set_type is None:
            raise SetTypeUnknown.field(
                "/set_type", "set_type_unknown", "There is no such set type."
            )
        if command.parent_set_id is not None and not place.has_parent:
            raise no_such_parent()
        if command.target_number is not None and place.target is None:
            raise Invalid.field(
                "/target_number", "target_unknown", "The exercise has no target of this number."
            )
        now = self._clock.now()
        performed_at = command.performed_at or now
        not_ahead(performed_at, now=now, field="performed_at")
        command.draft.refuse_unless_measured_as(place.exercise.measurement_type)
        rule = LoadRule.of(
            place.exercise.load_kind, place.exercise.bodyweight_share, place.bodyweight
        )
        return NewSet(
            id=self._identifiers.new(),
            log_id=self._identifiers.new(),
            exercise_id=command.exercise_id,
            set_type_id=place.set_type.id,
            parent_set_id=command.parent_set_id,
            load_rule=rule,
            effective_kg=rule.effective_kg(command.draft.load),
            target=place.target,
            deviation=_deviation(command.draft, place.target, rule),
            draft=command.draft,
            performed_at=performed_at,
            client_generated_id=command.client_generated_id,
            reps=self._reps(command.draft, rule),
        )

    def _reps(self, draft: SetDraft, rule: LoadRule) -> list[NewRep]:
        reps = []
        for rep in draft.reps:
            load = rep.load or draft.load
            reps.append(
                NewRep(
                    id=self._identifiers.new(),
                    rep_number=rep.rep_number,
                    weight=None if load is None else load.amount,
                    unit=None if load is None else load.unit,
                    success=rep.success,
                    effective_kg=rule.effective_kg(load),
                )
            )
        return reps

    async def _stored_meanwhile(self, command: LogSet) -> LoggedSet:
        key = command.client_generated_id or ""
        stored = await self._appends.stored_set(command.session_id, key)
        if stored is None:
            raise SetRemoved("The set of this client_generated_id was removed.")
        return _repeated(stored)


def _wanted(command: LogSet, actor: Actor) -> WantedSet:
    return WantedSet(
        session_id=command.session_id,
        user_id=actor.id,
        exercise_id=command.exercise_id,
        set_type=command.set_type,
        side=command.draft.side,
        parent_set_id=command.parent_set_id,
        target_number=command.target_number,
        client_generated_id=command.client_generated_id,
    )


def _deviation(draft: SetDraft, target: SetTarget | None, rule: LoadRule) -> Deviation | None:
    if target is None:
        return None
    counted = successes(rep.success for rep in draft.reps)
    return Deviation.of(draft, target, kind=rule.kind, successful_reps=counted)


def _repeated(stored: bytes) -> LoggedSet:
    known = decode(stored)
    return LoggedSet(stored, UUID(known["id"]), known["sequence"], is_repeat=True)


def _view(new: NewSet, place: SetPlace) -> SetView:
    draft, load, rule = new.draft, new.draft.load, new.load_rule
    unit = KILOGRAMS if load is None else load.unit
    return SetView(
        id=new.id,
        session_id=place.session.id,
        exercise_id=new.exercise_id,
        exercise_name=place.exercise.name if place.exercise else "",
        set_type=place.set_type.code if place.set_type else "",
        set_type_id=new.set_type_id,
        weight=None if load is None else load.amount,
        unit=None if load is None else load.unit,
        number_reps=len(new.reps),
        reps=[rep_view(rep, new.id) for rep in new.reps],
        duration_seconds=draft.duration_seconds,
        distance_meters=draft.distance_meters,
        rpe=draft.rpe,
        rir=draft.rir,
        side=draft.side,
        parent_set_id=new.parent_set_id,
        load_kind=rule.kind,
        effective_load=moved(new.effective_kg, unit),
        effective_load_unit=unit,
        bodyweight=moved(rule.bodyweight_kg, unit),
        bodyweight_share=rule.bodyweight_share,
        volume=moved(volume_of((rep.effective_kg, rep.success) for rep in new.reps), KILOGRAMS),
        volume_unit=KILOGRAMS,
        description=draft.description,
        notes=draft.notes,
        target=None if new.target is None else SetTargetView.of(new.target),
        target_number=None if new.target is None else new.target.number,
        deviation=None if new.deviation is None else DeviationView.of(new.deviation),
        performed_at=new.performed_at,
        sequence=place.session.sequence + 1,
        client_generated_id=new.client_generated_id,
    )
