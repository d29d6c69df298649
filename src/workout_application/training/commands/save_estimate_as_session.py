"""Somebody keeps an estimated one-rep max as a session of one repetition."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.training.ending import announce_completion
from workout_application.training.ports import (
    ExerciseFacts,
    ExerciseShelf,
    SessionJournal,
    SessionSnapshots,
    SetTypes,
)
from workout_application.training.starting import (
    FIRST_SEQUENCE,
    BegunSession,
    RunningPlace,
    announce_start,
)
from workout_application.training.views import SetView
from workout_domain.training.effective_load import ONLY_COMPUTED
from workout_domain.training.errors import ExerciseUnknown, SetTypeUnknown
from workout_domain.training.estimate import EstimatedSingle
from workout_domain.training.performed_set import PerformedSet, Rep, SetDraft, successful_reps
from workout_domain.training.repositories import WorkoutSessionRepository
from workout_domain.training.workout_session import (
    SessionOwner,
    SessionSummary,
    WorkoutSession,
)
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers

_SET_TYPE: Final = "normal"


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class SaveEstimateAsSession(Command[BegunSession]):
    """
    Answers with the session, which is completed; a running one goes on beside it.

    What the estimate was computed from is kept with it. A repeat by the client's id answers with
    the session it made.
    """

    exercise_id: UUID
    estimate: EstimatedSingle
    name: str
    session_date: datetime | None = None
    time_zone: str | None = None
    notes: str | None = None
    client_generated_id: str | None = None


class SaveEstimateAsSessionHandler:
    """Makes a session that was never running."""

    def __init__(
        self,
        sessions: WorkoutSessionRepository,
        shelf: ExerciseShelf,
        set_types: SetTypes,
        journal: SessionJournal,
        snapshots: SessionSnapshots,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._sessions, self._shelf, self._set_types = sessions, shelf, set_types
        self._journal, self._snapshots = journal, snapshots
        self._identifiers, self._clock = identifiers, clock
        self._place = RunningPlace(sessions)

    async def handle(self, command: SaveEstimateAsSession, actor: Actor) -> BegunSession:
        """Save it."""
        repeated = await self._place.take(actor.id, command.client_generated_id)
        if repeated is not None:
            return BegunSession(await self._snapshots.of(repeated), repeated, is_repeat=True)
        exercise = await self._exercise(command.exercise_id, actor)
        now = self._clock.now()
        single = await self._single(command, exercise, at=now)
        session = WorkoutSession.start(
            session_id=single.session_id,
            owner=SessionOwner(user_id=actor.id, athlete_id=actor.athlete_profile_id),
            name=command.name,
            session_date=command.session_date or now,
            time_zone=command.time_zone or actor.time_zone,
            client_generated_id=command.client_generated_id,
            at=now,
        )
        summary = SessionSummary(
            duration_minutes=Decimal(0),
            exercises_summary={"one_rep_max": command.estimate.origin()},
            notes=command.notes,
        )
        session.end_with_estimate(single, log_id=self._identifiers.new(), summary=summary, at=now)
        self._sessions.add(session)
        await self._tell(session, exercise, at=now)
        return BegunSession(await self._snapshots.of(session.id), session.id, is_repeat=False)

    async def _exercise(self, exercise_id: UUID, actor: Actor) -> ExerciseFacts:
        found = (await self._shelf.usable_by(actor, [exercise_id])).get(exercise_id)
        if found is None:
            raise ExerciseUnknown.field(
                "/exercise_id", "exercise_unknown", "There is no such exercise."
            )
        return found

    async def _single(
        self, command: SaveEstimateAsSession, exercise: ExerciseFacts, *, at: datetime
    ) -> PerformedSet:
        set_type = await self._set_types.by_code(_SET_TYPE)
        if set_type is None:
            raise SetTypeUnknown("There is no set type for working sets.")
        draft = SetDraft(
            load=command.estimate.load(),
            reps=successful_reps(1),
            description=command.estimate.sentence(),
        )
        draft.refuse_unless_measured_as(exercise.measurement_type)
        single = PerformedSet(
            set_id=self._identifiers.new(),
            session_id=self._identifiers.new(),
            exercise_id=exercise.id,
            set_type_id=set_type.id,
            load_rule=ONLY_COMPUTED,
            draft=draft,
            sequence=FIRST_SEQUENCE + 1,
            performed_at=command.session_date or at,
            client_generated_id=None,
            at=at,
        )
        for rep in draft.reps:
            single.add_rep(
                Rep(
                    rep_id=self._identifiers.new(),
                    session_id=single.session_id,
                    draft=rep,
                    set_load=single.load,
                    at=at,
                )
            )
        return single

    async def _tell(
        self, session: WorkoutSession, exercise: ExerciseFacts, *, at: datetime
    ) -> None:
        """Write the three events of its short life, so that a replay of it is whole."""
        [single] = session.sets
        await announce_start(self._journal, session, at=at)
        view = SetView.of(single, exercise_name=exercise.name, set_type=_SET_TYPE)
        await self._journal.write(session.id, single.sequence, "SetLogged", {"set": view}, at=at)
        await announce_completion(self._journal, session, at=at)
