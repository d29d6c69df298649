"""An athlete reports how many sets of an exercise are done."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_application.encoding import encode
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.training.append_ports import SessionAppends
from workout_application.training.appending import AppendJournal
from workout_application.training.views import ExerciseProgressView
from workout_domain.kernel.errors import FieldError
from workout_domain.training.errors import ExerciseNotInSession, SessionNotFound
from workout_domain.training.events import ExerciseProgressUpdated
from workout_domain.training.exercise_log import completes
from workout_domain.training.workout_session import refuse_unless_running
from workout_shared.clock import Clock

MOST_SETS = 1000


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateExerciseProgress(Command[ExerciseProgressView]):
    """``client_event_id`` makes a repeat harmless: it answers with the first one's sequence."""

    appends: ClassVar[bool] = True
    is_hot: ClassVar[bool] = True

    session_id: UUID
    exercise_id: UUID
    completed_sets: int
    client_event_id: str | None = None

    def validate(self) -> list[FieldError]:
        """Refuse counts nobody can perform."""
        if 0 <= self.completed_sets <= MOST_SETS:
            return []
        sentence = f"completed_sets must lie between 0 and {MOST_SETS}."
        return [FieldError("/completed_sets", "out_of_range", sentence)]


class UpdateExerciseProgressHandler:
    """Writes the progress of the caller's own session."""

    def __init__(self, appends: SessionAppends, journal: AppendJournal, clock: Clock) -> None:
        self._appends, self._journal, self._clock = appends, journal, clock

    async def handle(self, command: UpdateExerciseProgress, actor: Actor) -> ExerciseProgressView:
        """Write it."""
        place = await self._appends.place_for_progress(
            command.session_id, actor.id, command.exercise_id
        )
        if place is None:
            raise SessionNotFound("No such session.")
        session = place.session
        repeated = await self._repeated(command, session.id)
        if repeated is not None:
            return repeated
        if not place.has_log:
            raise ExerciseNotInSession("The session has no such exercise.")
        is_completed = completes(command.completed_sets, place.planned_sets)
        view = ExerciseProgressView(
            session_id=session.id,
            exercise_id=command.exercise_id,
            planned_sets=place.planned_sets,
            completed_sets=command.completed_sets,
            is_completed=is_completed,
            sequence=session.sequence + 1,
        )
        refuse_unless_running(session.status)
        body = encode(
            {
                "exercise_id": command.exercise_id,
                "completed_sets": command.completed_sets,
                "is_completed": is_completed,
            }
        )[1:-1]
        entry = self._journal.entry(session, "ExerciseProgressUpdated", body, at=self._clock.now())
        await self._appends.write_progress(
            session, command.exercise_id, command.completed_sets, entry, is_completed=is_completed
        )
        if command.client_event_id is not None:
            await self._appends.remember_event(session.id, command.client_event_id, entry.sequence)
        self._journal.record(
            ExerciseProgressUpdated,
            session,
            entry,
            exercise_id=command.exercise_id,
            completed_sets=command.completed_sets,
            is_completed=is_completed,
        )
        return view

    async def _repeated(
        self, command: UpdateExerciseProgress, session_id: UUID
    ) -> ExerciseProgressView | None:
        if command.client_event_id is None:
            return None
        known = await self._appends.known_event(session_id, command.client_event_id)
        if known is None:
            return None
        return ExerciseProgressView(
            session_id=session_id,
            exercise_id=known.exercise_id,
            planned_sets=known.planned_sets,
            completed_sets=known.completed_sets,
            is_completed=known.is_completed,
            sequence=known.sequence,
        )
