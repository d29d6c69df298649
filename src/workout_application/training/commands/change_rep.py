"""An athlete corrects a repetition of a running session."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.training.loads import AS_IT_IS, LoadChange
from workout_application.training.ports import SessionJournal, SetHistory
from workout_application.training.views import Changed, RepView
from workout_domain.training.performed_set import RepDraft
from workout_domain.training.repositories import WorkoutSessionRepository
from workout_domain.training.set_history import Correction
from workout_shared.clock import Clock
from workout_shared.unset import UNSET, Unset, given


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRep(Command[Changed[RepView]]):
    """What is unset stays as it is; a weight of None takes the set's."""

    rep_id: UUID
    rep_number: int | Unset = UNSET
    load: LoadChange = AS_IT_IS
    success: bool | Unset = UNSET
    expected_revision: int | None = None


class ChangeRepHandler:
    """Corrects the caller's own repetition."""

    def __init__(
        self,
        sessions: WorkoutSessionRepository,
        journal: SessionJournal,
        history: SetHistory,
        clock: Clock,
    ) -> None:
        self._sessions, self._journal, self._history = sessions, journal, history
        self._clock = clock

    async def handle(self, command: ChangeRep, actor: Actor) -> Changed[RepView]:
        """Correct it."""
        session, set_id = await self._sessions.own_with_rep(actor.id, command.rep_id)
        expect_revision(session, command.expected_revision)
        now = self._clock.now()
        changed = session.change_set(set_id, at=now)
        await self._history.keep(
            set_id,
            Correction.REP_CHANGED,
            sequence=session.sequence,
            by=actor.id,
            at=now,
            rep_id=command.rep_id,
        )
        present = changed.rep(command.rep_id)
        draft = RepDraft(
            rep_number=given(command.rep_number, present.rep_number),
            load=command.load.applied_to(
                present.load or changed.load, preferred=actor.preferred_unit
            ),
            success=given(command.success, present.success),
        )
        view = RepView.of(changed.correct_rep(command.rep_id, draft), set_id)
        await self._journal.write(session.id, session.sequence, "RepChanged", {"rep": view}, at=now)
        return Changed(view, session.revision)
