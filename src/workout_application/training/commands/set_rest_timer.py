"""An athlete starts, restarts or clears the rest timer of a running session."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from workout_application.encoding import encode
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.training.append_ports import JournalEntry, RunningSession, SessionAppends
from workout_application.training.appending import AppendJournal
from workout_application.training.views import RestView
from workout_domain.kernel.errors import FieldError
from workout_domain.training.errors import SessionNotFound
from workout_domain.training.workout_session import refuse_unless_running
from workout_shared.clock import Clock

LONGEST_REST_SECONDS = 86_400


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class SetRestTimer(Command[RestView]):
    """0 seconds clear it; the timer is an instant, so it survives every interruption."""

    appends: ClassVar[bool] = True
    is_hot: ClassVar[bool] = True

    session_id: UUID
    seconds: int

    def validate(self) -> list[FieldError]:
        """Refuse rests of more than a day."""
        if 0 <= self.seconds <= LONGEST_REST_SECONDS:
            return []
        sentence = f"seconds must lie between 0 and {LONGEST_REST_SECONDS}."
        return [FieldError("/seconds", "out_of_range", sentence)]


class SetRestTimerHandler:
    """Writes the timer of the caller's own session."""

    def __init__(self, appends: SessionAppends, journal: AppendJournal, clock: Clock) -> None:
        self._appends, self._journal, self._clock = appends, journal, clock

    async def handle(self, command: SetRestTimer, actor: Actor) -> RestView:
        """Write it."""
        session = await self._appends.place_for_rest(command.session_id, actor.id)
        if session is None:
            raise SessionNotFound("No such session.")
        refuse_unless_running(session.status)
        entry, ends_at = self._entry(session, command.seconds)
        await self._appends.write_rest(session, command.seconds or None, ends_at, entry)
        self._journal.announce(session, entry)
        return RestView(
            session_id=session.id,
            seconds=command.seconds,
            ends_at=ends_at,
            sequence=entry.sequence,
        )

    def _entry(self, session: RunningSession, seconds: int) -> tuple[JournalEntry, datetime | None]:
        now = self._clock.now()
        ends_at = now + timedelta(seconds=seconds) if seconds else None
        body = encode({"seconds": seconds, "ends_at": ends_at})[1:-1]
        return self._journal.entry(session, "RestTimer", body, at=now), ends_at
