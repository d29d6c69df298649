"""An athlete does another exercise for what is left of a planned one, today only."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from workout_application.encoding import part
from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.training.ports import ExerciseShelf, SessionJournal, SessionSnapshots
from workout_application.training.resolving import TargetResolver
from workout_domain.training.errors import ExerciseUnknown
from workout_domain.training.performed_set import refuse_unless_measured_alike
from workout_domain.training.repositories import WorkoutSessionRepository
from workout_domain.training.session_time import SessionTime
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers

EVENT: Final = "ExerciseSubstituted"


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class SubstituteExercise(Command[Document]):
    """
    Answers with the session; its workout keeps the exercise it asks for.

    A repeat by ``client_event_id`` changes nothing.
    """

    session_id: UUID
    exercise_id: UUID
    substitute_id: UUID
    client_event_id: str | None = None
    expected_revision: int | None = None


class SubstituteExerciseHandler:
    """Changes the caller's own running session."""

    def __init__(
        self,
        sessions: WorkoutSessionRepository,
        shelf: ExerciseShelf,
        resolver: TargetResolver,
        journal: SessionJournal,
        snapshots: SessionSnapshots,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._sessions, self._shelf, self._resolver = sessions, shelf, resolver
        self._journal, self._snapshots = journal, snapshots
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: SubstituteExercise, actor: Actor) -> Document:
        """Substitute it."""
        session = await self._sessions.own_with_logs(actor.id, command.session_id)
        if await self._is_repeated(command):
            return await self._snapshots.of(session.id)
        expect_revision(session, command.expected_revision)
        now = self._clock.now()
        log = session.substitute(
            command.exercise_id, by=command.substitute_id, log_id=self._identifiers.new(), at=now
        )
        await self._refuse_unless_fitting(command, actor)
        if session.athlete_id is not None:
            when = SessionTime.of(session.session_date, session.time_zone, now=now)
            await self._resolver.resolve_percentages(log, session.athlete_id, when)
        snapshot = await self._snapshots.of(session.id)
        await self._journal.write(
            session.id,
            session.sequence,
            EVENT,
            {
                "exercise_id": command.exercise_id,
                "substitute_id": command.substitute_id,
                "exercise_logs": part(snapshot.data, "exercise_logs"),
            },
            at=now,
            client_event_id=command.client_event_id,
        )
        return snapshot

    async def _is_repeated(self, command: SubstituteExercise) -> bool:
        if command.client_event_id is None:
            return False
        return await self._journal.holds(command.session_id, EVENT, command.client_event_id)

    async def _refuse_unless_fitting(self, command: SubstituteExercise, actor: Actor) -> None:
        usable = await self._shelf.usable_by(actor, {command.substitute_id})
        if command.substitute_id not in usable:
            raise ExerciseUnknown.field(
                "/exercise_id", "exercise_unknown", "There is no such exercise."
            )
        planned = await self._shelf.facts({command.exercise_id})
        refuse_unless_measured_alike(
            planned[command.exercise_id].measurement_type,
            usable[command.substitute_id].measurement_type,
        )
