"""An athlete corrects a set of a running session."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.training.loads import AS_IT_IS, AS_THE_SET, LoadChange
from workout_application.training.ports import (
    ExerciseShelf,
    SessionJournal,
    SetHistory,
    SetTypeFacts,
    SetTypes,
)
from workout_application.training.views import Changed, SetView
from workout_domain.kernel.load import Load
from workout_domain.training.errors import SetTypeUnknown
from workout_domain.training.performed_set import PerformedSet, Rep, RepDraft, SetDraft
from workout_domain.training.repositories import WorkoutSessionRepository
from workout_domain.training.set_history import Correction
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers
from workout_shared.unset import UNSET, Unset


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedRep:
    """One of the repetitions that replace all; without a weight it has the set's."""

    rep_number: int
    load: LoadChange = AS_THE_SET
    success: bool = True

    def draft(self, set_load: Load | None, *, preferred: str) -> RepDraft:
        """Read the repetition of a set with this load."""
        load = self.load.applied_to(set_load, preferred=preferred)
        return RepDraft(rep_number=self.rep_number, load=load, success=self.success)


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet(Command[Changed[SetView]]):
    """
    Changes the fields of the draft that ``changes`` names.

    ``reps`` replaces all repetitions; without it they stay, and follow the set's weight.
    """

    set_id: UUID
    changes: dict[str, Any]
    set_type: str | UUID | None = None
    load: LoadChange = AS_IT_IS
    reps: tuple[ReportedRep, ...] | None = None
    parent_set_id: UUID | Unset | None = UNSET
    performed_at: datetime | None = None
    expected_revision: int | None = None


class ChangeSetHandler:
    """Corrects the caller's own set."""

    def __init__(
        self,
        sessions: WorkoutSessionRepository,
        journal: SessionJournal,
        history: SetHistory,
        shelf: ExerciseShelf,
        set_types: SetTypes,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._sessions, self._journal, self._history = sessions, journal, history
        self._shelf, self._set_types = shelf, set_types
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: ChangeSet, actor: Actor) -> Changed[SetView]:
        """Correct it."""
        session = await self._sessions.own_with_set(actor.id, command.set_id)
        expect_revision(session, command.expected_revision)
        now = self._clock.now()
        changed = session.change_set(command.set_id, at=now)
        await self._history.keep(
            changed.id, Correction.SET_CHANGED, sequence=session.sequence, by=actor.id, at=now
        )
        set_type = await self._set_type(command.set_type or changed.set_type_id)
        exercise = (await self._shelf.facts({changed.exercise_id}))[changed.exercise_id]
        draft = self._draft(command, changed, preferred=actor.preferred_unit)
        draft.refuse_unless_measured_as(exercise.measurement_type)
        changed.correct(
            draft,
            set_type_id=set_type.id,
            performed_at=command.performed_at or changed.performed_at,
            at=now,
        )
        if command.parent_set_id is not UNSET:
            session.follow(changed, command.parent_set_id)
        if command.reps is not None:
            changed.replace_reps(self._new_reps(changed, draft.reps, now))
        view = SetView.of(changed, exercise_name=exercise.name, set_type=set_type.code)
        await self._journal.write(session.id, session.sequence, "SetChanged", {"set": view}, at=now)
        return Changed(view, session.revision)

    @staticmethod
    def _draft(command: ChangeSet, changed: PerformedSet, *, preferred: str) -> SetDraft:
        load = command.load.applied_to(changed.load, preferred=preferred)
        reps = changed.draft.reps
        if command.reps is not None:
            reps = tuple(rep.draft(load, preferred=preferred) for rep in command.reps)
        return replace(changed.draft, **command.changes, load=load, reps=reps)

    async def _set_type(self, named: str | UUID) -> SetTypeFacts:
        if isinstance(named, UUID):
            found = await self._set_types.by_id(named)
        else:
            found = await self._set_types.by_code(named)
        if found is None:
            raise SetTypeUnknown.field(
                "/set_type", "set_type_unknown", "There is no such set type."
            )
        return found

    def _new_reps(self, one: PerformedSet, drafts: tuple[RepDraft, ...], at: datetime) -> list[Rep]:
        return [
            Rep(
                rep_id=self._identifiers.new(),
                session_id=one.session_id,
                draft=draft,
                set_load=one.load,
                at=at,
            )
            for draft in drafts
        ]
